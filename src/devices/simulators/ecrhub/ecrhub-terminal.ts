import type { Timers } from '../../timers.ts';
import type { Bytes, SerialCore } from '../browser/cores.ts';
import { Customer, type CustomerOutcome, type CustomerStage } from '../customer/customer.ts';
import { type BookedOrder, OrderBooks, type Refused } from './books.ts';
import { type HeardPacket, PacketReader, packetBytes } from './packets.ts';

export interface EcrHubTerminalOptions {
  readonly timers: Timers;
  /** Wall clock, ms. */
  readonly now: () => number;
  readonly customerMs?: number;
}

/** The terminal's heartbeat: every 2 s (vendor's page). */
const HEARTBEAT_MS = 2_000;
/** How often it says again what was not acknowledged, and when it gives up. */
const REPEAT_MS = 800;
const REPEATS_MAX = 3;

const ENTRY_MODES = { swipe: '1', chip: '2', contactless: '3' } as const;

/** An ECRHub / CodePay terminal without metal, exact to the byte, with books of its own. */
export class EcrHubTerminal implements SerialCore {
  readonly customer: Customer;
  readonly books = new OrderBooks();
  /** Faults that hold until they are set back. */
  readonly faults = {
    /** Orders never arrive: neither acknowledged nor read. */
    deafToOrders: false,
    /** Acknowledged and worked off, and the answer to an order gets lost. */
    loseAnswers: false,
    /** Its acknowledgements get lost. */
    loseAcks: false,
    /** Every packet comes twice. */
    twice: false,
    /** Every packet goes out with a wrong check byte first, then right. */
    garbled: false,
    /** No heartbeat, no handshake: the application is not running. */
    asleep: false,
  };
  /** Called when the card has been read: pull the cable here. */
  onAuthorising: () => void = () => undefined;
  readonly #options: EcrHubTerminalOptions;
  readonly #listeners = new Set<(bytes: Bytes) => void>();
  #reader = new PacketReader();
  #isConnected = false;
  #lastHeard = 0;
  #nextId = 1;
  #running: BookedOrder | undefined;
  readonly #unacked = new Map<number, () => void>();
  #stopBeat: () => void = () => undefined;

  constructor(options: EcrHubTerminalOptions) {
    this.#options = options;
    this.customer = new Customer(options);
  }

  get stage(): CustomerStage {
    return this.customer.stage;
  }

