import { describe, expect, test } from 'vitest';
import type { ReaderSession } from '../devices/kept/kept-reader.ts';
import type { ReaderPrompt } from '../devices/ports.ts';
import type { FakeTimers } from '../devices/testing/fake-timers.ts';
import { mmsRig, neo2Rig } from '../devices/testing/reader-rigs.ts';
import type { ReaderTrial } from '../flow/counter-devices.ts';
import { tryReader } from './reader-trial.ts';

/** Lets the reader's clock run until the trial is over. */
async function ended(timers: FakeTimers, trial: Promise<ReaderTrial>): Promise<ReaderTrial> {
  let result: ReaderTrial | undefined;
  void trial.then((each) => {
    result = each;
  });
  for (let passed = 0; result === undefined && passed < 600; passed += 1) await timers.advance(250);
  if (result === undefined) throw new Error('the trial never ended');
  return result;
}

describe.each([
  ['MMS', mmsRig],
  ['NEO2', neo2Rig],
] as const)('a card that is tried on a simulated %s reader', (_name, rigOf) => {
  test.each(['swipe', 'chip', 'contactless'] as const)(
    'is read by %s, and the host is said to refuse',
    async (entry) => {
      const rig = await rigOf();
      const session = rig.kept.session!;
      const told: boolean[] = [];
      const watched: ReaderSession = {
        lost: session.lost,
        close: () => session.close(),
        start: (request, prompt, signal) => session.start(request, prompt, signal),
        resume: (result, prompt) => {
          told.push(result.approved);
          return session.resume(result, prompt);
        },
      };
      const prompts: ReaderPrompt[] = [];
      rig.core.present({ entry });
      const trial = tryReader(watched, (each) => prompts.push(each), new AbortController().signal);
      expect(await ended(rig.timers, trial)).toBe('read');
      expect(told).toEqual([false]);
      expect(prompts.length).toBeGreaterThan(0);
    },
  );

  test('is called off while the reader waits, and the reader is free for a payment', async () => {
    const rig = await rigOf();
    const session = rig.kept.session!;
    const stop = new AbortController();
    const trial = tryReader(session, () => undefined, stop.signal);
    await rig.timers.advance(500);
    stop.abort();
    expect(await ended(rig.timers, trial)).toBe('cancelled');
    rig.core.present({ entry: 'chip' });
    const again = tryReader(session, () => undefined, new AbortController().signal);
    expect(await ended(rig.timers, again)).toBe('read');
  });
});
