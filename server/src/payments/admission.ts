import { createHash } from 'node:crypto';
import type { AttemptRequest } from '../../../src/contract/api.ts';
import { type Attempt, purposeOf } from '../../../src/domain/attempt.ts';
import { canonicalBytes } from '../../../src/domain/canonical.ts';
import { walletOf } from '../../../src/domain/rails.ts';
import type { Acquirer } from '../acquirers/acquirer.ts';
import { RefusalError } from '../http/problem.ts';
import type { TillPlace } from '../storage/journal.ts';
import type { Sql } from '../storage/sql.ts';
import {
  addOrder,
  childrenOf,
  findOrder,
  type OrderRow,
  openPaymentsOf,
  putOrder,
  timingsOfOrder,
} from './orders.ts';
import { checkOriginal, needsOriginal } from './original.ts';
import { carriesRail, type ShopAcquirers } from './registry.ts';

/** How long after a rail's window the completer waits for the till, ms (facts: reliability P4, window + 15 s). */
export const SILENCE_MS = 15_000;

/** The fingerprint of an attempt: the same id with another one is a conflict. */
export const hashOf = (attempt: Attempt): string =>
  createHash('sha256').update(canonicalBytes(attempt)).digest('hex');

export interface Admitted {
  readonly row: OrderRow;
  /** With a new order: who is to carry it out now. Absent for a twin. */
  readonly acquirer?: Acquirer;
  readonly original?: OrderRow;
}

/**
 * Decides about a request to move money, in one transaction: a twin gets its row, a new attempt is stored as `sending`. When
 * this commits, and not before, the request may leave. Throws RefusalError; then nothing is stored.
 */
export async function admit(
  sql: Sql,
  place: TillPlace,
  { attempt, code, card }: AttemptRequest,
  { shop, nowMs }: { readonly shop: ShopAcquirers; readonly nowMs: number },
): Promise<Admitted> {
  const known = await findOrder(sql, place.merchant, attempt.attemptId);
  if (known !== undefined) return twin(known, attempt);
  checkInput(attempt, { code, hasCard: card !== undefined }, shop);
  const purpose = purposeOf(attempt);
  const original = await originalOf(sql, place.merchant, attempt);
  const acquirer =
    original === undefined
      ? shop.forRail({ tender: attempt.tender, method: attempt.method, purpose })
      : shop.byName(original.acquirer);
  if (acquirer === undefined || !carriesRail(acquirer, { tender: attempt.tender, purpose }))
    throw new RefusalError('rail-unavailable');
  const row = newRow(place, attempt, { acquirer: shop.nameOf(acquirer), original, nowMs });
  if (!(await addOrder(sql, row))) throw new RefusalError('unavailable'); // Another process was faster: ask again.
  if (purpose === 'sale' || purpose === 'authorisation') await supersede(sql, row, nowMs);
  return { row, acquirer, ...(original === undefined ? {} : { original }) };
}

function twin(known: OrderRow, attempt: Attempt): Admitted {
  if (known.request_hash !== hashOf(attempt)) throw new RefusalError('attempt-conflict');
  if (known.sent_at === null) throw new RefusalError('attempt-tombstoned');
  return { row: known };
}

function checkInput(
  attempt: Attempt,
  given: { readonly code: string | undefined; readonly hasCard: boolean },
  shop: ShopAcquirers,
): void {
  const purpose = purposeOf(attempt);
  const isFirst = purpose === 'sale' || purpose === 'authorisation';
  const isWalletCode = given.code !== undefined && walletOf(given.code, shop.codeTable) === attempt.tender;
  const isFit =
    attempt.amount > 0 &&
    needsOriginal(purpose) === (attempt.original !== undefined) &&
    (!isFirst || attempt.method !== 'customer-code' || isWalletCode) &&
    (!isFirst || attempt.method !== 'reader' || given.hasCard) &&
    (!isFirst || attempt.tender !== 'stored-value' || (attempt.account ?? '').trim() !== '');
  if (!isFit) throw new RefusalError('malformed-body');
}

async function originalOf(sql: Sql, merchant: string, attempt: Attempt): Promise<OrderRow | undefined> {
  if (attempt.original === undefined) return undefined;
  const original = await findOrder(sql, merchant, attempt.original);
  const children = await childrenOf(sql, merchant, attempt.original);
  const refusal = checkOriginal(attempt, purposeOf(attempt), original, children);
  if (refusal !== undefined) throw new RefusalError(refusal);
  return original;
}

interface Making {
  readonly acquirer: string;
  readonly original: OrderRow | undefined;
  readonly nowMs: number;
}

function newRow(place: TillPlace, attempt: Attempt, { acquirer, original, nowMs }: Making): OrderRow {
  const row: OrderRow = {
    merchant: place.merchant,
    attempt_id: attempt.attemptId,
    sale_id: attempt.saleId,
    till: place.till,
    tender: attempt.tender,
    method: attempt.method ?? original?.method ?? null,
    purpose: purposeOf(attempt),
    original: attempt.original ?? null,
    account: attempt.account ?? original?.account ?? null,
    amount: attempt.amount,
    tip: attempt.tip ?? null,
    currency: attempt.currency,
    acquirer,
    request_hash: hashOf(attempt),
    state: 'sending',
    reason: null,
    approval: null,
    code: null,
    code_expires_at: null,
    surplus: null,
    created_at: nowMs,
    sent_at: nowMs,
    settled_at: null,
    next_at: null,
    tries: 0,
  };
  return { ...row, next_at: nowMs + timingsOfOrder(row).windowMs + SILENCE_MS };
}

/**
 * A sale has one open payment at most. A till that begins another has given the first one up, even if its word has not
 * arrived yet: the first is undone, so that two can never both stay paid.
 */
async function supersede(sql: Sql, newer: OrderRow, nowMs: number): Promise<void> {
  for (const row of await openPaymentsOf(sql, newer.merchant, newer.sale_id)) {
    if (row.attempt_id === newer.attempt_id) continue;
    await putOrder(sql, beginUndo(row, 'superseded', nowMs));
  }
}

/** An order that is to be undone, as early as its rail allows. Stored before the first undo request leaves. */
export function beginUndo(row: OrderRow, reason: string, nowMs: number): OrderRow {
  const earliest = (row.sent_at ?? nowMs) + timingsOfOrder(row).reverseNotBeforeMs;
  return {
    ...row,
    state: 'reversing',
    reason,
    settled_at: null,
    tries: 0,
    next_at: Math.max(nowMs, earliest),
  };
}

/** The row that refuses an attempt for ever: it was undone before it came. */
export const tombstone = (place: TillPlace, attempt: Attempt, nowMs: number): OrderRow => ({
  ...newRow(place, attempt, { acquirer: '', original: undefined, nowMs }),
  state: 'reversed',
  reason: 'never-arrived',
  sent_at: null,
  settled_at: nowMs,
  next_at: null,
});
