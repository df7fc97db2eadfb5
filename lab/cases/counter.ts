import { until } from '../../e2e/crash/deadline.ts';
import { TILL_PORT } from '../image/place.ts';
import { type Lab, PAGE_MS } from '../machine/lab.ts';
import type { LabCase } from './case.ts';
import { type LabPrinter, labPrinter } from './printer.ts';
import { LabTill } from './till.ts';

export const SERIAL = 'LAB-A';

/** A case at the till that is set up; it begins unlocked, at the devices page, with the printer connected. */
export interface CounterCase {
  readonly name: string;
  run(till: LabTill, lab: Lab): Promise<void>;
}

/** One shop with one till and one printer, for cases that follow each other. */
export class Counter {
  readonly printer: LabPrinter = labPrinter(SERIAL);
  /** False until the shop is set up, and after a case that failed: nobody knows which page it left behind. */
  isTidy = false;

  till(lab: Lab): LabTill {
    return new LabTill(lab.page());
  }

  /** What came out since `from`, a line each. */
  paperSince(from: number): readonly string[] {
    return this.printer.text().slice(from);
  }

  get paperLines(): number {
    return this.printer.text().length;
  }

  untilFull(): Promise<true> {
    return until(PAGE_MS, 'the printer to be full', () => this.printer.core.room === 0 || undefined);
  }

  async reload(lab: Lab): Promise<LabTill> {
    const till = new LabTill(await lab.open(TILL_PORT));
    await till.unlock();
    return till;
  }

  asCase({ name, run }: CounterCase): LabCase {
    return {
      name: `till: ${name}`,
      run: async (lab) => {
        // A reload costs half a minute: only where the case before left the till somewhere else.
        const till = this.isTidy ? this.till(lab) : await this.reload(lab);
        this.isTidy = false;
        await till.go('devices');
        await till.see('printer-link', 'data-link', 'connected');
        await run(till, lab);
        // The case may have started the browser again.
        await this.till(lab).next();
        this.isTidy = true;
      },
    };
  }
}

/** A line of the slip that says the total. */
export const totalOf = (amount: string): RegExp => new RegExp(`Total +￥${amount.replace('.', '\\.')}`);
