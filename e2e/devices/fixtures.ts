import { plugSimulatedCounter } from '../fakes/simulated-counter.ts';
import { test as base } from '../payments/fixtures.ts';
import { DevicesPage } from './devices-page.ts';
import { Overheard } from './sweep.ts';

interface Fixtures {
  devices: DevicesPage;
}

interface WorkerFixtures {
  /** What the page has said since the simulated counter stands there. */
  overheard: Overheard;
}

/** Heap snapshots show strings in whole. */
const HEAP_STRINGS = '--js-flags=--heap-snapshot-string-limit=1000000';

/** The shop of the payment tests, with a whole counter of simulated devices at the browser's device APIs. */
export const test = base.extend<Fixtures, WorkerFixtures>({
  launchOptions: [
    async ({ launchOptions }, use) => {
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), HEAP_STRINGS] });
    },
    { scope: 'worker' },
  ],
  overheard: [
    async ({ shop }, use) => {
      const overheard = new Overheard();
      overheard.listen(shop.till.page);
      await plugSimulatedCounter(shop.counter);
      // The simulators come with the page: this one was loaded without them.
      await shop.till.page.reload();
      await shop.till.unlock();
      await use(overheard);
    },
    { scope: 'worker', auto: true, timeout: 60_000 },
  ],
  devices: async ({ till }, use) => {
    await use(new DevicesPage(till));
  },
});
