import type { AttemptAnswer, AttemptQuestion, AttemptRequest, Rails } from '../../../src/contract/api.ts';
import type { Attempt } from '../../../src/domain/attempt.ts';
import type { CardData } from '../../../src/domain/card-data.ts';
import type { Currency, Minor } from '../../../src/domain/money.ts';
import { AcquirerError, type PayOrder } from '../acquirers/acquirer.ts';
import { StoredValue } from '../acquirers/stored-value/stored-value.ts';
import { RefusalError } from '../http/problem.ts';
import { faultFields } from '../log.ts';
import type { TillPlace } from '../storage/journal.ts';
import type { Sql } from '../storage/sql.ts';
import { admit, beginUndo, hashOf, SILENCE_MS, tombstone } from './admission.ts';
import { answerOf, coded } from './answer.ts';
import { orderOf, originalFor, send } from './channel.ts';
import { Completer } from './completer.ts';
import { Engine, type PaymentsWorld } from './engine.ts';
import { type NoticeAnswer, type NoticeCall, takeNotice } from './notices.ts';
import {
  addOrder,
  childrenOf,
  findOrder,
  isInTheBooks,
  isMoneyIn,
  isOnItsWay,
  type OrderRow,
  putOrder,
  timingsOfOrder,
} from './orders.ts';
import { liveChildren } from './original.ts';
import { isDefinite, isOpen } from './standing.ts';

/** Most calls to acquirers at once; beyond it a till hears 503 before anything is stored. */
const CALLS_MAX = 500;
/** How long a balance inquiry may take, ms. */
const BALANCE_MS = 30_000;

/** Moves electronic money for the tills of all shops of this server, each attempt once. */
export class Payments {
  /** The accounts of the shops' own cards, for the office. */
  readonly storedValue: StoredValue;
  readonly #world: PaymentsWorld;
  readonly #engine: Engine;
  readonly #completer: Completer;

  constructor(world: PaymentsWorld) {
    this.#world = world;
    this.storedValue = new StoredValue(world, world.registry.demo);
    this.#engine = new Engine(world);
    this.#completer = new Completer(this.#engine);
  }

