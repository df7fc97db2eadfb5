import type { ErrorText, Safety } from './error-codes.ts';

const said = (money: Safety['money'], retry: Safety['retry']): Safety => ({ money, data: 'kept', retry });
const untouched = said('untouched', 'safe');

/** What payment flows may refuse, with its three answers. The texts come with the pages (`payment-words.ts`). */
export const PAYMENT_PROBLEMS = {
  'too-little': untouched,
  'part-range': untouched,
  'account-missing': untouched,
  'not-a-pay-code': untouched,
  offline: untouched,
  'no-device': untouched,
  'not-offered': said('untouched', 'useless'),
  'cap-sale': said('untouched', 'useless'),
  'cap-sum': said('untouched', 'useless'),
  'cap-count': said('untouched', 'useless'),
  'cap-age': said('untouched', 'useless'),
  'cap-static': said('untouched', 'useless'),
  emergency: said('untouched', 'useless'),
  'part-paid': said('taken', 'safe'),
  'money-not-back': said('look', 'safe'),
  'attempt-open': said('look', 'look-first'),
  'too-many-open': said('look', 'look-first'),
  'not-stored': said('untouched', 'safe'),
  'wrong-pin': untouched,
  'pin-wait': untouched,
  forbidden: said('untouched', 'useless'),
  'evidence-missing': untouched,
  'not-stuck': said('look', 'look-first'),
  'more-than-held': untouched,
  'tip-not-possible': untouched,
  'authorisation-unknown': said('untouched', 'look-first'),
  'authorisation-moved': said('look', 'look-first'),
  'balance-unknown': said('untouched', 'safe'),
  'card-not-read': untouched,
  'nothing-left': said('untouched', 'useless'),
  'nothing-chosen': untouched,
  'line-unknown': said('untouched', 'useless'),
  'more-than-line': untouched,
  'more-than-paid': untouched,
  'too-many-refunds': said('untouched', 'useless'),
  'sale-unknown': said('untouched', 'useless'),
} as const satisfies Readonly<Record<string, Safety>>;

export type PaymentProblem = keyof typeof PAYMENT_PROBLEMS;
export type PaymentProblemTexts = Readonly<Record<PaymentProblem, ErrorText>>;

export const isPaymentProblem = (code: string): code is PaymentProblem =>
  Object.hasOwn(PAYMENT_PROBLEMS, code);
