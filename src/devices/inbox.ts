import type { Timers } from './timers.ts';

/** Messages kept while nobody waits. More than this and the oldest is dropped: a device that babbles fills no memory. */
const KEPT_MAX = 64;

/** Messages of a device in the order they came, waited for one at a time with a deadline. */
export class Inbox<Message> {
  readonly #timers: Timers;
  readonly #kept: Message[] = [];
  #wake: (() => void) | undefined;
  #isClosed = false;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  put(message: Message): void {
    this.#kept.push(message);
    if (this.#kept.length > KEPT_MAX) this.#kept.shift();
    this.#wake?.();
  }

  /** Nothing more will come. */
  close(): void {
    this.#isClosed = true;
    this.#wake?.();
  }

  /** Forgets what came before now, but what `fits`: an answer to an earlier question is no answer to the next. */
  clear(fits: (message: Message) => boolean = () => false): void {
    this.#kept.splice(0, this.#kept.length, ...this.#kept.filter(fits));
  }

  /**
   * The next message that `fits`; what came before it and does not fit is dropped. One waits at a time. `signal` ends the wait.
   */
  async next(
    ms: number,
    fits: (message: Message) => boolean = () => true,
    signal?: AbortSignal,
  ): Promise<Message | 'timeout' | 'lost' | 'stopped'> {
    let isOver = false;
    const cancel = this.#timers.after(ms, () => {
      isOver = true;
      this.#wake?.();
    });
    const stop = (): void => this.#wake?.();
    signal?.addEventListener('abort', stop);
    try {
      for (;;) {
        for (let message = this.#kept.shift(); message !== undefined; message = this.#kept.shift())
          if (fits(message)) return message;
        if (this.#isClosed) return 'lost';
        if (signal?.aborted) return 'stopped';
        if (isOver) return 'timeout';
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
      }
    } finally {
      this.#wake = undefined;
      cancel();
      signal?.removeEventListener('abort', stop);
    }
  }
}
