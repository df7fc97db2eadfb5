import * as z from 'zod/mini';
import { ApprovalSchema } from './approval.ts';
import type { AttemptId } from './ids.ts';
import { type Minor, subtract } from './money.ts';
import { kit } from './schema.ts';

/**
 * Who owes the shop the money of a payment: cash is in the drawer, a wallet or a bank settles later, `static-code` was paid
 * to the shop's printed code and nobody has verified it, `credit` (赊账) is owed by the customer, `stored-value` was paid
 * before (gift card, stored balance).
 */
export const TENDERS = [
  'cash',
  'wechat',
  'alipay',
  'unionpay-qr',
  'card',
  'static-code',
  'credit',
  'stored-value',
] as const;
export type Tender = (typeof TENDERS)[number];
export const TenderSchema = z.enum(TENDERS);

/** Tenders that only people vouch for: the cashier is the one who is asked what became of them. */
const BY_HAND: readonly Tender[] = ['cash', 'static-code', 'credit'];
export const isByHand = (tender: Tender): boolean => BY_HAND.includes(tender);

/** The tenders of a scanned or shown code. */
export const WALLETS = ['wechat', 'alipay', 'unionpay-qr'] as const satisfies readonly Tender[];
export type Wallet = (typeof WALLETS)[number];

/**
 * How the money is moved, where a tender has more than one way: `customer-code` the shop scans the customer's pay code,
 * `shop-code` the customer scans a code made for this sale, `reader` an encrypting card reader, `terminal` a certified terminal.
 */
export const METHODS = ['customer-code', 'shop-code', 'reader', 'terminal'] as const;
export type Method = (typeof METHODS)[number];

/** Money received for a sale by one attempt. */
export const PaymentSchema = z.strictObject({
  attemptId: kit.branded<AttemptId>(/^[0-9a-f]{32}$/, 'an attempt id'),
  tender: TenderSchema,
  method: z.optional(z.enum(METHODS)),
  /** The tip is in it. */
  amount: kit.positiveAmount,
  /** Cash handed over; the change is `tendered - amount`. */
  tendered: z.optional(kit.positiveAmount),
  /** Whose credit or stored-value account, as the shop names it. */
  account: z.optional(kit.text(40)),
  approval: z.optional(ApprovalSchema),
});
export type SalePayment = z.infer<typeof PaymentSchema>;

/** What goes back into the customer's hand. Throws MoneyError when less was given than is owed. */
export const changeDue = (amount: Minor, tendered: Minor): Minor => subtract(tendered, amount);

/** CNY notes people pay with, in yuan; the quick amounts are made of them. */
const NOTES_YUAN = [1, 5, 10, 20, 50, 100];
const QUICK_AMOUNTS_MAX = 4;

/**
 * What customers are likely to hand over for an amount: exact, then the next round sums of real notes, rising, no repeats.
 * `unit` is the number of minor units in a whole one (100 for CNY).
 */
export function quickAmounts(due: Minor, unit: number): readonly Minor[] {
  const sums = new Set<number>([due]);
  for (const note of NOTES_YUAN) {
    const step = note * unit;
    sums.add(Math.ceil(due / step) * step);
  }
  return [...sums]
    .filter((each) => each >= due)
    .sort((a, b) => a - b)
    .slice(0, QUICK_AMOUNTS_MAX) as Minor[];
}
