import { describe, expect, test } from 'vitest';
import type { CardEntry } from '../../domain/approval.ts';
import { CardDataSchema } from '../../domain/card-data.ts';
import { minor } from '../../domain/money.ts';
import type { CardPresented, CardReader, CardRequest, ReaderEntry, ReaderPrompt } from '../ports.ts';
import type { FakeTimers } from './fake-timers.ts';

/** A reader as flows get it, and a customer who does as he is told. */
export interface ReaderRig {
  readonly reader: CardReader;
  readonly timers: FakeTimers;
  /** `chip-declines`: before anything is sent. `chip-refuses`: the host's approval. */
  present(entry: CardEntry, fault?: 'chip-declines' | 'chip-refuses'): void;
  unplug(): void;
  replug(): void;
}

const REQUEST: CardRequest = { amount: minor(1250), currency: 'CNY', purpose: 'sale', timeoutMs: 60_000 };

/** Lets time pass until it has ended; fails the test when five minutes were not enough. */
async function ending<T>(timers: FakeTimers, work: Promise<T>): Promise<T> {
  const box: { value?: T; ended: boolean } = { ended: false };
  void work.then((value) => {
    box.value = value;
    box.ended = true;
  });
  for (let second = 0; second < 300 && !box.ended; second += 1) await timers.advance(1_000);
  if (!box.ended) throw new Error('it did not end within five minutes');
  return box.value as T;
}

const EVERY_ENTRY: readonly ReaderEntry[] = ['chip', 'contactless', 'swipe'];

/**
 * What every encrypting reader must do, whatever it speaks. `connected` gives a fresh, plugged-in one; `entries`: the ways into
 * it, where it has not all of them.
 */
export function cardReaderConformance(
  name: string,
  connected: () => Promise<ReaderRig>,
  entries: readonly ReaderEntry[] = EVERY_ENTRY,
): void {
  /** Any way in, where the test does not care which. */
  const [entry = 'chip'] = entries;
  const hasChip = entries.includes('chip');
  const begin = async (request: Partial<CardRequest> = {}) => {
    const rig = await connected();
    const prompts: ReaderPrompt[] = [];
    const stop = new AbortController();
    const presented: Promise<CardPresented> = rig.reader.start(
      { ...REQUEST, ...request },
      (prompt) => prompts.push(prompt),
      stop.signal,
    );
    return { ...rig, prompts, stop, presented };
  };
  const resumed = (rig: Pick<ReaderRig, 'reader' | 'timers'>, approved: boolean) =>
    ending(
      rig.timers,
      rig.reader.resume({ approved }, () => undefined),
    );

  describe(`${name} as a card reader`, () => {
    test.each([...entries])(
      'reads by %s, encrypted, with nothing of the number but its ends',
      async (way) => {
        const rig = await begin();
        await rig.timers.advance(1_000);
        expect(rig.prompts.length).toBeGreaterThan(0);
        rig.present(way);
        const outcome = await ending(rig.timers, rig.presented);
        if (outcome.kind !== 'online-request') throw new Error(outcome.kind);
        expect(CardDataSchema.parse(outcome.card).entry).toBe(way);
        expect(outcome.card.masked ?? '').toMatch(/^(\d{0,6}\*{4,}\d{4})?$/);
        expect(await resumed(rig, true)).toMatchObject({ kind: 'accepted' });
      },
    );

    test('stopped before a card came: cancelled, and ready for the next', async () => {
      const rig = await begin();
      await rig.timers.advance(500);
      rig.stop.abort();
      expect(await ending(rig.timers, rig.presented)).toEqual({ kind: 'cancelled' });
      const again = rig.reader.start(REQUEST, () => undefined, new AbortController().signal);
      await rig.timers.advance(1_000);
      rig.present(entry);
      expect(await ending(rig.timers, again)).toMatchObject({ kind: 'online-request' });
    });

    test('nobody presents a card: it fails when its time is over, not later', async () => {
      const rig = await begin({ timeoutMs: 20_000 });
      await rig.timers.advance(19_000);
      let ended = false;
      void rig.presented.then(() => {
        ended = true;
      });
      await rig.timers.advance(0);
      expect(ended).toBe(false);
      await rig.timers.advance(5_000);
      expect(ended).toBe(true);
      expect(await rig.presented).toMatchObject({ kind: 'failed' });
    });

    test.runIf(hasChip)('a chip that says no sends nothing', async () => {
      const rig = await begin();
      rig.present('chip', 'chip-declines');
      expect(await ending(rig.timers, rig.presented)).toMatchObject({ kind: 'declined' });
    });

    test.runIf(hasChip)('a chip may refuse what the host approved, and says so', async () => {
      const rig = await begin();
      rig.present('chip', 'chip-refuses');
      expect(await ending(rig.timers, rig.presented)).toMatchObject({ kind: 'online-request' });
      expect(await resumed(rig, true)).toMatchObject({ kind: 'refused' });
    });

    test('unplugged while it waits: failed, and there again after a replug', async () => {
      const rig = await begin();
      await rig.timers.advance(500);
      let told = 0;
      const stop = rig.reader.subscribe(() => {
        told += 1;
      });
      rig.unplug();
      expect(await ending(rig.timers, rig.presented)).toMatchObject({ kind: 'failed' });
      expect(rig.reader.link).toBe('absent');
      expect(await rig.reader.start(REQUEST, () => undefined, new AbortController().signal)).toMatchObject({
        kind: 'failed',
      });
      rig.replug();
      await rig.timers.advance(1_000);
      expect(rig.reader.link).toBe('connected');
      expect(told).toBeGreaterThanOrEqual(2);
      stop();
    });

    test('unplugged after the host was asked: refused, so that the money is undone', async () => {
      const rig = await begin();
      rig.present(entry);
      await ending(rig.timers, rig.presented);
      rig.unplug();
      expect(await resumed(rig, true)).toMatchObject({ kind: 'refused' });
    });

    test('a second dialogue while one runs fails and leaves the first alone', async () => {
      const rig = await begin();
      await rig.timers.advance(500);
      const second = rig.reader.start(REQUEST, () => undefined, new AbortController().signal);
      expect(await ending(rig.timers, second)).toMatchObject({ kind: 'failed' });
      rig.present(entries.includes('contactless') ? 'contactless' : entry);
      expect(await ending(rig.timers, rig.presented)).toMatchObject({ kind: 'online-request' });
    });

    test('there is nothing to resume without a card', async () => {
      const rig = await connected();
      expect(await resumed(rig, true)).toMatchObject({ kind: 'refused' });
    });
  });
}
