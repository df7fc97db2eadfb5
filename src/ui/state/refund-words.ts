import type { Currency, Minor } from '../../domain/money.ts';
import type { RefundState } from '../../flow/refund-service.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';
import type { Translator } from '../../i18n/translator.ts';

/** A refund at one of its places. */
export type Shown<At extends RefundState['at']> = Extract<RefundState, { at: At }>;

/** Who says it: the words, and the currency of the shop. */
export interface Teller {
  readonly speaker: PaymentSpeaker;
  readonly translator: Translator;
  readonly currency: Currency;
}

/** The end of a refund, as its heading says it: given back, or on its way. */
export function doneWords({ refund, underWay = [] }: Shown<'done'>, teller: Teller): string {
  const amount = moneyOf(refund.amount, teller);
  const { t } = teller.speaker;
  if (underWay.length > 0) return t('refund.accepted', { amount });
  return t(refund.kind === 'void' ? 'refund.done-void' : 'refund.done', { amount });
}

/** The end of a refund that was given up, in whole or in part. */
export function givenUpWords({ done }: Shown<'given-up'>, { speaker }: Teller): string {
  return speaker.t(done.some(({ amount }) => amount > 0) ? 'refund.given-up' : 'refund.given-up-none');
}

/** What is wrong with it and what to do, in one line. */
export function problemWords(code: string, { speaker }: Teller): string {
  const { title, action } = speaker.problem(code);
  return `${title} · ${action}`;
}

/** How a refund stands, for screen readers: it may come to its end while the reader's place is elsewhere. */
export function refundSaid(now: RefundState, teller: Teller): string {
  const { speaker, translator } = teller;
  switch (now.at) {
    case 'running':
      return speaker.t('refund.running');
    case 'part-refused': {
      const tender = translator.t(`tender.${now.part.tender}`);
      const what = speaker.t('refund.part-refused', { tender, amount: moneyOf(now.part.amount, teller) });
      return `${what} ${speaker.decline(now.reason).title}`;
    }
    case 'done':
      return doneWords(now, teller);
    case 'given-up':
      return givenUpWords(now, teller);
    default:
      return '';
  }
}

/** An amount in the shop's currency. */
export const moneyOf = (amount: Minor, { translator, currency }: Teller): string =>
  translator.money(amount, currency);
