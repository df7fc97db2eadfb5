import { createHash } from 'node:crypto';
import type { Clock } from '../../../src/domain/clock.ts';
import type { Acquirer, Order, Outcome, PayOrder } from '../acquirers/acquirer.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import { mayHaveMoved, projectDispute, raiseDispute } from '../projections/disputed.ts';
import { approvalEntry } from '../storage/journal.ts';
import { type AlarmKind, raise } from '../storage/quarantine.ts';
import type { Database, Sql } from '../storage/sql.ts';
import { Channel, orderOf, originalFor } from './channel.ts';
import {
  findOrder,
  isInTheBooks,
  isMoneyIn,
  isOnItsWay,
  type OrderRow,
  putOrder,
  standingOf,
  timingsOfOrder,
  windowEnd,
} from './orders.ts';
import type { Registry } from './registry.ts';
import { type HeardBy, hear, isDefinite, type Standing } from './standing.ts';
import type { Timer } from './timer.ts';

export interface PaymentsWorld {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly timer: Timer;
  readonly registry: Registry;
}

/** WeChat Pay's word for a refund that the customer's account does not take (`ABNORMAL`): somebody must act on its own site. */
const REFUND_HELD = 'refund-abnormal';
/** Payment alarms have no place in a till's journal. */
const NO_PLACE = { epoch: '-', seq: 0 };

/** Asks acquirers, and turns what they say into the state of orders. Outside calls never happen inside a transaction. */
export class Engine {
  readonly world: PaymentsWorld;
  readonly channel: Channel;
  /** Undoing that is under way here, so that the till and the completer do not both send it. Bounded by the calls. */
  readonly #undoing = new Map<string, Promise<OrderRow>>();

  constructor(world: PaymentsWorld) {
    this.world = world;
    this.channel = new Channel({ timer: world.timer, log: world.log, isDemo: world.registry.demo });
  }

  async acquirerOf(row: OrderRow): Promise<Acquirer | undefined> {
    return (await this.world.registry.of(row.merchant)).byName(row.acquirer);
  }

  /** One call about an order, and what it changed. */
  async exchange(
    row: OrderRow,
    by: HeardBy,
    task: (signal: AbortSignal) => Promise<Outcome>,
  ): Promise<{ readonly row: OrderRow; readonly outcome: Outcome }> {
    const outcome = await this.channel.ask(timingsOfOrder(row).answerMs, task);
    const after = await this.world.database.transaction((sql) => this.apply(sql, row, by, outcome));
    this.#say(after, by, outcome);
    return { row: after, outcome };
  }

  /** Applies an outcome to the order as it is now, inside the caller's transaction. */
  async apply(
    sql: Sql,
    { merchant, attempt_id }: OrderRow,
    by: HeardBy,
    outcome: Outcome,
  ): Promise<OrderRow> {
    const row = await findOrder(sql, merchant, attempt_id);
    if (row === undefined) throw new Error('an order has vanished');
    const now = this.world.clock.now();
    const isWindowOver = now >= windowEnd(row);
    const { next, isContradiction } = hear(standingOf(row), { by, outcome, isWindowOver });
    if (isContradiction) await this.alarm(sql, row, 'payment-contradiction');
    if (isOnItsWay(row)) await this.#promised(sql, row, { next, outcome });
    const isSecond = row.reason === 'superseded' && row.approval === null && next.approval !== null;
    if (isSecond) await this.alarm(sql, row, 'payment-second-wallet');
    const changed = withStanding(row, next, now);
    const shown = outcome.state === 'waiting' && by === 'pay' ? outcome.code : undefined;
    const after =
      shown === undefined ? changed : { ...changed, code: shown.text, code_expires_at: shown.expiresAt };
    await putOrder(sql, after);
    await this.weigh(sql, row, after);
    return after;
  }

