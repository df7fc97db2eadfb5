import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { HidCore } from '../../src/devices/simulators/browser/cores.ts';
import { publishedTdesKeys } from '../../src/devices/simulators/card-reader/reader-keys.ts';
import { MmsReader } from '../../src/devices/simulators/mms/reader.ts';
import { Neo2Reader } from '../../src/devices/simulators/neo2/reader.ts';
import { systemTimers } from '../../src/devices/timers.ts';
import { HidShell } from '../usb/hid-shell.ts';
import { benchPage, idsOf, untilLink } from './bench-page.ts';
import type { LabCase } from './case.ts';

const PATIENCE_MS = 60_000;
const random = { bytes: (length: number) => Uint8Array.from(randomBytes(length)) };

type ChipCore = HidCore & { present(play: { readonly entry: 'chip' | 'contactless' }): void };
const options = () => ({ timers: systemTimers, random, keys: publishedTdesKeys() });

/** Chip readers on a real hidraw device: the whole dialogue, and a cable that is pulled inside it. */
const FAMILIES = [
  { id: 'mms', make: (): ChipCore => new MmsReader(options()) },
  { id: 'neo2', make: (): ChipCore => new Neo2Reader(options()) },
] as const;

export function chipCases(): readonly LabCase[] {
  return FAMILIES.flatMap(({ id, make }) => {
    const core = make();
    const device = new HidShell(core, `LAB-${id}`);
    return [
      {
        name: `${id}: a chip card is asked online, the host approves, and the chip accepts`,
        run: async (lab) => {
          const page = await benchPage(lab);
          await page.evaluate(([driver, ids]) => bench.keepReader(driver, ids), [
            id,
            idsOf('hid', device),
          ] as const);
          await lab.plug(device);
          await untilLink(page, 'connected');
          core.present({ entry: 'chip' });
          const presented = await page.evaluate((ms) => bench.present(1_250, ms), PATIENCE_MS);
          assert.equal(presented.kind, 'online-request', JSON.stringify(presented));
          const final = await page.evaluate(() => bench.resume({ approved: true, emv: '8A023030' }));
          assert.equal(final.kind, 'accepted', JSON.stringify(final));
        },
      },
      {
        name: `${id}: the cable is pulled after the host was asked: the payment is to be undone; replugged, the reader works again without a click`,
        run: async (lab) => {
          const page = await benchPage(lab);
          await page.evaluate(([driver, ids]) => bench.keepReader(driver, ids), [
            id,
            idsOf('hid', device),
          ] as const);
          await lab.plug(device);
          await untilLink(page, 'connected');
          core.present({ entry: 'chip' });
          const presented = await page.evaluate((ms) => bench.present(1_250, ms), PATIENCE_MS);
          assert.equal(presented.kind, 'online-request', JSON.stringify(presented));
          lab.unplug(device);
          await untilLink(page, 'absent');
          const final = await page.evaluate(() => bench.resume({ approved: true, emv: '8A023030' }));
          assert.deepEqual(final, { kind: 'refused', reason: 'lost' });
          await lab.plug(device);
          await untilLink(page, 'connected');
          core.present({ entry: 'contactless' });
          const again = await page.evaluate((ms) => bench.present(1_250, ms), PATIENCE_MS);
          assert.equal(again.kind, 'online-request', JSON.stringify(again));
        },
      },
    ] satisfies readonly LabCase[];
  });
}
