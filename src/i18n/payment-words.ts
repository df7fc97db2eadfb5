import { type Decline, declineOf } from './decline.ts';
import { isPaymentProblem, PAYMENT_PROBLEMS } from './payment-problems.ts';
import { type Parameters, sayIn } from './speaker.ts';
import { type Article, type Translator, wordsOf } from './translator.ts';
import type { PaymentKey } from './zh-cn-payments.ts';

/** Speaks of payments, in the language of a translator. */
export interface PaymentSpeaker {
  readonly of: Translator;
  t(key: PaymentKey, parameters?: Parameters): string;
  /** What a payment flow refused; codes of other families are explained by the translator. */
  problem(code: string): Article;
  /** Why a channel said no, and what to do about it. Unknown codes have words too, and are always shown. */
  decline(reason: string): { readonly kind: Decline; readonly title: string; readonly action: string };
}

export function paymentSpeaker(translator: Translator): PaymentSpeaker {
  const { language } = translator;
  const say = sayIn(language);
  const words = wordsOf(translator, 'payments');
  const t = (key: PaymentKey, parameters?: Parameters): string => say(words[key], parameters);
  return {
    of: translator,
    t,
    problem: (code) => {
      if (!isPaymentProblem(code)) return translator.article(code, undefined, 'untouched');
      const safety = PAYMENT_PROBLEMS[code];
      return {
        code,
        ...wordsOf(translator, 'paymentProblems')[code],
        money: translator.t(`safety.money.${safety.money}`),
        data: translator.t(`safety.data.${safety.data}`),
        retry: translator.t(`safety.retry.${safety.retry}`),
      };
    },
    decline: (reason) => {
      const kind = declineOf(reason);
      return { kind, title: t(`decline.${kind}`), action: t(`decline.${kind}-do`) };
    },
  };
}
