import * as z from 'zod/mini';
import { ApprovalSchema } from './approval.ts';
import type { AttemptId, SaleId } from './ids.ts';
import { kit } from './schema.ts';
import { METHODS, TenderSchema } from './tender.ts';

/**
 * Where one try at one tender stands. Definite states (approved, declined, abandoned, reversed, refunded) absorb. `accepted`: the
 * channel has taken on to give money back and is at it, which may take days; nobody has to do anything until it says how it ended.
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
  'accepted',
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
  'accepted',
  'not-found',
  'reversing',
  'approved-late',
  'refund-due',
  'stuck',
];

/** The reason by which a channel says that it has accepted to give money back and has not finished. Source: WeChat Pay `PROCESSING`. */
export const REFUND_ACCEPTED = 'refund-processing';

export const purposeOf = (attempt: Attempt): Purpose => attempt.purpose ?? 'sale';

export const isUnresolved = (state: AttemptState): boolean => UNRESOLVED_STATES.includes(state);

/**
 * What an attempt is for. `sale` is meant when nothing is said. A void (撤销), a refund (退货), and the pre-authorisation set
 * (预授权, 预授权完成, 预授权撤销, 预授权完成撤销) run through the same machine; all but `authorisation` name an `original`.
 */
export const PURPOSES = [
  'sale',
  'void',
  'refund',
  'authorisation',
  'completion',
  'authorisation-cancel',
  'completion-cancel',
  'tip',
] as const;
export type Purpose = (typeof PURPOSES)[number];

export const AttemptIdSchema = kit.branded<AttemptId>(/^[0-9a-f]{32}$/, 'an attempt id');

/** What is fixed when an attempt is made, and never changes: it is what an inquiry asks by. */
export const AttemptSchema = z.strictObject({
  /** Also the reference that the wallet or the bank knows the payment by: unique for ever, made before anything is sent. */
  attemptId: AttemptIdSchema,
  saleId: kit.branded<SaleId>(/^[0-9a-f]{32}$/, 'a sale id'),
  tender: TenderSchema,
  method: z.optional(z.enum(METHODS)),
  purpose: z.optional(z.enum(PURPOSES)),
  /** The attempt whose money this one gives back, completes or cancels. */
  original: z.optional(AttemptIdSchema),
  /** The tip is in it. For a refund: what goes back. */
  amount: kit.positiveAmount,
  tip: z.optional(kit.positiveAmount),
  currency: kit.currency,
  tendered: z.optional(kit.positiveAmount),
  /** Whose credit or stored-value account. */
  account: z.optional(kit.text(40)),
});
export type Attempt = z.infer<typeof AttemptSchema>;

/** The body of every `attempt.*` entry: the attempt, and why it moved. */
export const AttemptMovedSchema = z.strictObject({
  attempt: AttemptSchema,
  /** A coded reason: `restart`, `operator-confirmed`, `operator-denied`, a host's code. */
  reason: z.optional(kit.text(64)),
  /** With `approved` and whatever else moved money. */
  approval: z.optional(ApprovalSchema),
  /** What a manager saw when he decided a stuck attempt: a statement line, a phone call with the bank. */
  evidence: z.optional(kit.text(200)),
});
export type AttemptMoved = z.infer<typeof AttemptMovedSchema>;
