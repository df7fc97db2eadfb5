import type { Counter } from '../fixtures.ts';
import { bundled } from './bundle.ts';
import type { CounterBench } from './counter-page.ts';

declare global {
  var counterBench: CounterBench;
}

/** Puts a whole simulated counter where the browser's device APIs are. Pages that are open already get it when they are loaded again. */
export async function plugSimulatedCounter(counter: Counter): Promise<void> {
  // A page without an address has no storage, and no devices either.
  const content = `if (globalThis.origin !== 'null') {${await bundled('counter-page.ts')}}`;
  await counter.prepare((context) => context.addInitScript({ content }));
}
