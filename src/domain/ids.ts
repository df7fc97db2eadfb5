import type { Random } from './clock.ts';

type Brand<Name extends string> = string & { readonly __id: Name };

/** Made by the till that owns the thing, 128 random bits in lower-case hex. Unique without asking anyone. */
export type SaleId = Brand<'sale'>;
export type AttemptId = Brand<'attempt'>;
export type LineId = Brand<'line'>;
export type RefundId = Brand<'refund'>;
export type JobId = Brand<'job'>;
/** Given by the server at enrolment: `m-` and 10 characters. */
export type MerchantId = Brand<'merchant'>;
/** Two to four characters, unique within the merchant: it is printed in every receipt number. */
export type TillId = Brand<'till'>;
/** One unbroken run of a till's journal: 6 random characters of Crockford's base 32. */
export type Epoch = Brand<'epoch'>;
export type OperatorId = Brand<'operator'>;

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

export const hex = (bytes: Uint8Array): string => {
  let text = '';
  for (const byte of bytes) text += HEX[byte];
  return text;
};

const random128 = (random: Random): string => hex(random.bytes(16));

export const newSaleId = (random: Random): SaleId => random128(random) as SaleId;
export const newAttemptId = (random: Random): AttemptId => random128(random) as AttemptId;
export const newRefundId = (random: Random): RefundId => random128(random) as RefundId;
export const newLineId = (random: Random): LineId => random128(random) as LineId;
export const newJobId = (random: Random): JobId => random128(random) as JobId;

/** `length` characters without I, L, O, U, so that a person can read them off paper. 5 bits each, unbiased. */
export function newCode(random: Random, length: number): string {
  return Array.from(random.bytes(length), (byte) => CROCKFORD.charAt(byte & 31)).join('');
}

export const newEpoch = (random: Random): Epoch => newCode(random, 6) as Epoch;

/** The number on the receipt: where the sale stands in the till's journal. Never reused, by construction. */
export function receiptNumber(till: TillId, epoch: Epoch, seq: number): string {
  return `${till}-${epoch}-${String(seq).padStart(6, '0')}`;
}
