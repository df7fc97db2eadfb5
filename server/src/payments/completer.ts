import { faultFields } from '../log.ts';
import { beginUndo } from './admission.ts';
import { orderOf } from './channel.ts';
import type { Engine } from './engine.ts';
import {
  claimOrder,
  dueOrders,
  findOrder,
  isInTheBooks,
  isMoneyIn,
  isOnItsWay,
  type OrderRow,
  putOrder,
  timingsOfOrder,
  windowEnd,
} from './orders.ts';
import { isDefinite, isOpen } from './standing.ts';

/** Pause between rounds, ms. */
const ROUND_MS = 1_000;
/** Most orders looked after in one round, and at the same time: the rest is next. */
const ROUND_ORDERS_MAX = 50;
const AT_ONCE_MAX = 5;
/** For how long an order belongs to the process that took it up, ms: longer than one round of undoing can take. */
const LEASE_MS = 5 * 60_000;
/** Longest pause between two questions about money that a channel has accepted to give back, ms. */
const PROMISED_LONGEST_MS = 3_600_000;
/** From when on the office is told that it has still not arrived, ms: a bank card takes three working days, and a weekend may be in it. */
const PROMISED_SLOW_MS = 5 * 86_400_000;
/** Callbacks are remembered this long, ms: no channel repeats one for longer. */
const NOTICES_KEPT_MS = 30 * 24 * 3_600_000;
/** Rounds between two clearings of old callbacks. */
const CLEARING_ROUNDS = 3_600;

/** Money that came after the end, and is not back yet. */
const isOwed = ({ surplus }: OrderRow): boolean => surplus === 'due' || surplus === 'returning';

