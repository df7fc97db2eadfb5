import type { Language } from '../domain/language.ts';
import { inBoth } from '../flow/receipt/both.ts';
import { chargeSlip, needsChargeSlip, refundSlip } from '../flow/receipt/charge-slip.ts';
import { saleSlip, testSlip, unsavedSlip } from '../flow/receipt/document.ts';
import { printSlip } from '../flow/receipt/slip-runner.ts';
import type { ReceiptWords } from '../flow/receipt/words.ts';
import { RECEIPT_WORDS } from '../i18n/receipt-words.ts';

/** What a slip says in the shop's language, and beside it in a second one. */
const wordsIn = (first: Language, second: Language | 'none'): ReceiptWords =>
  second === 'none' || second === first
    ? RECEIPT_WORDS[first]
    : inBoth(RECEIPT_WORDS[first], RECEIPT_WORDS[second]);

/** Everything a paper is made of, as one chunk that is loaded with the first slip. */
export const PAPERS = {
  saleSlip,
  testSlip,
  unsavedSlip,
  chargeSlip,
  needsChargeSlip,
  refundSlip,
  printSlip,
  wordsIn,
} as const;
