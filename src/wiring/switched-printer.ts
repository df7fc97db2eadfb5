import type { CashDrawer, PrinterStatus, PrintJob, PrintOutcome, ReceiptPrinter } from '../devices/ports.ts';

/** A printer with a drawer on it, as one thing. */
export type CounterPrinter = ReceiptPrinter & CashDrawer;

/** The printer that flows hold for good, while the one behind it changes between the real and the simulated one. */
export class SwitchedPrinter implements CounterPrinter {
  #current: CounterPrinter;
  #stop: () => void;
  readonly #listeners = new Set<() => void>();

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

  get columns(): number {
    return this.#current.columns;
  }

  get status(): PrinterStatus {
    return this.#current.status;
  }

  print(job: PrintJob): Promise<PrintOutcome> {
    return this.#current.print(job);
  }

  kick(): Promise<boolean> {
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
