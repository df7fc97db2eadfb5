import { type Minor, subtract, ZERO } from '../../../../src/domain/money.ts';
import type { Sql } from '../../storage/sql.ts';
import type { Order, Outcome, PayOrder } from '../acquirer.ts';
import { cleanApproval } from '../shared/approvals.ts';
import { approved, declined, doubt, maskedPayer, NOT_FOUND, REVERSED } from '../shared/outcomes.ts';
import {
  type AccountRow,
  accountName,
  addMove,
  type BookKey,
  findAccount,
  type MoveRow,
  movesOf,
  refundedOf,
} from './rows.ts';

/** What may become of an order at the shop's own accounts. Each decides and writes inside the caller's one transaction. */
interface Desk {
  readonly sql: Sql;
  readonly key: BookKey;
  readonly nowMs: number;
}

/** Takes an order's amount from its account. A reference that was used before gets the answer of the first time. */
export async function pay(desk: Desk, order: PayOrder): Promise<Outcome> {
  const { sql, key, nowMs } = desk;
  if (order.purpose !== 'sale' || order.amount <= 0) return doubt('not-carried');
  const before = await again(desk, order);
  if (before !== undefined) return before;
  const account = await findAccount(sql, key, accountName(order.account ?? ''));
  const refusal = refusalToPay(account, order);
  if (account === undefined || refusal !== undefined)
    return refuse(desk, order, { account, reason: refusal ?? 'account-unknown' });
  const amount = subtract(ZERO, order.amount);
  const move = { ...moveOf(order, nowMs), kind: 'pay', account: account.account, amount } as const;
  await addMove(sql, key, move);
  return approvalOf(move);
}

function refusalToPay(account: AccountRow | undefined, order: PayOrder): string | undefined {
  if (account === undefined) return 'account-unknown';
  if (account.closed_at !== null) return 'account-closed';
  if (account.currency !== order.currency) return 'other-currency';
  return account.balance < order.amount ? 'notenough' : undefined;
}

/** Gives an amount back to the account that the original was paid from, never more than is left of it. */
export async function refund(desk: Desk, order: PayOrder): Promise<Outcome> {
  const { sql, key, nowMs } = desk;
  if (order.original === undefined || order.amount <= 0) return doubt('not-carried');
  const before = await again(desk, order);
  if (before !== undefined) return before;
  const original = order.original.reference;
  const found = await paymentOf(sql, key, original);
  const account = found?.paid.account == null ? undefined : await findAccount(sql, key, found.paid.account);
  const left = found === undefined ? 0 : -found.paid.amount - (await refundedOf(sql, key, original));
  const refusal = refusalToRefund(account, order, { isUndone: found?.isUndone === true, left });
  if (account === undefined || refusal !== undefined)
    return refuse(desk, order, { account, reason: refusal ?? 'original-unknown' });
  const { amount } = order;
  const move = {
    ...moveOf(order, nowMs),
    kind: 'refund',
    account: account.account,
    amount,
    original,
  } as const;
  await addMove(sql, key, move);
  return approvalOf(move);
}

function refusalToRefund(
  account: AccountRow | undefined,
  order: PayOrder,
  { isUndone, left }: { readonly isUndone: boolean; readonly left: number },
): string | undefined {
  if (account === undefined) return 'original-unknown';
  if (isUndone) return 'original-reversed';
  if (account.currency !== order.currency) return 'other-currency';
  if (account.closed_at !== null) return 'account-closed';
  return left < order.amount ? 'amount-beyond-original' : undefined;
}

/** What became of an order. Moves nothing. */
export async function query(sql: Sql, key: BookKey, order: Order): Promise<Outcome> {
  return told(await movesOf(sql, key, order.reference), order);
}

/**
 * Undoes a payment: what refunds have left of it goes back, also to an account that was closed meanwhile. What is not known here is refused from
 * now on. A refund that was made stays made.
 */
export async function reverse(desk: Desk, order: Order): Promise<Outcome> {
  const { sql, key, nowMs } = desk;
  const moves = await movesOf(sql, key, order.reference);
  const known = told(moves, order);
  const paid = moves.find(({ kind }) => kind === 'pay');
  if (known.state === 'declined') return REVERSED;
  if (known.state !== 'not-found' && (known.state !== 'approved' || paid === undefined)) return known;
  const back = paid === undefined ? 0 : -paid.amount - (await refundedOf(sql, key, order.reference));
  await addMove(sql, key, {
    ...moveOf(order, nowMs),
    kind: 'reverse',
    account: paid?.account ?? null,
    amount: back as Minor,
  });
  return REVERSED;
}

/** The answer to a reference that was used before; undefined for a new one. */
async function again({ sql, key }: Desk, order: PayOrder): Promise<Outcome | undefined> {
  const known = await query(sql, key, order);
  if (known.state === 'not-found') return undefined;
  return known.state === 'reversed' ? declined('order-reversed') : known;
}

/** A refusal is written down: the same reference is not accepted later, when there is money. */
async function refuse(
  { sql, key, nowMs }: Desk,
  order: PayOrder,
  { account, reason }: { readonly account: AccountRow | undefined; readonly reason: string },
): Promise<Outcome> {
  const move = moveOf(order, nowMs);
  await addMove(sql, key, { ...move, kind: 'decline', account: account?.account ?? null, reason });
  return declined(reason);
}

async function paymentOf(
  sql: Sql,
  key: BookKey,
  reference: string,
): Promise<{ readonly paid: MoveRow; readonly isUndone: boolean } | undefined> {
  const moves = await movesOf(sql, key, reference);
  const paid = moves.find(({ kind }) => kind === 'pay');
  return paid && { paid, isUndone: moves.some(({ kind }) => kind === 'reverse') };
}

function told(moves: readonly MoveRow[], order: Order): Outcome {
  const moved = moves.find(({ kind }) => kind === 'pay' || kind === 'refund');
  if (moved !== undefined && Math.abs(moved.amount) !== order.amount) return doubt('amount-mismatch');
  if (moves.some(({ kind }) => kind === 'reverse')) return REVERSED;
  const refused = moves.find(({ kind }) => kind === 'decline');
  if (refused !== undefined) return declined(refused.reason ?? 'refused');
  return moved === undefined ? NOT_FOUND : approvalOf(moved);
}

const approvalOf = ({ reference, account, moved_at }: MoveRow): Outcome =>
  approved(cleanApproval({ channelId: reference, payer: maskedPayer(account ?? ''), paidAt: moved_at }));

const moveOf = (order: Order & { readonly till?: string }, nowMs: number): Omit<MoveRow, 'kind'> => ({
  reference: order.reference,
  account: null,
  amount: ZERO,
  original: null,
  reason: null,
  moved_at: nowMs,
  moved_by: order.till ?? 'server',
});
