import type { Counter } from '../fixtures.ts';
import { bundled } from './bundle.ts';
import type { CounterBench } from './counter-page.ts';

declare global {
  var counterBench: CounterBench;
}

/** Puts a whole simulated counter where the browser's device APIs are. Pages that are open already get it when they are loaded again. */
export async function plugSimulatedCounter(counter: Counter): Promise<void> {
  // A page without an address has no storage, and no devices either. No test card's number that a sweep looks for comes with
  // the code: this one stands in the simulated PAX, which is told another one when it is to show a number.
  const code = (await bundled('counter-page.ts')).replaceAll('4761739001010119', '0000000000000000');
  const content = `if (globalThis.origin !== 'null') {${code}}`;
  await counter.prepare((context) => context.addInitScript({ content }));
}