  onBytes(listener: (bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  opened(): void {
    this.#reader = new PacketReader();
    this.#beat();
  }

  powered(isOn: boolean): void {
    if (isOn) return;
    this.#isConnected = false;
    this.#stopBeat();
    for (const stop of this.#unacked.values()) stop();
    this.#unacked.clear();
  }

  receive(bytes: Bytes): void {
    if (this.faults.asleep) return;
    for (const byte of bytes) {
      const packet = this.#reader.read(byte);
      if (packet !== undefined) this.#heard(packet);
    }
  }

  /** Says anything at all: noise, or an answer that comes too late. */
  babble(bytes: Uint8Array): void {
    this.#emit(Uint8Array.from(bytes));
  }

  /** Sends a JSON message as a packet of its own. */
  say(message: Readonly<Record<string, unknown>>): void {
    this.#send([...new TextEncoder().encode(JSON.stringify(message))]);
  }

  #heard({ type, ack, id, data }: HeardPacket): void {
    if (type === 1) {
      // "If the terminal side is connected before, the relevant state needs to be cleared."
      this.#isConnected = true;
      this.#lastHeard = 0;
      for (const stop of this.#unacked.values()) stop();
      this.#unacked.clear();
      return this.#emit(packetBytes(2, 0, 0));
    }
    if (type !== 0 || !this.#isConnected) return;
    if (ack !== 0) {
      this.#unacked.get(ack)?.();
      this.#unacked.delete(ack);
    }
    if (id === 0) return;
    const message = jsonOf(data);
    if (this.faults.deafToOrders && message?.['topic'] === 'ecrhub.pay.order') return;
    if (!this.faults.loseAcks) this.#emit(packetBytes(0, id, 0));
    if (id === this.#lastHeard) return; // Said again because the acknowledgement was lost.
    this.#lastHeard = id;
    if (message !== undefined) this.#asked(message);
  }

  #asked(message: Readonly<Record<string, unknown>>): void {
    const biz = (message['biz_data'] ?? {}) as Readonly<Record<string, unknown>>;
    switch (message['topic']) {
      case 'ecrhub.pay.order':
        return this.#order(message, biz);
      case 'ecrhub.pay.query':
        return this.#query(message, biz);
      case 'ecrhub.pay.close':
        if (this.#running !== undefined && this.#running.merchantOrderNo === biz['merchant_order_no'])
          this.customer.abort();
        return this.#answer(message, '000', biz);
      default:
        return this.#answer(message, 'E07303', {});
    }
  }

  #order(message: Readonly<Record<string, unknown>>, biz: Readonly<Record<string, unknown>>): void {
    if (this.#running !== undefined) return this.#answer(message, '999', biz);
    const order = this.books.take(biz);
    if (isRefused(order)) return this.#answer(message, order.code, biz);
    this.#running = order;
    if (order.transType === '2' || order.transType === '5' || order.transType === '7') {
      // No card is needed to undo.
      this.#options.timers.after(100, () =>
        this.#ended(message, order, { kind: 'approved', entry: 'chip', signed: false, offline: false }),
      );
      return;
    }
    this.customer.begin({
      stage: (stage) => {
        if (stage === 'authorising') this.onAuthorising();
      },
      done: (outcome) => this.#ended(message, order, outcome),
    });
  }

  #ended(message: Readonly<Record<string, unknown>>, order: BookedOrder, outcome: CustomerOutcome): void {
    this.#running = undefined;
    if (outcome.kind === 'approved') {
      const at = new Date(this.#options.now()).toISOString();
      this.books.complete(order, ENTRY_MODES[outcome.entry], `${at.slice(0, 10)} ${at.slice(11, 19)}`);
    } else order.status = outcome.reason === 'cancelled' ? '3' : '1';
    if (this.faults.loseAnswers) return;
    this.#answer(message, outcome.kind === 'approved' ? '000' : DECLINE_CODES[outcome.reason], shown(order));
  }

  #query(message: Readonly<Record<string, unknown>>, biz: Readonly<Record<string, unknown>>): void {
    const order = this.books.find(String(biz['merchant_order_no']));
    if (!this.customer.isHostOnline && order === undefined) return this.#answer(message, '112', biz);
    if (order === undefined) return this.#answer(message, 'ET003', biz);
    this.#answer(message, '000', shown(order));
  }

  #answer(
    asked: Readonly<Record<string, unknown>>,
    code: string,
    biz: Readonly<Record<string, unknown>>,
  ): void {
    this.say({
      topic: asked['topic'],
      request_id: asked['request_id'],
      app_id: asked['app_id'],
      response_code: code,
      response_msg: '',
      biz_data: biz,
    });
  }

  #send(data: readonly number[]): void {
    const id = this.#nextId;
    this.#nextId = (this.#nextId % 255) + 1;
    const bytes = packetBytes(0, 0, id, data);
    const trySending = (tries: number): void => {
      if (this.faults.garbled && tries === 0)
        this.#emit(bytes.map((byte, at) => (at === bytes.length - 3 ? byte ^ 1 : byte)));
      else this.#emit(bytes);
      if (tries >= REPEATS_MAX) return void this.#unacked.delete(id);
      this.#unacked.set(
        id,
        this.#options.timers.after(REPEAT_MS, () => trySending(tries + 1)),
      );
    };
    trySending(0);
  }

  #beat(): void {
    this.#stopBeat();
    this.#stopBeat = this.#options.timers.after(HEARTBEAT_MS, () => {
      if (!this.faults.asleep) this.#emit(packetBytes(0, 0, 0));
      this.#beat();
    });
  }

  #emit(bytes: Bytes): void {
    for (let times = this.faults.twice ? 2 : 1; times > 0; times -= 1)
      for (const listener of [...this.#listeners]) listener(Uint8Array.from(bytes));
  }
}

const DECLINE_CODES = {
  'insufficient-funds': '051',
  'wrong-pin': '055',
  'host-offline': '108',
  cancelled: '104',
  timeout: '112',
} as const;

const isRefused = (order: BookedOrder | Refused): order is Refused => 'message' in order;

function jsonOf(data: readonly number[]): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(Uint8Array.from(data)));
    return typeof value === 'object' && value !== null
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}

/** An order as the vendor's samples show one. */
const shown = (order: BookedOrder): Readonly<Record<string, unknown>> => ({
  merchant_order_no: order.merchantOrderNo,
  order_amount: order.amount,
  trans_type: order.transType,
  trans_status: order.status,
  trans_no: order.transNo,
  pay_scenario: 'SWIPE_CARD',
  ...(order.status === '2'
    ? {
        pay_user_account_id: '621799***0018',
        entry_mode: order.entryMode,
        auth_code: order.authCode,
        ref_no: order.refNo,
        trans_end_time: order.endedAt,
      }
    : {}),
});
