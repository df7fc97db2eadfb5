import * as z from 'zod/mini';
import { AttemptIdSchema } from './attempt.ts';
import type { BusinessDay } from './business-day.ts';
import type { OperatorId, RefundId, SaleId } from './ids.ts';
import { kit } from './schema.ts';
import { METHODS, TenderSchema } from './tender.ts';

/** Most refunds of one sale: a wallet takes no more than 50 of one order (facts: field 5.3). */
export const REFUNDS_PER_SALE_MAX = 50;

export const RefundIdSchema = kit.branded<RefundId>(/^[0-9a-f]{32}$/, 'a refund id');

/** What goes back of one line. `quantityMilli` in thousandths; 0 when only an amount is given back. */
export const RefundLineSchema = z.strictObject({
  lineId: kit.branded<string>(/^[0-9a-f]{32}$/, 'a line id'),
  quantityMilli: z.int().check(z.minimum(0), z.maximum(99_999_999)),
  /** After the line's share of discounts, points and rounding. */
  amount: kit.positiveAmount,
});

/** One way the money goes back: an attempt of its own with purpose `refund` or `void`. */
export const RefundPartSchema = z.strictObject({
  attemptId: AttemptIdSchema,
  original: AttemptIdSchema,
  /** The original's tender, or cash when a manager let it go back in cash. */
  tender: TenderSchema,
  method: z.optional(z.enum(METHODS)),
  amount: kit.positiveAmount,
});

/**
 * Money that goes back for a sale. `void` (撤销): the whole sale, same batch, same business day, before settlement.
 * `refund` (退货): all or part of it, later as well. The sale itself is never edited.
 */
export const RefundSchema = z.strictObject({
  refundId: RefundIdSchema,
  saleId: kit.branded<SaleId>(/^[0-9a-f]{32}$/, 'a sale id'),
  kind: z.enum(['void', 'refund']),
  day: kit.branded<BusinessDay>(/^\d{4}-\d{2}-\d{2}$/, 'a business day'),
  currency: kit.currency,
  lines: z.array(RefundLineSchema).check(z.maxLength(200)),
  amount: kit.positiveAmount,
  /** Worth of the points that go back to the customer's account: the same share as of the money. */
  points: z.optional(kit.positiveAmount),
  parts: z.array(RefundPartSchema).check(z.minLength(1), z.maxLength(20)),
  reason: z.optional(kit.text(64)),
  /** The manager who allowed it, when the operator alone may not. */
  grantedBy: z.optional(kit.branded<OperatorId>(/^[a-z0-9-]{1,32}$/, 'an operator id')),
});
export type Refund = z.infer<typeof RefundSchema>;
export type RefundPart = z.infer<typeof RefundPartSchema>;
export type RefundLine = z.infer<typeof RefundLineSchema>;
