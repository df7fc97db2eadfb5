import type { CashDrawer, PrinterStatus, PrintJob, PrintOutcome, ReceiptPrinter } from '../devices/ports.ts';

/** A printer with a drawer on it, as one thing. */
export type CounterPrinter = ReceiptPrinter & CashDrawer;

/** The printer that flows hold for good, while the one behind it changes between the real and the simulated one. */
export class SwitchedPrinter implements CounterPrinter {
  #current: CounterPrinter;
  #stop: () => void;
  readonly #listeners = new Set<() => void>();
  #release: (() => Promise<void>) | undefined;

  constructor(first: CounterPrinter) {
    this.#current = first;
    this.#stop = first.subscribe(() => this.#tell());
  }

  use(printer: CounterPrinter): void {
    this.#stop();
    this.#current = printer;
    this.#stop = printer.subscribe(() => this.#tell());
    this.#tell();
  }

  /** Somebody uses the printer for something else than sales. `release` makes them let go of it, and never rejects. */
  hold(release: (() => Promise<void>) | undefined): void {
    this.#release = release;
  }

  get columns(): number {
    return this.#current.columns;
  }

  get status(): PrinterStatus {
    return this.#current.status;
  }

  async print(job: PrintJob): Promise<PrintOutcome> {
    if (this.#release !== undefined) await this.#release();
    return this.#current.print(job);
  }

  async kick(): Promise<boolean> {
    if (this.#release !== undefined) await this.#release();
    return this.#current.kick();
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
