import type { PrintJob, PrintOutcome } from './ports.ts';

/** Outcomes kept, so that a job asked for twice is one paper. More sales than this between two taps do not happen. */
const OUTCOMES_MAX = 256;

/** Prints a job once, however often it is asked for. */
export class JobOutcomes {
  readonly #outcomes = new Map<string, Promise<PrintOutcome>>();

  once({ jobId }: PrintJob, print: () => Promise<PrintOutcome>): Promise<PrintOutcome> {
    const before = this.#outcomes.get(jobId);
    if (before !== undefined) return before;
    const outcome = print();
    this.#outcomes.set(jobId, outcome);
    const oldest = this.#outcomes.keys().next().value;
    if (this.#outcomes.size > OUTCOMES_MAX && oldest !== undefined) this.#outcomes.delete(oldest);
    // Nothing reached the printer: the same job may be tried again.
    void outcome.then(({ kind }) => kind === 'failed' && this.#outcomes.delete(jobId));
    return outcome;
  }
}
