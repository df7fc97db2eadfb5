import { fromHex, toBase64url } from './bytes.ts';
import type { MerchantId } from './ids.ts';
import { receiptNumber } from './ids.ts';
import type { SaleRecord } from './journal.ts';

/** Characters of the capability in a receipt's link: 22 of base64url carry 128 bits of the entry's hash. */
export const RECEIPT_TOKEN_LENGTH = 22;

/** The secret part of a receipt's link, from the hash of its `sale.completed` entry. */
export const receiptToken = (hash: string): string =>
  toBase64url(fromHex(hash)).slice(0, RECEIPT_TOKEN_LENGTH);

/**
 * What the QR on the slip says: where the e-receipt is, and, behind the `#` that no server sees, the amount and the till's
 * signature. The customer's paper is a third copy: with the entry's hash it proves what was sold (reliability, tamper evidence).
 */
export function receiptLink(
  origin: string,
  merchant: MerchantId,
  record: Pick<SaleRecord, 'till' | 'head' | 'sig'> & { readonly sale: Pick<SaleRecord['sale'], 'total'> },
): string {
  const { till, head, sale, sig } = record;
  const number = receiptNumber(till, head.epoch, head.seq);
  return `${origin}/r/${merchant}/${number}/${receiptToken(head.hash)}#${sale.total}.${sig}`;
}
