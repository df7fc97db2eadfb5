import { counterSpeaker } from './counter-words.ts';
import { DECLINES, type Decline, declineOf } from './decline.ts';
import { DEVICE_PROBLEM_CODES } from './device-problems.ts';
import { ERRORS, isErrorCode } from './error-codes.ts';
import { isPaymentProblem, PAYMENT_PROBLEMS } from './payment-problems.ts';
import { paymentSpeaker } from './payment-words.ts';
import type { Article, Translator } from './translator.ts';

export const ARTICLE_GROUPS = ['payment', 'decline', 'print', 'storage', 'server', 'flow', 'device'] as const;
export type ArticleGroup = (typeof ARTICLE_GROUPS)[number];

/** Every code that a page may show, by who said it. As they stand on the screen. */
export function articleCodes(group: ArticleGroup): readonly string[] {
  if (group === 'payment') return Object.keys(PAYMENT_PROBLEMS);
  if (group === 'decline') return DECLINES.map((kind) => `decline.${kind}`);
  if (group === 'device') return DEVICE_PROBLEM_CODES.map((code) => `device.${code}`);
  return Object.keys(ERRORS).filter((code) => code.startsWith(`${group}.`));
}

/** What a code means. Reasons of banks and wallets lead to their family; undefined for what nobody has words for. */
export function articleOf(code: string, translator: Translator): Article | undefined {
  if (isErrorCode(code)) return translator.article(code.slice(code.indexOf('.') + 1), familyOf(code));
  if (isPaymentProblem(code)) return paymentSpeaker(translator).problem(code);
  if (code.startsWith('device.')) {
    const [, problem = ''] = code.split('.');
    return DEVICE_PROBLEM_CODES.some((each) => each === problem)
      ? counterSpeaker(translator).problem(problem)
      : undefined;
  }
  const kind = DECLINES.find((each) => `decline.${each}` === code);
  if (kind !== undefined) return declined(kind, translator);
  const reason = declineOf(code);
  return reason === 'other' ? undefined : declined(reason, translator);
}

const familyOf = (code: keyof typeof ERRORS) =>
  code.slice(0, code.indexOf('.')) as 'print' | 'storage' | 'server' | 'flow';

/** A definite no: nobody was charged, and another try is another payment. */
function declined(kind: Decline, translator: Translator): Article {
  const { t } = paymentSpeaker(translator);
  return {
    code: `decline.${kind}`,
    title: t(`decline.${kind}`),
    meaning: '',
    action: t(`decline.${kind}-do`),
    // A refund that was refused is money that has still to go back.
    money: translator.t(kind === 'not-refunded' ? 'safety.money.look' : 'safety.money.untouched'),
    data: translator.t('safety.data.kept'),
    retry: translator.t('safety.retry.safe'),
  };
}
