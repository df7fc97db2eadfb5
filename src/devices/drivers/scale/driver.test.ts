import { describe, expect, test } from 'vitest';
import type { Driver } from '../../driver.ts';
import { KeptScale, type ScaleSession } from '../../kept/kept-scale.ts';
import type { SerialCore } from '../../simulators/browser/cores.ts';
import { ContinuousScale } from '../../simulators/scale/continuous-scale.ts';
import { EnqScale } from '../../simulators/scale/enq-scale.ts';
import { NciScale } from '../../simulators/scale/nci-scale.ts';
import type { Plate } from '../../simulators/scale/plate.ts';
import type { Voice } from '../../simulators/scale/voice.ts';
import { FakeTimers } from '../../testing/fake-timers.ts';
import { keptSerial } from '../../testing/kept-rigs.ts';
import { scaleConformance } from '../../testing/scale-conformance.ts';
import type { Link } from '../../transports/transport.ts';
import { continuousScaleDriver, type ScaleSettings } from './continuous-driver.ts';
import { enqScaleDriver } from './enq-driver.ts';
import { SCALE_LINES, SCALE_MATCHES } from './match.ts';
import { nciScaleDriver } from './nci-driver.ts';

const NOISE = Array.from({ length: 400 }, (_, at) => String.fromCharCode((at * 37 + 11) % 256)).join('');

async function rigOf<Core extends SerialCore & { readonly plate: Plate; readonly voice: Voice }>(
  core: Core,
  driver: Driver<ScaleSession, ScaleSettings, Link>,
  timers = new FakeTimers(),
) {
  const line = SCALE_LINES[driver.id as keyof typeof SCALE_LINES];
  const settings = () => ({ timers });
  const { kept, ...rig } = await keptSerial(core, { driver, match: SCALE_MATCHES, line, settings }, timers);
  return {
    ...rig,
    core,
    scale: new KeptScale(kept),
    put: (grams: number) => core.plate.put(grams),
    shake: (isMoving: boolean) => {
      core.plate.isMoving = isMoving;
    },
    mute: (isMute: boolean) => {
      core.voice.isMute = isMute;
    },
    babble: () => core.voice.say(NOISE),
  };
}

const continuous = () => {
  const timers = new FakeTimers();
  return rigOf(new ContinuousScale(timers), continuousScaleDriver, timers);
};

scaleConformance('a continuous scale', continuous);
scaleConformance('a scale asked with ENQ', () => rigOf(new EnqScale(), enqScaleDriver));
scaleConformance('a scale asked with W', () => rigOf(new NciScale(), nciScaleDriver));

describe('a scale asked with ENQ', () => {
  test('a wrong check byte is no weight', async () => {
    const { core, scale, timers, put } = await rigOf(new EnqScale(), enqScaleDriver);
    put(500);
    core.damages = true;
    await timers.advance(5_000);
    expect(scale.reading).toEqual({ state: 'unknown' });
    core.damages = false;
    await timers.advance(1_000);
    expect(scale.reading).toEqual({ state: 'stable', grams: 500 });
  });

  test('the late answer to an older question is not taken for the weight of now', async () => {
    const { core, scale, timers, put } = await rigOf(new EnqScale(), enqScaleDriver);
    core.isLate = true;
    put(500);
    await timers.advance(3_000);
    put(700);
    core.isLate = false;
    const seen = new Set<number | undefined>();
    scale.onReading(({ grams }) => seen.add(grams));
    await timers.advance(3_000);
    expect(scale.reading).toEqual({ state: 'stable', grams: 700 });
    expect(seen).not.toContain(500);
  });

  test('one that is not ready is moving', async () => {
    const { core, scale, timers } = await rigOf(new EnqScale(), enqScaleDriver);
    core.isBusy = true;
    await timers.advance(1_000);
    expect(scale.reading).toEqual({ state: 'moving' });
  });
});

test('a scale asked with W zeroes an almost empty plate', async () => {
  const { scale, timers, put } = await rigOf(new NciScale(), nciScaleDriver);
  put(20);
  await timers.advance(1_000);
  const zeroed = scale.zero();
  await timers.advance(1_000);
  expect(await zeroed).toBe(true);
  expect(scale.reading).toEqual({ state: 'zero', grams: 0 });
});

test('an answer that comes when nobody asks is not the answer to the next question', async () => {
  const { core, scale, timers, put } = await rigOf(new NciScale(), nciScaleDriver);
  put(700);
  await timers.advance(1_100);
  const seen = new Set<number | undefined>();
  scale.onReading(({ grams }) => seen.add(grams));
  core.voice.say('\n  0.500kg\r\n00\r\x03');
  await timers.advance(1_000);
  expect(seen).not.toContain(500);
  expect(scale.reading).toEqual({ state: 'stable', grams: 700 });
});
