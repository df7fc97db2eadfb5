import type { CardData } from '../../../../src/domain/card-data.ts';
import { Lane } from '../../storage/lane.ts';
import type { Outcome, PayOrder } from '../acquirer.ts';
import { declined, NOT_FOUND, REVERSED, unknown } from '../shared/outcomes.ts';
import { approvalFrom, type CardOnSlip, type Heard, reversalVerdict, verdictOf } from './answers.ts';
import type { IsoFields, IsoMessage } from './codec.ts';
import type { Iso8583Config, Iso8583Deps, TerminalConfig } from './config.ts';
import type { Frame } from './frame.ts';
import { KeyError } from './keys/key-error.ts';
import type { SealedCard } from './keys/terminal-keys.ts';
import { Line, type Refused } from './line.ts';
import {
  outcomeOf,
  type TradeChange,
  type TradeRecord,
  type TradeState,
  UNRESOLVED,
} from './terminal-store.ts';
import { cardFields, keptFields, reversalFields, TRANSACTIONS } from './transactions.ts';
import { answerType, type Request } from './wire.ts';

/** A trade whose end is open and that nobody has begun to undo. */
const DOUBTFUL: readonly TradeState[] = ['sending', 'unknown'];

/** Nothing is booked, and nothing ever will be. */
const SETTLED_AS_NOTHING: readonly TradeState[] = ['declined', 'reversed', 'abandoned'];

/** What goes with a trade beside its record. */
interface Extra {
  /** Card data: sent, never kept. */
  readonly fields: IsoFields;
  readonly card?: CardOnSlip;
  readonly masked?: string;
  readonly isRepeat?: boolean;
}

/** A terminal that nobody else uses meanwhile. */
export interface Session {
  readonly batch: string;
  /** Makes a card's data over to the bank's keys. Throws KeyError. */
  seal(card: CardData): SealedCard;
  /** Sends a request that has no place in the books; trace, terminal and merchant are added. */
  send(request: Request): Promise<{ readonly message: IsoMessage } | Refused>;
  /** The batch is closed: the next request signs in first. */
  end(): void;
}

const SIGNED_IN_TRIES = 2;

/**
 * One terminal at its bank: signed in when it needs to be, one request at a time, every trade written down before its
 * first byte leaves, and every doubt settled before the next trade.
 */
export class Terminal {
  readonly number: string;
  readonly #config: Iso8583Config;
  readonly #deps: Iso8583Deps;
  readonly #line: Line;
  readonly #lane = new Lane();

  /** Throws KeyError for a master key of the wrong size. */
  constructor(config: Iso8583Config, terminal: TerminalConfig, deps: Iso8583Deps) {
    this.number = terminal.terminal;
    this.#config = config;
    this.#deps = deps;
    // A late answer that cannot be written down is a late answer lost: the trade stays in doubt and is reversed.
    this.#line = new Line(config, terminal, deps, (frame) => void this.#late(frame).catch(() => undefined));
  }

  stop(): void {
    this.#line.stop();
  }

