import type { PrinterStatus, PrintJob, PrintOutcome, ReceiptPrinter } from '../../devices/ports.ts';
import type { Chance, Timer } from '../ports.ts';

/** Bytes and fractions that are the same in every run of a seed (mulberry32). */
export function seededChance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return { fraction: next, bytes: (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256)) };
}

/** Time that passes at once; remembers how long each wait would have been. */
export class InstantTimer implements Timer {
  readonly waits: number[] = [];
  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    this.waits.push(ms);
    if (signal?.aborted === true) throw signal.reason;
  }
}

/** A printer that ends each job as it is told. */
export class ScriptedPrinter implements ReceiptPrinter {
  readonly columns = 32;
  readonly jobs: PrintJob[] = [];
  status: PrinterStatus = {
    link: 'connected',
    name: 'scripted',
    paper: 'ok',
    cover: 'closed',
    drawerPin: 'unknown',
    job: 'idle',
  };
  outcome: PrintOutcome = { kind: 'confirmed' };

  async print(job: PrintJob): Promise<PrintOutcome> {
    this.jobs.push(job);
    return this.outcome;
  }

  subscribe(): () => void {
    return () => undefined;
  }
}

/** Resolves when `isTrue` holds, giving every pending promise its turn; fails after a bounded number of turns. */
export async function eventually(isTrue: () => boolean): Promise<void> {
  for (let turns = 0; turns < 2_000; turns += 1) {
    if (isTrue()) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
  }
  throw new Error('it never came true');
}
