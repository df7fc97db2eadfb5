import * as z from 'zod/mini';
import type { AttemptId, SaleId } from './ids.ts';
import { kit } from './schema.ts';
import { TenderSchema } from './tender.ts';

/**
 * Where one try at one tender stands. Definite states (approved, declined, abandoned, reversed, refunded) absorb.
 * The arrows are in flow/payment; this is the vocabulary that the journal and the server share.
 */
export const ATTEMPT_STATES = [
  'prepared',
  'sending',
  'approved',
  'declined',
  'abandoned',
  'unknown',
  'inquiring',
  'not-found',
  'reversing',
  'reversed',
  'approved-late',
  'refund-due',
  'refunded',
  'stuck',
] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** States in which money may or may not have moved: their sum is the suspense account. */
export const UNRESOLVED_STATES: readonly AttemptState[] = [
  'sending',
  'unknown',
  'inquiring',
  'not-found',
  'reversing',
  'approved-late',
  'refund-due',
  'stuck',
];

export const isUnresolved = (state: AttemptState): boolean => UNRESOLVED_STATES.includes(state);

/** What is fixed when an attempt is made, and never changes: it is what an inquiry asks by. */
export const AttemptSchema = z.strictObject({
  attemptId: kit.branded<AttemptId>(/^[0-9a-f]{32}$/, 'an attempt id'),
  saleId: kit.branded<SaleId>(/^[0-9a-f]{32}$/, 'a sale id'),
  tender: TenderSchema,
  amount: kit.positiveAmount,
  currency: kit.currency,
  tendered: z.optional(kit.positiveAmount),
});
export type Attempt = z.infer<typeof AttemptSchema>;

/** The body of every `attempt.*` entry: the attempt, and why it moved. */
export const AttemptMovedSchema = z.strictObject({
  attempt: AttemptSchema,
  /** A coded reason: `restart`, `operator-confirmed`, `operator-denied`, a host's code. */
  reason: z.optional(kit.text(64)),
});
export type AttemptMoved = z.infer<typeof AttemptMovedSchema>;