  /**
   * Sends a trade, once: a reference that is there already gets its own outcome. `declined` without the host's word means
   * that provably nothing was sent.
   */
  trade(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    return this.#lane.run(async () => {
      const known = await this.#deps.store.find(order.reference);
      if (known !== undefined) return this.#again(known, signal);
      const refused = (await this.#line.prepare(signal)) ?? (await this.#settledDoubts(signal));
      return refused === undefined ? this.#first(order, signal) : declined(refused);
    });
  }

  /** 冲正. Safe to repeat: the same trace and amount each time, until the host has answered. */
  reverse(reference: string, signal: AbortSignal): Promise<Outcome> {
    return this.#lane.run(async () => {
      const { store, clock } = this.#deps;
      const record = (await store.find(reference)) ?? (await store.bury(reference, clock.now()));
      if (record === undefined) return unknown('in-flight');
      if (SETTLED_AS_NOTHING.includes(record.state)) return REVERSED;
      if (TRANSACTIONS[record.purpose].mti === '0220') return unknown('repeat-instead');
      const refused = await this.#line.prepare(signal);
      return refused === undefined ? this.#undo(record, signal) : unknown(refused);
    });
  }

  /** The terminal to oneself, signed in and without doubts: balance, settlement. Returns why it is not to be had. */
  alone<T>(work: (session: Session) => Promise<T>, signal: AbortSignal): Promise<T | Refused> {
    return this.#lane.run(async () => {
      const refused = (await this.#line.prepare(signal)) ?? (await this.#settledDoubts(signal));
      if (refused !== undefined) return { refused };
      return work({
        batch: this.#line.batch,
        seal: (card) => this.#line.seal(card),
        send: (request) => this.#line.ask(request, signal),
        end: () => this.#line.endBatch(),
      });
    });
  }

  /** Reverses what is in doubt before anything new is sent (facts: reliability 2.3). Returns why something is left. */
  async #settledDoubts(signal: AbortSignal): Promise<string | undefined> {
    for (const record of await this.#deps.store.unresolved(this.number)) {
      if (TRANSACTIONS[record.purpose].without === 'repetition' && record.state !== 'reversing') continue;
      const outcome = await this.#undo(record, signal);
      const isPending = outcome.state !== 'reversed' && (await this.#stateOf(record)) !== 'stuck';
      if (isPending) return 'reversal-pending';
      const refused = await this.#line.prepare(signal);
      if (refused !== undefined) return refused;
    }
    return undefined;
  }

  async #first(order: PayOrder, signal: AbortSignal): Promise<Outcome> {
    const { store, clock } = this.#deps;
    const batch = this.#line.batch;
    const ids = { terminal: this.number, merchant: this.#config.merchantNumber };
    const card = this.#cardOf(order);
    if ('refused' in card) return declined(card.refused);
    const fields = keptFields(order, batch, ids, card.card?.hasPin ?? false);
    if (fields === undefined) return declined('original-incomplete');
    const record = await store.begin({
      reference: order.reference,
      terminal: this.number,
      batch,
      purpose: order.purpose,
      amount: order.amount,
      ...(order.original === undefined ? {} : { original: order.original.reference }),
      at: clock.now(),
      mti: TRANSACTIONS[order.purpose].mti,
      fields,
    });
    if (record === undefined) return unknown('in-flight');
    return this.#sent(record, card, signal);
  }

  /** The card data of the message, if the trade takes any, and what the slip says of it. */
  #cardOf(order: PayOrder): Extra | Refused {
    if (!TRANSACTIONS[order.purpose].card) return { fields: {} };
    if (order.card === undefined) return { refused: 'no-card' };
    try {
      const sealed = this.#line.seal(order.card);
      const fields = cardFields(sealed);
      if (fields === undefined) return { refused: 'card-data-too-long' };
      const { masked, emv, pin } = sealed;
      const { entry } = order.card;
      return {
        fields,
        masked,
        card: { entry, hasPin: pin !== undefined, ...(emv === undefined ? {} : { emv }) },
      };
    } catch (error) {
      if (error instanceof KeyError) return { refused: error.code };
      throw error;
    }
  }

  /** Sends a trade that is written down. Whatever goes wrong before the first byte abandons it; after that it is in doubt. */
  async #sent(record: TradeRecord, extra: Extra, signal: AbortSignal): Promise<Outcome> {
    const request: Request = {
      mti: record.mti,
      fields: { ...record.fields, ...extra.fields },
      sealed: true,
    };
    const bytes = this.#line.frame(request);
    if (bytes === undefined || !(await this.#line.open(signal))) {
      const reason = bytes === undefined ? 'not-carried' : 'host-unreachable';
      // A repetition was sent before: that it could not be sent again says nothing about the first time.
      if (record.state !== 'sending' || extra.isRepeat) return unknown(reason);
      await this.#deps.store.move(record.reference, ['sending'], { state: 'abandoned', reason });
      return declined(reason);
    }
    return this.#concluded(record, await this.#line.send(bytes, request, signal), extra);
  }

  async #concluded(record: TradeRecord, heard: Heard, extra: Extra): Promise<Outcome> {
    const verdict = verdictOf(record, heard, extra.isRepeat);
    const message = heard.kind === 'answer' && verdict.state !== 'unknown' ? heard.message : undefined;
    const emv = message?.fields[55];
    const approval =
      verdict.state === 'approved' && message !== undefined
        ? approvalFrom(record, message, {
            ...extra,
            nowMs: this.#deps.clock.now(),
            demo: this.#config.demo === true,
          })
        : undefined;
    const change: TradeChange = {
      ...verdict,
      ...(approval === undefined ? {} : { approval }),
      ...(emv === undefined ? {} : { emv }),
    };
    const moved = await this.#deps.store.move(record.reference, DOUBTFUL, change);
    return moved === undefined ? this.#standing(record.reference) : outcomeOf(moved);
  }

  async #stateOf({ reference }: TradeRecord): Promise<TradeState | undefined> {
    return (await this.#deps.store.find(reference))?.state;
  }

  async #standing(reference: string): Promise<Outcome> {
    const record = await this.#deps.store.find(reference);
    return record === undefined ? NOT_FOUND : outcomeOf(record);
  }

  /** A reference that came before: a refund or void in doubt is sent unchanged, everything else is only told. */
  async #again(record: TradeRecord, signal: AbortSignal): Promise<Outcome> {
    const isDoubtful = DOUBTFUL.includes(record.state);
    if (!isDoubtful || TRANSACTIONS[record.purpose].without !== 'repetition') return outcomeOf(record);
    const refused = await this.#line.prepare(signal);
    return refused === undefined
      ? this.#sent(record, { fields: {}, isRepeat: true }, signal)
      : unknown(refused);
  }

  /** The reversal is written down before its first byte, and stays until the host has said that nothing is left. */
  async #undo(record: TradeRecord, signal: AbortSignal): Promise<Outcome> {
    const { store } = this.#deps;
    const reversing = await store.move(record.reference, [...UNRESOLVED, 'approved', 'stuck'], {
      state: 'reversing',
      ...(record.state === 'approved' ? { reversalReason: '06' } : {}),
    });
    if (reversing === undefined) return this.#standing(record.reference);
    let left = 'no-answer';
    for (let tries = 0; tries < SIGNED_IN_TRIES; tries += 1) {
      const request: Request = { mti: '0400', fields: reversalFields(reversing), sealed: true };
      const bytes = this.#line.frame(request);
      if (bytes === undefined || !(await this.#line.open(signal))) return unknown('host-unreachable');
      const { state, reason } = reversalVerdict(await this.#line.send(bytes, request, signal));
      const moved = await store.move(record.reference, ['reversing'], { state, reason });
      if (moved === undefined) return this.#standing(record.reference);
      if (state !== 'reversing') return outcomeOf(moved);
      left = reason;
      // Stale keys: once more under new ones. Everything else waits for the next call.
      if (!this.#line.needsSignIn || (await this.#line.prepare(signal)) !== undefined) break;
    }
    return unknown(left);
  }

  /** An answer that nobody waited for any more: it decides a trade that is still in doubt, and nothing else. */
  async #late(frame: Frame): Promise<void> {
    const heard = this.#line.read(frame);
    if (heard.kind !== 'answer' || !heard.authentic) return;
    const { fields, mti } = heard.message;
    const [batch, trace] = [fields[60]?.slice(2, 8), fields[11]];
    if (batch === undefined || trace === undefined || fields[41] !== this.number) return;
    const record = await this.#deps.store.findByTrace(this.number, batch, trace);
    if (record?.state !== 'unknown' || mti !== answerType(record.mti)) return;
    if (verdictOf(record, heard).state !== 'unknown') await this.#concluded(record, heard, { fields: {} });
  }
}
