interface Asker {
  readonly length: number;
  readonly give: (bytes: Uint8Array) => void;
}

/** Messages kept for a host that does not ask. More, and the oldest are lost, as in a device with a small memory. */
const KEPT_MAX = 1_024;

/** What a device has to say on one endpoint: one message per transfer, kept until the host asks, NAK while there is none. */
export class Inbox {
  #kept: Uint8Array[] = [];
  #asking: Asker[] = [];

  /** One message of the device, ended by a short packet. */
  say(bytes: Uint8Array): void {
    this.#kept.push(Uint8Array.from(bytes));
    if (this.#kept.length > KEPT_MAX) this.#kept.shift();
    this.#match();
  }

  /** Resolves with at most `length` bytes of the next message; the rest of it stays. Never settles after `signal`. */
  ask(length: number, signal: AbortSignal): Promise<Uint8Array> {
    return new Promise((resolve) => {
      const asker = { length, give: resolve };
      this.#asking.push(asker);
      signal.addEventListener('abort', () => {
        this.#asking = this.#asking.filter((each) => each !== asker);
      });
      this.#match();
    });
  }

  #match(): void {
    while (this.#kept.length > 0) {
      const asker = this.#asking.shift();
      const message = this.#kept.shift();
      if (asker === undefined || message === undefined) {
        if (message !== undefined) this.#kept.unshift(message);
        return;
      }
      if (message.length > asker.length) this.#kept.unshift(message.subarray(asker.length));
      asker.give(message.subarray(0, asker.length));
    }
  }
}
