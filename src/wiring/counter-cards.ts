import type { CardReader, PaymentTerminal } from '../devices/ports.ts';

interface Cards {
  readonly reader?: CardReader;
  readonly terminal?: PaymentTerminal;
}

const isThere = (device: CardReader | PaymentTerminal | undefined): boolean => device?.link === 'connected';

/** The reader and the terminal of this counter, while they change: plugged in, pulled out, or simulated. */
export class CounterCards {
  #real: Cards = {};
  #simulated: Cards = {};
  #isSimulated = false;
  readonly #listeners = new Set<() => void>();

  get reader(): CardReader | undefined {
    return [this.#real.reader, this.#simulated.reader].find(isThere);
  }

  get terminal(): PaymentTerminal | undefined {
    return [this.#real.terminal, this.#simulated.terminal].find(isThere);
  }

  get isSimulated(): boolean {
    return this.#isSimulated;
  }

  /** The real ones, whether or not they are plugged in now. */
  use(real: Required<Cards>): void {
    this.#real = real;
    this.#follow(real);
  }

  /** Puts simulated devices on the counter, or takes them away; a real one goes first. Loaded only where somebody practises. */
  simulate(on: boolean, alarm: (error: unknown) => void): void {
    if (on === this.#isSimulated) return;
    this.#isSimulated = on;
    if (!on) {
      this.#simulated = {};
      return this.#tell();
    }
    import('./simulated-cards.ts').then(({ simulatedCards }) => {
      if (!this.#isSimulated) return;
      this.#simulated = simulatedCards();
      this.#follow(this.#simulated);
    }, alarm);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #follow({ reader, terminal }: Cards): void {
    reader?.subscribe(() => this.#tell());
    terminal?.subscribe(() => this.#tell());
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
