import type { CardReader, PaymentTerminal } from '../devices/ports.ts';

/** The reader and the terminal of this counter, while they change: plugged in, pulled out, or simulated. */
export class CounterCards {
  #reader: CardReader | undefined;
  #terminal: PaymentTerminal | undefined;
  #isSimulated = false;
  readonly #listeners = new Set<() => void>();
  #stops: readonly (() => void)[] = [];

  get reader(): CardReader | undefined {
    return this.#reader?.link === 'connected' ? this.#reader : undefined;
  }

  get terminal(): PaymentTerminal | undefined {
    return this.#terminal?.link === 'connected' ? this.#terminal : undefined;
  }

  /** Undefined takes the device away. */
  use(reader: CardReader | undefined, terminal: PaymentTerminal | undefined): void {
    for (const stop of this.#stops) stop();
    this.#reader = reader;
    this.#terminal = terminal;
    const devices = [reader, terminal].filter((device) => device !== undefined);
    this.#stops = devices.map((device) => device.subscribe(() => this.#tell()));
    this.#tell();
  }

  /** Puts simulated devices on the counter, or takes them away. Loaded only where somebody practises. */
  simulate(on: boolean, alarm: (error: unknown) => void): void {
    if (on === this.#isSimulated) return;
    this.#isSimulated = on;
    if (!on) return this.use(undefined, undefined);
    import('./simulated-cards.ts').then(({ simulatedCards }) => {
      const { reader, terminal } = simulatedCards();
      if (this.#isSimulated) this.use(reader, terminal);
    }, alarm);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
