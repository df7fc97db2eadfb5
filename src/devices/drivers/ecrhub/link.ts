import {
  decodeEcrHubReply,
  type EcrHubReply,
  type EcrHubRequest,
  encodeEcrHubRequest,
} from '../../codecs/ecrhub/message.ts';
import {
  EcrHubDecoder,
  type EcrHubItem,
  type EcrHubPacket,
  encodeEcrHub,
} from '../../codecs/ecrhub/packet.ts';
import type { Timers } from '../../timers.ts';
import type { Transport } from '../../transports/transport.ts';

/** A terminal whose application runs confirms within this time, ms. The vendor's own software waits so long. */
const CONFIRM_MS = 1_000;
/** Wait for an acknowledgement before the same packet is said again, ms. It keeps its id, so it is taken once. */
const ACK_MS = 1_000;
/** Tries of a handshake and of a packet. */
const TRIES_MAX = 3;
/** Five heartbeats missed, ms: the terminal was away, and begins again with a handshake. */
const SILENT_MS = 10_000;
/** A packet of 1,034 bytes takes 90 ms at 115,200 baud: a longer pause within one means that its end is lost, ms. */
const PAUSE_MS = 500;

/** How an exchange ended without a reply. `unsent`: the terminal has not taken a byte of it, for certain. */
export type NoReply = 'unsent' | 'silent' | 'timeout' | 'lost' | 'stopped';

type Settle<T> = (value: T) => void;

/** Handshake, acknowledgements and repeats below the messages. Replies are found by their request id. */
export class EcrHubLink {
  readonly #transport: Transport;
  readonly #timers: Timers;
  readonly #now: () => number;
  readonly #decoder = new EcrHubDecoder();
  readonly #replies = new Map<string, Settle<EcrHubReply>>();
  readonly #acks = new Map<number, Settle<true>>();
  readonly #ends = new Set<() => void>();
  #confirmed: Settle<true> | undefined;
  #isConnected = false;
  #isLost = false;
  #heardAt = 0;
  #nextId = 1;
  #lastTaken: { readonly id: number; readonly print: number } | undefined;
  #stopPause: () => void = () => undefined;

