import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../scripts/pinned.mjs';
import type { Counter } from '../fixtures.ts';
import type { TillPage } from '../page-models/till-page.ts';
import type { UsbBench } from './usb-page.ts';

declare global {
  var usbBench: UsbBench;
}

/** The simulator that training mode uses, as one script for a page that is not loaded yet. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: join(ROOT, 'e2e/fakes/usb-page.ts'), formats: ['iife'], name: 'usbPage' },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the simulator did not build');
  return chunk.code;
}

/** Puts the simulated printer where the browser's WebUSB is. Before the first page. */
export async function plugSimulatedPrinter(counter: Counter): Promise<void> {
  const content = await bundle();
  await counter.prepare((context) => context.addInitScript({ content }));
}

/** The paper, line by line. */
export const paperOf = (till: TillPage): Promise<readonly string[]> =>
  till.page.evaluate(() => globalThis.usbBench.text());
