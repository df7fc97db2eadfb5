import type { CardReader, PaymentTerminal } from '../devices/ports.ts';
import type { Attempt } from '../domain/attempt.ts';
import type { SimulatedCards } from './simulated-cards.ts';

/** A device of this counter, and whether one is paired: it may be pulled out at the moment. */
interface Paired<Device> {
  readonly device: Device;
  readonly isPaired: () => boolean;
}

/** The real reader and the real terminal of a counter, plugged in or not. */
export interface RealCards {
  readonly reader: Paired<CardReader>;
  readonly terminal: Paired<PaymentTerminal>;
  /** True for an order that was given to a real terminal, whichever stands here now. */
  hadOrder(reference: string): boolean;
}

/**
 * The reader and the terminal of this counter, while they change: plugged in, pulled out, or simulated. A simulated one stands in
 * only where no real one is paired: play money never takes the place of a terminal whose cable is loose.
 */
export class CounterCards {
  /** Undefined until it is known what this counter has; null where only practice is possible. */
  #real: RealCards | null | undefined;
  #simulated: SimulatedCards | undefined;
  #isSimulated = false;
  readonly #listeners = new Set<() => void>();
  readonly #load: () => Promise<SimulatedCards>;

  /** Simulated devices are loaded only where somebody practises. */
  constructor(load: () => Promise<SimulatedCards> = loadSimulated) {
    this.#load = load;
  }

  /** What a new card is presented to. Undefined: nothing is connected. */
  get reader(): CardReader | undefined {
    return this.#connected(this.#real?.reader, this.#simulated?.reader);
  }

  /** What a new order is given to. Undefined: nothing is connected. */
  get terminal(): PaymentTerminal | undefined {
    return this.#connected(this.#real?.terminal, this.#simulated?.terminal);
  }

  /** What an order is to be given to, connected or not. One that names another goes to whichever terminal has that. */
  terminalFor({ original }: Pick<Attempt, 'original'>): PaymentTerminal | undefined {
    if (original !== undefined) return this.terminalOf(original);
    return this.terminal ?? this.#real?.terminal.device;
  }

  /** The terminal that has this order in its books, connected or not: no other one is asked about it. */
  terminalOf(reference: string): PaymentTerminal | undefined {
    const [real, simulated] = [this.#real, this.#simulated?.terminal];
    if (simulated?.knows(reference) === true) return simulated;
    if (real === undefined || real === null) return real === null ? simulated : undefined;
    const isReal = real.terminal.isPaired() || real.hadOrder(reference);
    return isReal ? real.terminal.device : (simulated ?? real.terminal.device);
  }

  get isSimulated(): boolean {
    return this.#isSimulated;
  }

  /** What this counter has besides simulated ones; null: nothing, as in training. Nothing is offered before this is known. */
  use(real: RealCards | null): void {
    this.#real = real;
    real?.reader.device.subscribe(() => this.#tell());
    real?.terminal.device.subscribe(() => this.#tell());
    this.#tell();
  }

  /** Puts simulated devices on the counter, or takes them away. */
  simulate(on: boolean, alarm: (error: unknown) => void): void {
    if (on === this.#isSimulated) return;
    this.#isSimulated = on;
    if (!on) {
      this.#simulated = undefined;
      return this.#tell();
    }
    this.#load().then((simulated) => {
      if (!this.#isSimulated) return;
      this.#simulated = simulated;
      simulated.reader.subscribe(() => this.#tell());
      simulated.terminal.subscribe(() => this.#tell());
      this.#tell();
    }, alarm);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #connected<Device extends CardReader | PaymentTerminal>(
    real: Paired<Device> | undefined,
    simulated: Device | undefined,
  ): Device | undefined {
    if (this.#real === undefined) return undefined;
    const device = real?.isPaired() === true ? real.device : simulated;
    return device?.link === 'connected' ? device : undefined;
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

const loadSimulated = async (): Promise<SimulatedCards> =>
  (await import('./simulated-cards.ts')).simulatedCards();