  async rails(merchant: string): Promise<Rails> {
    return (await this.#world.registry.of(merchant)).rails();
  }

  /** POST /api/attempts. Throws RefusalError; then nothing was sent. */
  async post(place: TillPlace, request: AttemptRequest): Promise<AttemptAnswer> {
    if (this.#engine.channel.underWay >= CALLS_MAX) throw new RefusalError('unavailable');
    const { database, clock, registry } = this.#world;
    const shop = await registry.of(place.merchant);
    const admitted = await database.transaction((sql) =>
      admit(sql, place, request, { shop, nowMs: clock.now() }),
    );
    const { row, acquirer, original } = admitted;
    if (acquirer === undefined) return answerOf(row);
    const order: PayOrder = {
      ...orderOf(row),
      subject: request.subject,
      till: place.till,
      ...(row.tip === null ? {} : { tip: row.tip }),
      ...(request.code === undefined ? {} : { code: request.code }),
      ...(request.card === undefined ? {} : { card: request.card }),
      ...(original === undefined ? {} : { original: originalFor(original) }),
    };
    const { row: after, outcome } = await this.#engine.exchange(row, 'pay', (signal) =>
      send(acquirer, order, signal),
    );
    const emv = 'emv' in outcome ? outcome.emv : undefined;
    return { ...answerOf(after), ...(emv === undefined ? {} : { emv }) };
  }

  /** POST /api/attempts/query. Asks the channel when the end is not known. */
  async query(place: TillPlace, { attempt }: AttemptQuestion): Promise<AttemptAnswer> {
    const { database, clock } = this.#world;
    const row = await database.transaction(async (sql) => {
      const known = await this.#known(sql, place, attempt);
      if (known === undefined || !isOpen(known.state)) return known;
      const heard = heardFromTill(known, clock.now());
      await putOrder(sql, heard);
      return heard;
    });
    if (row === undefined) return { state: 'not-found' };
    if (isDefinite(row.state)) return answerOf(row);
    return answerOf(await this.#engine.query(row));
  }

  /** POST /api/attempts/reverse. Stored before it is sent; may be repeated without harm. */
  async reverse(place: TillPlace, question: AttemptQuestion): Promise<AttemptAnswer> {
    const { database, clock } = this.#world;
    const plan = await database.transaction((sql) => this.#planUndo(sql, place, question));
    const { row } = plan;
    if (plan.todo === 'nothing') return answerOf(row, plan.reason);
    if (plan.todo === 'ask') return answerOf(await this.#endRefund(row));
    const isTooEarly = clock.now() < (row.sent_at ?? 0) + timingsOfOrder(row).reverseNotBeforeMs;
    return answerOf(isTooEarly ? row : await this.#engine.undo(row));
  }

  async #planUndo(
    sql: Sql,
    place: TillPlace,
    { attempt, reason }: AttemptQuestion,
  ): Promise<{ row: OrderRow; todo: 'nothing' | 'ask' | 'undo'; reason?: string }> {
    const now = this.#world.clock.now();
    const known = await this.#known(sql, place, attempt);
    if (known === undefined) {
      const row = tombstone(place, attempt, now);
      if (!(await addOrder(sql, row))) throw new RefusalError('unavailable');
      await this.#engine.weigh(sql, undefined, row);
      return { row, todo: 'nothing' };
    }
    if (known.state === 'declined' || known.state === 'reversed') return { row: known, todo: 'nothing' };
    if (known.state === 'reversing') return { row: known, todo: 'undo' };
    // A wallet's refund cannot be taken back, nor what any channel has accepted. All one can do is to learn its end.
    if (!isMoneyIn(known.purpose) && (known.tender !== 'card' || isOnItsWay(known)))
      return { row: known, todo: known.state === 'approved' ? 'nothing' : 'ask', reason: 'cannot-undo' };
    const refusal = known.state === 'approved' ? await refusalToUndo(sql, known) : undefined;
    if (refusal !== undefined) return { row: known, todo: 'nothing', reason: refusal };
    const row = beginUndo(known, coded(reason ?? 'operator'), now);
    await putOrder(sql, row);
    return { row, todo: 'undo' };
  }

  #endRefund(row: OrderRow): Promise<OrderRow> {
    return this.#completer.endRefund(row);
  }

  async #known(sql: Sql, place: TillPlace, attempt: Attempt): Promise<OrderRow | undefined> {
    const known = await findOrder(sql, place.merchant, attempt.attemptId);
    if (known !== undefined && known.request_hash !== hashOf(attempt))
      throw new RefusalError('attempt-conflict');
    return known;
  }

  /** 余额查询. Throws RefusalError `rail-unavailable`, or `unavailable` when the host gives no balance. */
  async balance(
    place: TillPlace,
    card: CardData,
  ): Promise<{ readonly balance: Minor; readonly currency: Currency }> {
    const acquirer = (await this.#world.registry.of(place.merchant)).forBalance();
    if (acquirer?.balance === undefined) throw new RefusalError('rail-unavailable');
    const controller = new AbortController();
    const cancel = this.#world.timer.after(BALANCE_MS, () => controller.abort());
    try {
      return await acquirer.balance(card, controller.signal);
    } catch (error) {
      const code = error instanceof AcquirerError ? error.code : 'fault';
      this.#world.log.warn('balance-refused', { ...faultFields(error), code, merchant: place.merchant });
      throw new RefusalError('unavailable');
    } finally {
      cancel();
    }
  }

  /** A callback of a channel. */
  notify(call: NoticeCall): Promise<NoticeAnswer> {
    return takeNotice(this.#engine, call);
  }

  /** Looks after the orders that are due now; how many there were. Called again and again by `start`. */
  complete(): Promise<number> {
    return this.#completer.round();
  }

  /** Starts the completer. */
  start(): void {
    this.#completer.start();
  }

  /** Ends the completer and cuts calls short; their orders are taken up after the next start. */
  async stop(): Promise<void> {
    const ended = this.#completer.stop();
    this.#engine.channel.cutAll();
    await ended;
    await this.#world.registry.stop();
  }
}

/** Why approved money must not be given back by undoing it: the till has seen it, or part of it is back already. */
async function refusalToUndo(sql: Sql, row: OrderRow): Promise<string | undefined> {
  if (await isInTheBooks(sql, row)) return 'sale-completed';
  const children = await childrenOf(sql, row.merchant, row.attempt_id);
  return liveChildren(children).length > 0 ? 'referred-to' : undefined;
}

/** The till is there: the completer waits as long again, but not for ever. What is on its way back is asked about at its own pace. */
function heardFromTill(row: OrderRow, nowMs: number): OrderRow {
  if (isOnItsWay(row)) return row;
  const sent = row.sent_at ?? row.created_at;
  const { windowMs } = timingsOfOrder(row);
  const latest = sent + 2 * windowMs;
  return { ...row, next_at: Math.max(sent + windowMs, Math.min(nowMs, latest)) + SILENCE_MS };
}
