import type { PrintOutcome } from '../../devices/ports.ts';
import type { PrinterChoices, SensePin } from '../../flow/devices/printer-wizard.ts';
import { PrinterWizardRunner, type TrialPrinter } from '../../flow/devices/printer-wizard-runner.ts';
import { CHARSETS } from '../../flow/devices/trial-slips.ts';

/** A printer in memory that the wizard is walked with: what is asked of it is written down. */
export class FakeTrialPrinter implements TrialPrinter {
  readonly charsets = CHARSETS;
  readonly calls: string[] = [];
  /** How the next slip ends; undefined: it is still being printed. */
  outcome: PrintOutcome | undefined = { kind: 'confirmed' };
  /** What the sense pin says, one reading after the other. */
  pins: SensePin[] = ['low', 'high'];
  kept: PrinterChoices | undefined;
  runner: PrinterWizardRunner | undefined;
  /** False: the printer is busy, or a sale is being paid. */
  isFree = true;
  #finish: (outcome: PrintOutcome) => void = () => undefined;

  begin(): PrinterWizardRunner | undefined {
    if (!this.isFree) return undefined;
    this.runner = new PrinterWizardRunner(this, (error) => {
      throw error;
    });
    return this.runner;
  }

  async apply({ charset, columns }: PrinterChoices): Promise<void> {
    this.calls.push(`apply ${charset} ${columns}`);
  }

  print(): Promise<PrintOutcome> {
    this.calls.push('print');
    if (this.outcome !== undefined) return Promise.resolve(this.outcome);
    return new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  /** The slip that was still being printed ends so. */
  finish(outcome: PrintOutcome): void {
    this.#finish(outcome);
  }

  async kick(): Promise<boolean> {
    this.calls.push('kick');
    return true;
  }

  async drawerPin(): Promise<SensePin> {
    return this.pins.shift() ?? 'unknown';
  }

  async keep(choices: PrinterChoices): Promise<void> {
    this.calls.push('keep');
    this.kept = choices;
  }

  async restore(): Promise<void> {
    this.calls.push('restore');
  }
}
