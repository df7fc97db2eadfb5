import { describe, expect, test } from 'vitest';
import type { Scale, WeightReading } from '../ports.ts';
import { type FakeTimers, settle } from './fake-timers.ts';

/** A scale as flows get it, and what lies on it. Its range ends at 15 kg. */
export interface ScaleRig {
  readonly scale: Scale;
  readonly timers: FakeTimers;
  put(grams: number): void;
  shake(isMoving: boolean): void;
  /** It says nothing more, or speaks again. */
  mute(isMute: boolean): void;
  babble(): void;
  unplug(): void;
  replug(): void;
}

/** Within this a scale has noticed whatever was done to it, ms. */
const SEEN_MS = 1_000;
/** Within this a scale that says nothing is known to say nothing, ms. */
const SILENT_MS = 4_000;

/** What every scale must do, whatever it speaks. `connected` gives a fresh, plugged-in one. */
export function scaleConformance(name: string, connected: () => Promise<ScaleRig>): void {
  const watching = async () => {
    const rig = await connected();
    const told: WeightReading[] = [];
    rig.scale.onReading((reading) => told.push(reading));
    const shows = async (grams: number) => {
      rig.put(grams);
      await rig.timers.advance(SEEN_MS);
      return rig.scale.reading;
    };
    return { ...rig, told, shows };
  };
  /** Lets time pass until it has ended. */
  const ending = async <T>(timers: FakeTimers, work: Promise<T>): Promise<T> => {
    const box: { value?: T } = {};
    void work.then((value) => {
      box.value = value;
    });
    for (let passed = 0; passed < SILENT_MS && box.value === undefined; passed += 100)
      await timers.advance(100);
    if (box.value === undefined) throw new Error('it did not end');
    return box.value;
  };

  describe(`${name} as a scale`, () => {
    test('shows whole grams, changes as they happen, and an empty plate as zero', async () => {
      const rig = await watching();
      expect(await rig.shows(1_234)).toEqual({ state: 'stable', grams: 1_234 });
      expect(await rig.shows(14_995)).toEqual({ state: 'stable', grams: 14_995 });
      expect(await rig.shows(0)).toEqual({ state: 'zero', grams: 0 });
      const stable = rig.told.filter(({ state }) => state === 'stable').map(({ grams }) => grams);
      expect(stable).toEqual([1_234, 14_995]);
      await rig.timers.advance(10_000);
      expect(rig.told.filter(({ state }) => state === 'zero').length).toBeLessThanOrEqual(2);
    });

    test('a shaking plate is not stable', async () => {
      const rig = await watching();
      rig.shake(true);
      expect((await rig.shows(500)).state).toBe('moving');
      rig.shake(false);
      expect(await rig.shows(500)).toEqual({ state: 'stable', grams: 500 });
    });

    test.each([
      ['too much', 15_001, 'over'],
      ['less than nothing', -120, 'under'],
    ] as const)('%s has no weight', async (_, grams, state) => {
      const rig = await watching();
      expect(await rig.shows(grams)).toEqual({ state });
    });

    test('asked, it says what is on it now', async () => {
      const rig = await watching();
      await rig.shows(500);
      rig.put(700);
      expect(await ending(rig.timers, rig.scale.request())).toEqual({ state: 'stable', grams: 700 });
    });

    test('its keys do what they say, or say that they do not', async () => {
      const rig = await watching();
      await rig.shows(200);
      const isTared = await ending(rig.timers, rig.scale.tare());
      expect(await rig.shows(700)).toEqual({ state: 'stable', grams: isTared ? 500 : 700 });
      // Far from empty: no scale may call this zero.
      expect(await ending(rig.timers, rig.scale.zero())).toBe(false);
      expect(await rig.shows(700)).toEqual({ state: 'stable', grams: isTared ? 500 : 700 });
    });

    test('silent, its last weight is nobody’s weight, and asking ends', async () => {
      const rig = await watching();
      await rig.shows(500);
      rig.mute(true);
      await rig.timers.advance(SILENT_MS);
      expect(rig.scale.reading).toEqual({ state: 'unknown' });
      expect(await ending(rig.timers, rig.scale.request())).toEqual({ state: 'unknown' });
      rig.mute(false);
      expect(await rig.shows(500)).toEqual({ state: 'stable', grams: 500 });
    });

    test('unplugged, it shows nothing, and goes on by itself after a replug', async () => {
      const rig = await watching();
      await rig.shows(500);
      const asked = rig.scale.request();
      rig.unplug();
      await settle();
      expect([rig.scale.link, rig.scale.reading]).toEqual(['absent', { state: 'unknown' }]);
      expect(await ending(rig.timers, asked)).toEqual({ state: 'unknown' });
      expect(await rig.scale.request()).toEqual({ state: 'unknown' });
      expect(await rig.scale.zero()).toBe(false);
      rig.replug();
      expect(await rig.shows(600)).toEqual({ state: 'stable', grams: 600 });
      expect(rig.told.at(-1)).toEqual({ state: 'stable', grams: 600 });
    });

    test('after babble the next weight is right', async () => {
      const rig = await watching();
      rig.babble();
      await rig.timers.advance(SEEN_MS);
      expect(await rig.shows(500)).toEqual({ state: 'stable', grams: 500 });
      expect(rig.told.filter(({ state }) => state === 'stable')).toEqual([{ state: 'stable', grams: 500 }]);
    });
  });
}