  /** An order's end and the till's books contradict each other, or do no longer: the office and the ledger are told. */
  async weigh(sql: Sql, before: OrderRow | undefined, after: OrderRow): Promise<void> {
    const isMoved = mayHaveMoved(after);
    if (isMoved === (before === undefined || mayHaveMoved(before))) return;
    const signed = await approvalEntry(sql, after.merchant, after);
    if (signed?.entry.type !== 'attempt.approved') return;
    const { entry } = signed;
    await projectDispute(sql, after.merchant, entry, isMoved ? -1 : 1);
    if (isMoved || !(await raiseDispute(sql, after.merchant, entry, this.world.clock.now()))) return;
    this.world.metrics.add('xiaoji_payment_alarms_total', 'kind="not-held"');
    this.world.log.warn('payment-not-held', { merchant: after.merchant, attempt: after.attempt_id });
  }

  /** Asks the channel by the original reference. Moves nothing. */
  async query(row: OrderRow): Promise<OrderRow> {
    const acquirer = await this.acquirerOf(row);
    if (acquirer === undefined) return row;
    const order = await this.#order(row);
    return (await this.exchange(row, 'query', (signal) => acquirer.query(order, signal))).row;
  }

  /** The order with what it refers to: some channels find a refund only by the payment it gives back. */
  async #order(row: OrderRow): Promise<Order> {
    const { merchant, original: reference } = row;
    if (reference === null) return orderOf(row);
    const original = await this.world.database.read((sql) => findOrder(sql, merchant, reference));
    return original === undefined ? orderOf(row) : { ...orderOf(row), original: originalFor(original) };
  }

  /** One round of undoing. The row is `reversing` already, and may be definite afterwards. */
  undo(row: OrderRow): Promise<OrderRow> {
    const key = `${row.merchant}/${row.attempt_id}`;
    const running = this.#undoing.get(key) ?? this.#undoOnce(row).finally(() => this.#undoing.delete(key));
    this.#undoing.set(key, running);
    return running;
  }

  async #undoOnce(row: OrderRow): Promise<OrderRow> {
    const kept = await this.#keepBooked(row);
    if (kept !== undefined) return kept;
    const acquirer = await this.acquirerOf(row);
    if (acquirer === undefined) return row;
    if (row.method !== 'shop-code') return this.#revoke(row, acquirer);
    const after = row.approval === null ? await this.#endCode(row, acquirer) : row;
    return isTaken(after) ? this.giveBack(after, acquirer) : after;
  }

  /** A manager has seen the money and booked it while it was being undone: then it stays. */
  #keepBooked({ merchant, attempt_id }: OrderRow): Promise<OrderRow | undefined> {
    return this.world.database.transaction(async (sql) => {
      const row = await findOrder(sql, merchant, attempt_id);
      if (row?.state !== 'reversing' || !(await isInTheBooks(sql, row))) return undefined;
      const now = this.world.clock.now();
      const kept: OrderRow = { ...row, state: 'approved', reason: 'booked', settled_at: now, next_at: null };
      await putOrder(sql, kept);
      this.world.log.info('payment-kept', { merchant, till: row.till, attempt: attempt_id });
      return kept;
    });
  }

  /** Only when the channel has said that it does not undo it this way is there another: two ways at once pay twice. */
  async #revoke(row: OrderRow, acquirer: Acquirer): Promise<OrderRow> {
    const order = await this.#order(row);
    const { row: after, outcome } = await this.exchange(row, 'undo', (signal) =>
      acquirer.reverse(order, row.reason ?? 'operator', signal),
    );
    if (isDefinite(after.state) || (outcome.state !== 'declined' && outcome.state !== 'not-found'))
      return after;
    const asked = after.approval === null ? await this.query(after) : after;
    return isTaken(asked) ? this.giveBack(asked, acquirer) : asked;
  }

  /** A shown code: ended first, then asked about, because the customer may have paid in between. */
  async #endCode(row: OrderRow, acquirer: Acquirer): Promise<OrderRow> {
    const closed = await this.channel.ask(timingsOfOrder(row).answerMs, (signal) =>
      acquirer.close(orderOf(row), signal),
    );
    const { row: after, outcome } = await this.exchange(row, 'query', (signal) =>
      acquirer.query(orderOf(row), signal),
    );
    if (isDefinite(after.state)) return after;
    // Where a code nobody scanned is no order yet, the channel has nothing more to say of it than that it is ended.
    const isGone =
      closed.state === 'reversed' && (outcome.state === 'not-found' || outcome.state === 'waiting');
    if (!isGone && closed.state !== 'approved') return after;
    return this.world.database.transaction((sql) => this.apply(sql, after, 'undo', closed));
  }

  /** Refunds all of it under a number of its own that is always the same, so that repeating it moves nothing more. */
  async giveBack(row: OrderRow, acquirer: Acquirer): Promise<OrderRow> {
    if (!isMoneyIn(row.purpose) || row.purpose === 'authorisation') return row;
    const order: PayOrder = {
      ...orderOf(row),
      reference: giveBackReference(row.attempt_id),
      purpose: 'refund',
      subject: '',
      till: row.till,
      original: originalFor(row),
    };
    const { row: after } = await this.exchange(row, 'give-back', (signal) => acquirer.refund(order, signal));
    return after;
  }

  /** The customer was told that the money comes: the office hears when it does not. */
  async #promised(
    sql: Sql,
    row: OrderRow,
    { next, outcome }: { readonly next: Standing; readonly outcome: Outcome },
  ): Promise<void> {
    const isRefused = !isMoneyIn(row.purpose) && (next.state === 'declined' || next.state === 'reversed');
    if (isRefused) await this.alarm(sql, row, 'refund-failed');
    else if (outcome.state === 'unknown' && outcome.reason === REFUND_HELD)
      await this.alarm(sql, row, 'refund-held');
  }

  /** Raises an alarm about an order, once. */
  async alarm(sql: Sql, row: OrderRow, kind: AlarmKind): Promise<void> {
    const alarm = { kind, till: row.till, ...NO_PLACE, detail: row.attempt_id };
    if (!(await raise(sql, row.merchant, alarm, this.world.clock.now()))) return;
    this.world.metrics.add('xiaoji_payment_alarms_total', `kind="${kind}"`);
    this.world.log.warn('payment-alarm', { kind, merchant: row.merchant, attempt: row.attempt_id });
  }

  #say(row: OrderRow, by: HeardBy, outcome: Outcome): void {
    const { metrics, log } = this.world;
    metrics.add('xiaoji_acquirer_calls_total', `by="${by}",heard="${outcome.state}"`);
    log.info('payment', {
      merchant: row.merchant,
      till: row.till,
      attempt: row.attempt_id,
      acquirer: row.acquirer,
      by,
      heard: outcome.state,
      state: row.state,
      reason: 'reason' in outcome ? outcome.reason : undefined,
    });
  }
}

const isTaken = (row: OrderRow): boolean => row.state === 'reversing' && row.approval !== null;

/** The row with a new standing; a definite one has nothing left to be done, unless money is due back. */
function withStanding(row: OrderRow, next: Standing, nowMs: number): OrderRow {
  const isEnd = isDefinite(next.state);
  const isBecoming = isEnd && !isDefinite(row.state);
  const isDue = next.surplus === 'due' || next.surplus === 'returning';
  const isNewlyDue = next.surplus === 'due' && row.surplus === null;
  return {
    ...row,
    state: next.state,
    reason: next.reason,
    approval: next.approval === null ? null : JSON.stringify(next.approval),
    surplus: next.surplus,
    settled_at: isBecoming ? nowMs : row.settled_at,
    next_at: isNewlyDue ? nowMs : isEnd && !isDue ? null : row.next_at,
    tries: isNewlyDue ? 0 : row.tries,
  };
}

/** Derived from the attempt, so that it is the same after any crash. */
const giveBackReference = (attemptId: string): string =>
  createHash('sha256').update(`give-back:${attemptId}`).digest('hex').slice(0, 32);
