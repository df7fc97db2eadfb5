import type { Counter } from '../fixtures.ts';
import type { TillPage } from '../page-models/till-page.ts';
import { bundled } from './bundle.ts';
import type { UsbBench } from './usb-page.ts';

declare global {
  var usbBench: UsbBench;
}

/** Puts the simulated printer where the browser's WebUSB is. Before the first page. */
export async function plugSimulatedPrinter(counter: Counter): Promise<void> {
  const content = await bundled('usb-page.ts');
  await counter.prepare((context) => context.addInitScript({ content }));
}

/** The paper, line by line. */
export const paperOf = (till: TillPage): Promise<readonly string[]> =>
  till.page.evaluate(() => globalThis.usbBench.text());