/** Brings every order to an end whose till has gone silent: success, closed or revoked. */
export class Completer {
  readonly #engine: Engine;
  #cancel: (() => void) | undefined;
  #isStopped = false;
  #round: Promise<unknown> = Promise.resolve();
  #rounds = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  start(): void {
    if (this.#isStopped) return;
    this.#cancel = this.#engine.world.timer.after(ROUND_MS, () => {
      this.#round = this.#safely().finally(() => this.start());
    });
  }

  /** Resolves when the round under way has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#round;
  }

  async #safely(): Promise<void> {
    try {
      await this.round();
      if (this.#rounds++ % CLEARING_ROUNDS === 0) await this.#clear();
    } catch (error) {
      this.#engine.world.log.error('completer-fault', faultFields(error));
    }
  }

  /** One look at everything that is due; how many orders there were. */
  async round(): Promise<number> {
    const { database, clock } = this.#engine.world;
    const due = await database.read((sql) => dueOrders(sql, clock.now(), ROUND_ORDERS_MAX));
    for (let at = 0; at < due.length && !this.#isStopped; at += AT_ONCE_MAX)
      await Promise.all(due.slice(at, at + AT_ONCE_MAX).map((row) => this.#lookAfter(row)));
    return due.length;
  }

  async #lookAfter(row: OrderRow): Promise<void> {
    const { database, clock, log } = this.#engine.world;
    const isMine = await database.transaction((sql) => claimOrder(sql, row, clock.now() + LEASE_MS));
    if (!isMine) return;
    try {
      await this.#bringToEnd(row);
    } catch (error) {
      log.error('completer-fault', { ...faultFields(error), attempt: row.attempt_id });
    }
    await this.#putOff(row);
  }

  async #bringToEnd(row: OrderRow): Promise<void> {
    if (isOwed(row)) return this.#returnSurplus(row);
    if (row.state === 'reversing') return void (await this.#engine.undo(row));
    if (!isOpen(row.state)) return;
    if (!isMoneyIn(row.purpose) && row.tender !== 'card') return void (await this.endRefund(row));
    const asked = await this.#engine.query(row);
    // What the channel has accepted to give back is not undone: it is waited for.
    if (!isOpen(asked.state) || isOnItsWay(asked)) return;
    const undoing = await this.#beginUndo(asked);
    if (undoing !== undefined) await this.#engine.undo(undoing);
  }

  /** Asks after a refund. One that the channel never got, and cannot get any more, is refused from now on. */
  async endRefund(row: OrderRow): Promise<OrderRow> {
    const { database, clock } = this.#engine.world;
    const asked = await this.#engine.query(row);
    const now = clock.now();
    if (asked.state !== 'not-found' || now < windowEnd(asked)) return asked;
    return database.transaction(async (sql) => {
      const fresh = await findOrder(sql, row.merchant, row.attempt_id);
      if (fresh?.state !== 'not-found') return fresh ?? asked;
      const ended: OrderRow = {
        ...fresh,
        state: 'reversed',
        reason: 'never-arrived',
        settled_at: now,
        next_at: null,
      };
      await putOrder(sql, ended);
      await this.#engine.weigh(sql, fresh, ended);
      return ended;
    });
  }

  #beginUndo(row: OrderRow): Promise<OrderRow | undefined> {
    const { database, clock } = this.#engine.world;
    return database.transaction(async (sql) => {
      const fresh = await findOrder(sql, row.merchant, row.attempt_id);
      if (fresh === undefined || !isOpen(fresh.state)) return undefined;
      // The lease stays: another process that looks now must not take up what this one is at.
      const undoing = { ...beginUndo(fresh, 'window', clock.now()), next_at: fresh.next_at };
      await putOrder(sql, undoing);
      return undoing;
    });
  }

  /** Money that came after the end: where the channel still has it, it goes back. */
  async #returnSurplus(row: OrderRow): Promise<void> {
    const engine = this.#engine;
    if (await this.#keepSurplus(row)) return;
    const acquirer = await engine.acquirerOf(row);
    if (acquirer === undefined) return;
    const { answerMs } = timingsOfOrder(row);
    const found = await engine.channel.ask(answerMs, (signal) => acquirer.query(orderOf(row), signal));
    if (found.state === 'approved') return void (await engine.giveBack(row, acquirer));
    const isGone = found.state === 'reversed' || found.state === 'declined';
    await engine.exchange(row, 'give-back', async (signal) =>
      isGone ? { state: 'reversed' } : acquirer.reverse(orderOf(row), 'late-approval', signal),
    );
  }

  /** The till has booked it meanwhile: both agree that it came, and it stays. */
  #keepSurplus({ merchant, attempt_id }: OrderRow): Promise<boolean> {
    return this.#engine.world.database.transaction(async (sql) => {
      const row = await findOrder(sql, merchant, attempt_id);
      if (row === undefined || !isOwed(row) || !(await isInTheBooks(sql, row))) return false;
      await putOrder(sql, { ...row, surplus: 'kept', next_at: null });
      return true;
    });
  }

  /** When to look again, if there is still something to do: later each time. */
  async #putOff({ merchant, attempt_id }: OrderRow): Promise<void> {
    const engine = this.#engine;
    const { database, clock } = engine.world;
    await database.transaction(async (sql) => {
      const row = await findOrder(sql, merchant, attempt_id);
      if (row === undefined || row.next_at === null) return;
      if (isDefinite(row.state) && !isOwed(row)) return;
      const isPromised = isOnItsWay(row);
      const { reverseEveryMs, reverseLongestMs, reversalsMax } = timingsOfOrder(row);
      const longest = isPromised ? PROMISED_LONGEST_MS : reverseLongestMs;
      const pause = Math.min(reverseEveryMs * 2 ** Math.min(row.tries, 20), longest);
      const now = clock.now();
      await putOrder(sql, { ...row, next_at: now + pause, tries: row.tries + 1 });
      if (!isPromised && row.tries + 1 >= reversalsMax) await engine.alarm(sql, row, 'payment-stuck');
      if (isPromised && now - row.created_at > PROMISED_SLOW_MS) await engine.alarm(sql, row, 'refund-slow');
    });
  }

  async #clear(): Promise<void> {
    const { database, clock } = this.#engine.world;
    await database.transaction((sql) =>
      sql.run('DELETE FROM payment_notice WHERE received_at < ?', [clock.now() - NOTICES_KEPT_MS]),
    );
  }
}
