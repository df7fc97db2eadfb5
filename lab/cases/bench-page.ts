import type { Page } from '@playwright/test';
import { until } from '../../e2e/crash/deadline.ts';
import type {} from '../bench/bench.ts';
import { BENCH_PORT } from '../image/place.ts';
import { type Lab, PAGE_MS } from '../machine/lab.ts';
import type { UsbDevice } from '../usb/usb-device.ts';

/** The bench in the guest's window, afresh: nothing kept, nothing plugged in. */
export async function benchPage(lab: Lab): Promise<Page> {
  lab.unplugAll();
  return lab.open(BENCH_PORT);
}

export const idsOf = (bus: 'hid' | 'serial' | 'usb', { facts }: UsbDevice) => ({
  bus,
  vendorId: facts.vendorId,
  productId: facts.productId,
});

/** Waits until what the bench keeps is connected, or gone. */
export async function untilLink(page: Page, link: 'connected' | 'absent'): Promise<void> {
  await page.waitForFunction((wanted) => bench.state.link === wanted, link);
}

/** Asks the page again and again until the answer is there. Playwright's own waiting does not wait for promises. */
export function askUntil<Answer, Arg>(
  page: Page,
  ask: (arg: Arg) => Promise<Answer | undefined>,
  arg: Arg,
): Promise<Answer> {
  return until(PAGE_MS, 'an answer of the page', () =>
    // A page function is sent as text: what it is given and gives back is plain data.
    page.evaluate(ask as (arg: unknown) => Promise<Answer | undefined>, arg),
  );
}

/** Waits until the page sees so many USB devices that it may use. */
export const untilUsbDevices = (page: Page, count: number): Promise<true> =>
  askUntil(
    page,
    async (wanted: number) => (await navigator.usb.getDevices()).length === wanted || undefined,
    count,
  );
