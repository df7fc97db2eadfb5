import assert from 'node:assert/strict';
import { MagneSafeReader } from '../../src/devices/simulators/msr-magnesafe/magnesafe-reader.ts';
import { SecureMagReader } from '../../src/devices/simulators/msr-securemag/securemag-reader.ts';
import { HidShell } from '../usb/hid-shell.ts';
import { benchPage, idsOf, untilLink } from './bench-page.ts';
import type { LabCase } from './case.ts';

const PATIENCE_MS = 60_000;
const CLEAR = {
  track1: '%B4761739001010010^TEST/CARD^30122010000000000?',
  track2: ';4761739001010010=30122010000000000000?',
};

/** Encrypting swipe readers on a real hidraw device. */
export function swipeCases(): readonly LabCase[] {
  const magneSafe = new MagneSafeReader();
  const secureMag = new SecureMagReader();
  const families = [
    { id: 'msr-magnesafe', core: magneSafe, clear: () => magneSafe.swipeClear(CLEAR, 'switched-off') },
    { id: 'msr-securemag', core: secureMag, clear: () => secureMag.swipeClear(CLEAR) },
  ];
  return families.flatMap(({ id, core, clear }) => {
    const device = new HidShell(core, `LAB-${id}`);
    return [
      {
        name: `${id}: a swipe arrives as ciphertext; unplugged while it waits, the reader says so and comes back`,
        run: async (lab) => {
          const page = await benchPage(lab);
          await page.evaluate(([driver, ids]) => bench.keepReader(driver, ids), [
            id,
            idsOf('hid', device),
          ] as const);
          await lab.plug(device);
          await untilLink(page, 'connected');
          const presenting = page.evaluate((ms) => bench.present(1_250, ms), PATIENCE_MS);
          await page.waitForFunction(() => bench.prompts.includes('swipe-card'));
          core.swipe();
          const presented = await presenting;
          assert.equal(presented.kind, 'online-request', JSON.stringify(presented));
          assert.equal((await page.evaluate(() => bench.resume({ approved: true }))).kind, 'accepted');
          assert.ok(await page.evaluate(() => bench.state.health.keyId !== undefined));
          const waiting = page.evaluate((ms) => bench.present(800, ms), PATIENCE_MS);
          await page.waitForFunction(() => bench.prompts.filter((each) => each === 'swipe-card').length > 1);
          lab.unplug(device);
          assert.deepEqual(await waiting, { kind: 'failed', reason: 'lost' });
          await lab.plug(device);
          await untilLink(page, 'connected');
        },
      },
      {
        name: `${id}: clear card data is refused, and nothing of it is handed on`,
        run: async (lab) => {
          const page = await benchPage(lab);
          await page.evaluate(([driver, ids]) => bench.keepReader(driver, ids), [
            id,
            idsOf('hid', device),
          ] as const);
          await lab.plug(device);
          await untilLink(page, 'connected');
          const presenting = page.evaluate((ms) => bench.present(1_250, ms), PATIENCE_MS);
          await page.waitForFunction(() => bench.prompts.includes('swipe-card'));
          clear();
          const presented = await presenting;
          assert.deepEqual(presented, { kind: 'failed', reason: 'not-encrypted' });
        },
      },
    ] satisfies readonly LabCase[];
  });
}
