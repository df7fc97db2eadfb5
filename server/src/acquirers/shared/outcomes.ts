import type { Approval } from '../../../../src/domain/approval.ts';
import type { Outcome } from '../acquirer.ts';

/** Longest reason that crosses the wire (contract: AttemptAnswer.reason). */
const REASON_CHARS_MAX = 64;

/**
 * A channel's code as a reason: lower case, words joined by hyphens, Alipay's name space `ACQ.` left out.
 * `ACQ.BUYER_BALANCE_NOT_ENOUGH` becomes `buyer-balance-not-enough`.
 */
export function reasonOf(code: string): string {
  const words = code
    .toLowerCase()
    .replace(/^acq\./, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return words.slice(0, REASON_CHARS_MAX) || 'unnamed';
}

/** Why an answer decides nothing. One vocabulary for all channels. */
export type Doubt =
  /** Nothing came back in time, or the line broke: the request may have been booked. */
  | 'no-answer'
  /** Something came back that the channel did not sign, or that was changed on the way. */
  | 'bad-signature'
  /** Signed, but not in the form the channel documents. */
  | 'malformed-answer'
  | 'amount-mismatch'
  | 'other-merchant'
  | 'other-order'
  /** The channel asks for the same undo again. */
  | 'reverse-needs-retry'
  /** This channel cannot carry such an order: a missing pay code, another currency. */
  | 'not-carried';

export const doubt = (reason: Doubt): Outcome => ({ state: 'unknown', reason });

export const unknown = (code: string): Outcome => ({ state: 'unknown', reason: reasonOf(code) });

export const declined = (code: string): Outcome => ({ state: 'declined', reason: reasonOf(code) });

export const waiting = (code: string): Outcome => ({ state: 'waiting', reason: reasonOf(code) });

export const approved = (approval: Approval): Outcome => ({ state: 'approved', approval });

export const REVERSED: Outcome = { state: 'reversed' };

export const NOT_FOUND: Outcome = { state: 'not-found' };

/** The same object without its undefined fields, as `exactOptionalPropertyTypes` wants it. */
export function present<T extends object>(fields: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Who paid, so that a person can compare it and nobody can use it: the first three and last two characters. */
export function maskedPayer(id: string | undefined): string | undefined {
  if (id === undefined || id === '') return undefined;
  if (id.includes('*')) return id.slice(0, 64);
  return id.length <= 6 ? '***' : `${id.slice(0, 3)}***${id.slice(-2)}`;
}
