import { chargeSlip, needsChargeSlip, refundSlip } from '../flow/receipt/charge-slip.ts';
import { saleSlip, testSlip, unsavedSlip } from '../flow/receipt/document.ts';
import { printSlip } from '../flow/receipt/slip-runner.ts';
import { RECEIPT_WORDS } from '../i18n/receipt-words.ts';

/** Everything a paper is made of, as one chunk that is loaded with the first slip. */
export const PAPERS = {
  saleSlip,
  testSlip,
  unsavedSlip,
  chargeSlip,
  needsChargeSlip,
  refundSlip,
  printSlip,
  words: RECEIPT_WORDS,
} as const;
