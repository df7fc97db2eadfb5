import type { Page } from 'playwright';
import type { Finger } from './taps.ts';
import { taskTimes } from './tasks.ts';

/** What the browser held against a page while somebody worked on it. */
export interface Faults {
  /** Tasks above 50 ms by the clock (PerformanceObserver), ms: on a busy machine, waiting for the processor included. */
  readonly longTasks: readonly number[];
  /** Processor time of the longest task, ms. */
  readonly longestTask: number;
  /** Cumulative layout shift, as the browser counts it. */
  readonly cls: number;
  /** The same with the shifts within 500 ms of a tap, which the browser excuses. */
  readonly shiftsAfterTaps: number;
}

interface Watch {
  saleFaults?: { begin(): void; end(): Omit<Faults, 'longestTask'> };
}

interface Shift extends PerformanceEntry {
  readonly value: number;
  readonly hadRecentInput: boolean;
}

/** Runs in the page. */
function install(): void {
  let longTasks: number[] = [];
  let shifts: Shift[] = [];
  const takeTasks = (tasks: PerformanceEntryList): void => {
    longTasks.push(...tasks.map(({ duration }) => duration));
  };
  const takeShifts = (entries: PerformanceEntryList): void => {
    shifts.push(...(entries as Shift[]));
  };
  const tasks = new PerformanceObserver((list) => takeTasks(list.getEntries()));
  const layout = new PerformanceObserver((list) => takeShifts(list.getEntries()));
  tasks.observe({ type: 'longtask' });
  layout.observe({ type: 'layout-shift' });
  const sum = (counted: readonly Shift[]): number => counted.reduce((all, { value }) => all + value, 0);
  (globalThis as Watch).saleFaults = {
    begin() {
      tasks.takeRecords();
      layout.takeRecords();
      longTasks = [];
      shifts = [];
    },
    end() {
      takeTasks(tasks.takeRecords());
      takeShifts(layout.takeRecords());
      const excused = shifts.filter(({ hadRecentInput }) => !hadRecentInput);
      return { longTasks, cls: sum(excused), shiftsAfterTaps: sum(shifts) };
    },
  };
}

/** A whole cash sale as a quick cashier does it, from the keypad to the keypad, and what the browser held against it. */
export async function timedSale(page: Page, finger: Finger): Promise<Faults> {
  await page.evaluate(install);
  await page.evaluate(() => (globalThis as Watch).saleFaults?.begin());
  const tasks = await taskTimes(page, () => sell(page, finger));
  const faults = await page.evaluate(() => (globalThis as Watch).saleFaults?.end());
  if (faults === undefined) throw new Error('nobody watched');
  return { ...faults, longestTask: Math.max(...tasks) };
}

async function sell(page: Page, finger: Finger): Promise<void> {
  for (const key of ['1', '2', '.', '5', 'add', '3']) await finger.tap(`key-${key}`);
  await finger.tap('charge');
  await page.locator('[data-testid="confirm-cash"][aria-disabled="false"]').waitFor();
  for (const key of ['2', '0']) await finger.tap(`key-${key}`);
  await finger.tap('confirm-cash');
  await page.locator('[data-testid="next"][aria-disabled="false"]').waitFor();
  await finger.tap('next');
  await page.getByTestId('charge').waitFor();
}
