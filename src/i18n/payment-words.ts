import type { Language } from '../domain/shop.ts';
import { type Decline, declineOf } from './decline.ts';
import { EN_PAYMENT_PROBLEMS } from './en-payment-problems.ts';
import { EN_PAYMENTS } from './en-payments.ts';
import type { Message } from './message.ts';
import { isPaymentProblem, PAYMENT_PROBLEMS, type PaymentProblemTexts } from './payment-problems.ts';
import { type Parameters, sayIn } from './speaker.ts';
import type { Article, Translator } from './translator.ts';
import { ZH_CN_PAYMENT_PROBLEMS } from './zh-cn-payment-problems.ts';
import { type PaymentKey, ZH_CN_PAYMENTS } from './zh-cn-payments.ts';

const WORDS: Readonly<Record<Language, Readonly<Record<PaymentKey, Message>>>> = {
  'zh-CN': ZH_CN_PAYMENTS,
  en: EN_PAYMENTS,
};
const PROBLEMS: Readonly<Record<Language, PaymentProblemTexts>> = {
  'zh-CN': ZH_CN_PAYMENT_PROBLEMS,
  en: EN_PAYMENT_PROBLEMS,
};

/** Speaks of payments, in the language of a translator. Both languages come with the pages that use it. */
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
  const t = (key: PaymentKey, parameters?: Parameters): string => say(WORDS[language][key], parameters);
  return {
    of: translator,
    t,
    problem: (code) => {
      if (!isPaymentProblem(code)) return translator.article(code, undefined, 'untouched');
      const safety = PAYMENT_PROBLEMS[code];
      return {
        code,
        ...PROBLEMS[language][code],
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
