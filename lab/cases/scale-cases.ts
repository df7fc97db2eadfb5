import assert from 'node:assert/strict';
import type { SerialCore } from '../../src/devices/simulators/browser/cores.ts';
import { ContinuousScale } from '../../src/devices/simulators/scale/continuous-scale.ts';
import { EnqScale } from '../../src/devices/simulators/scale/enq-scale.ts';
import { NciScale } from '../../src/devices/simulators/scale/nci-scale.ts';
import type { Plate } from '../../src/devices/simulators/scale/plate.ts';
import { systemTimers } from '../../src/devices/timers.ts';
import { askUntil, benchPage, idsOf, untilLink } from './bench-page.ts';
import type { LabCase } from './case.ts';
import { serialDevice } from './serial-device.ts';

const FAMILIES = [
  { id: 'scale-continuous', make: (): ScaleCore => new ContinuousScale(systemTimers) },
  { id: 'scale-enq', make: (): ScaleCore => new EnqScale() },
  { id: 'scale-nci', make: (): ScaleCore => new NciScale() },
] as const;

type ScaleCore = SerialCore & { readonly plate: Plate };

/** Scales on a real serial port: a weight, and the weight after the cable was pulled. */
export function scaleCases(): readonly LabCase[] {
  return FAMILIES.map(({ id, make }) => {
    const core = make();
    const device = serialDevice(core, id);
    return {
      name: `${id}: it weighs; replugged, it weighs on without a click`,
      run: async (lab) => {
        const page = await benchPage(lab);
        await page.evaluate(([driver, ids]) => bench.keepScale(driver, ids), [
          id,
          idsOf('serial', device),
        ] as const);
        /** Emulated seconds are long: the driver may say `unknown`, or a weight of before, and is asked again. */
        const weigh = async (grams: number): Promise<void> => {
          core.plate.put(grams);
          const reading = await askUntil(
            page,
            async (wanted: number) => {
              const weighed = await bench.weigh();
              return weighed.grams === wanted ? weighed : undefined;
            },
            grams,
          );
          assert.deepEqual(reading, { state: 'stable', grams });
        };
        await lab.plug(device);
        await untilLink(page, 'connected');
        await weigh(1_234);
        lab.unplug(device);
        await untilLink(page, 'absent');
        await lab.plug(device);
        await untilLink(page, 'connected');
        await weigh(560);
      },
    };
  });
}
