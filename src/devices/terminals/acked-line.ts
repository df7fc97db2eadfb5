import { AckedLink, type LineEffect, type Sent } from '../codecs/stx-link/acked-link.ts';
import type { LineDecoder } from '../codecs/stx-link/line-item.ts';
import type { Timers } from '../timers.ts';
import type { Transport } from '../transports/transport.ts';

export interface AckedLineOptions {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly decoder: LineDecoder;
  /** How long an acknowledgement may take, ms. */
  readonly ackMs: number;
  /** A longer pause than this within a frame means that its end is lost, ms. */
  readonly pauseMs: number;
  /** Called for every good frame, after it was acknowledged. The bytes may be wiped by whoever gets them. */
  readonly onFrame: (body: Uint8Array<ArrayBuffer>) => void;
}

/** A serial line on which every frame is acknowledged: `AckedLink` with a real clock and real bytes. Shared by ZVT and PAX. */
export class AckedLine {
  readonly #options: AckedLineOptions;
  readonly #link = new AckedLink();
  #turn: Promise<unknown> = Promise.resolve();
  #settle: ((how: Sent | 'lost') => void) | undefined;
  #isLost = false;
  #stopWaiting: () => void = () => undefined;
  #stopPause: () => void = () => undefined;

  constructor(options: AckedLineOptions) {
    this.#options = options;
    void options.transport.lost.then(() => {
      this.#isLost = true;
      this.#stopWaiting();
      this.#stopPause();
      this.#settle?.('lost');
    });
    void this.#pump();
  }

  /**
   * Sends a frame when those before it are through. `mayRepeat`: also after silence; never for a frame that moves money.
   * `onSent` is called before any frame that follows the acknowledgement is delivered, even one in the same piece of bytes;
   * whoever awaits the promise hears of it later.
   */
  send(
    bytes: Uint8Array<ArrayBuffer>,
    mayRepeat: boolean,
    onSent: (how: Sent | 'lost') => void = () => undefined,
  ): Promise<Sent | 'lost'> {
    const turn = this.#turn.then(() => this.#send(bytes, mayRepeat, onSent));
    this.#turn = turn;
    return turn;
  }

  #send(
    bytes: Uint8Array<ArrayBuffer>,
    mayRepeat: boolean,
    onSent: (how: Sent | 'lost') => void,
  ): Promise<Sent | 'lost'> {
    if (this.#isLost) return Promise.resolve('lost');
    return new Promise((resolve) => {
      this.#settle = (how) => {
        onSent(how);
        resolve(how);
      };
      this.#do(this.#link.send(bytes, mayRepeat));
    });
  }

  #do(effects: readonly LineEffect[]): void {
    for (const effect of effects) {
      switch (effect.do) {
        case 'write':
          // Bytes that cannot be written end in silence or in a lost link: both are waited for.
          this.#options.transport.write(effect.bytes).catch(() => undefined);
          break;
        case 'wait':
          this.#stopWaiting();
          this.#stopWaiting = this.#options.timers.after(this.#options.ackMs, () =>
            this.#do(this.#link.timedOut()),
          );
          break;
        case 'rest':
          this.#stopWaiting();
          break;
        case 'sent':
          this.#settle?.(effect.how);
          this.#settle = undefined;
          break;
        case 'deliver':
          this.#options.onFrame(effect.body);
          break;
        default:
          effect satisfies never;
      }
    }
  }

  async #pump(): Promise<void> {
    const { transport, decoder, timers, pauseMs } = this.#options;
    const reader = transport.incoming.getReader();
    for (;;) {
      const { value, done } = await reader.read().catch(() => ({ value: undefined, done: true }) as const);
      if (done || value === undefined) return;
      this.#stopPause();
      for (const item of decoder.push(value)) this.#do(this.#link.heard(item));
      if (decoder.pending > 0)
        this.#stopPause = timers.after(pauseMs, () => {
          for (const item of decoder.giveUp()) this.#do(this.#link.heard(item));
        });
    }
  }
}