  /** `now` is a clock in ms; only differences count. */
  constructor(transport: Transport, timers: Timers, now: () => number) {
    this.#transport = transport;
    this.#timers = timers;
    this.#now = now;
    void transport.lost.then(() => {
      this.#isLost = true;
      this.#stopPause();
      for (const end of [...this.#ends]) end();
    });
    void this.#pump();
  }

  /**
   * Asks and waits for the reply. `signal` ends the waiting only; what was sent is sent. `onTaken` is called when the terminal has
   * acknowledged the question. Never rejects.
   */
  async exchange(
    request: EcrHubRequest,
    ms: number,
    { signal, onTaken }: { readonly signal?: AbortSignal; readonly onTaken?: () => void } = {},
  ): Promise<EcrHubReply | NoReply> {
    const ready = await this.#connect();
    if (ready !== true) return ready === 'lost' ? 'lost' : 'unsent';
    if (signal?.aborted) return 'unsent';
    const reply = this.#wait<EcrHubReply>(
      ms,
      (settle) => {
        this.#replies.set(request.requestId, settle);
        return () => this.#replies.delete(request.requestId);
      },
      signal,
    );
    const taken = await this.#send(encodeEcrHubRequest(request));
    if (taken === true) onTaken?.();
    // Without an acknowledgement it may still have arrived: the reply is waited for a little, and doubted for ever.
    if (taken === 'timeout')
      return Promise.race([
        reply,
        this.#wait<'silent'>(ACK_MS * TRIES_MAX, () => () => undefined).then(silent),
      ]);
    return reply;
  }

  async #connect(): Promise<true | 'timeout' | 'lost'> {
    if (this.#isConnected && this.#now() - this.#heardAt < SILENT_MS) return true;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const confirmed = this.#wait<true>(CONFIRM_MS, (settle) => {
        this.#confirmed = settle;
        return () => {
          this.#confirmed = undefined;
        };
      });
      this.#write({ type: 'handshake', ack: 0, id: 0, data: new Uint8Array() });
      const heard = await confirmed;
      if (heard === true || heard === 'lost') return heard;
    }
    return 'timeout';
  }

  async #send(data: Uint8Array<ArrayBuffer>): Promise<true | 'timeout' | 'lost'> {
    const id = this.#nextId;
    this.#nextId = (this.#nextId % 255) + 1;
    for (let tries = 0; tries < TRIES_MAX; tries += 1) {
      const acknowledged = this.#wait<true>(ACK_MS, (settle) => {
        this.#acks.set(id, settle);
        return () => this.#acks.delete(id);
      });
      this.#write({ type: 'data', ack: 0, id, data });
      const heard = await acknowledged;
      if (heard === true || heard === 'lost') return heard;
    }
    return 'timeout';
  }

  /** Bytes that cannot be written end in a lost link or in a missing acknowledgement: both are waited for. */
  #write(packet: EcrHubPacket): void {
    this.#transport.write(encodeEcrHub(packet)).catch(() => undefined);
  }

  async #pump(): Promise<void> {
    const reader = this.#transport.incoming.getReader();
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }) as const);
      if (done || value === undefined) return;
      this.#stopPause();
      this.#take(this.#decoder.push(value));
      if (this.#decoder.pending > 0)
        this.#stopPause = this.#timers.after(PAUSE_MS, () => this.#take(this.#decoder.giveUp()));
    }
  }

  #take(items: readonly EcrHubItem[]): void {
    for (const item of items) if (item.kind === 'packet') this.#heard(item.packet);
  }

  #heard({ type, ack, id, data }: EcrHubPacket): void {
    this.#heardAt = this.#now();
    if (type === 'confirm') {
      this.#isConnected = true;
      this.#lastTaken = undefined;
      this.#confirmed?.(true);
      return;
    }
    if (type !== 'data') return;
    if (ack !== 0) this.#acks.get(ack)?.(true);
    // The vendor's software beats too; we answer each beat with one.
    if (ack === 0 && id === 0) return this.#write({ type: 'data', ack: 0, id: 0, data: new Uint8Array() });
    if (id === 0) return;
    this.#write({ type: 'data', ack: id, id: 0, data: new Uint8Array() });
    const print = printOf(data);
    const again = this.#lastTaken?.id === id && this.#lastTaken.print === print;
    this.#lastTaken = { id, print };
    if (again) return;
    const reply = decodeEcrHubReply(data);
    data.fill(0);
    if (reply !== undefined) this.#replies.get(reply.requestId)?.(reply);
  }

  #wait<T>(
    ms: number,
    begin: (settle: Settle<T>) => () => void,
    signal?: AbortSignal,
  ): Promise<T | 'timeout' | 'lost' | 'stopped'> {
    if (this.#isLost) return Promise.resolve('lost');
    return new Promise((resolve) => {
      const end = (value: T | 'timeout' | 'lost' | 'stopped'): void => {
        cancel();
        stop();
        this.#ends.delete(lost);
        signal?.removeEventListener('abort', stopped);
        resolve(value);
      };
      const lost = (): void => end('lost');
      const stopped = (): void => end('stopped');
      const cancel = this.#timers.after(ms, () => end('timeout'));
      const stop = begin(end);
      this.#ends.add(lost);
      signal?.addEventListener('abort', stopped, { once: true });
    });
  }
}

const silent = (end: 'silent' | 'timeout' | 'lost' | 'stopped'): NoReply =>
  end === 'lost' ? 'lost' : 'silent';

/** FNV-1a: enough to tell a packet that is said again from the next one with its id, without keeping what it says. */
const printOf = (data: Uint8Array): number =>
  data.reduce((print, byte) => Math.imul(print ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
