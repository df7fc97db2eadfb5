import { expect, test } from 'vitest';
import { minor } from '../../../domain/money.ts';
import { FakeTimers, settle } from '../../testing/fake-timers.ts';
import { cardReaderConformance } from '../../testing/reader-conformance.ts';
import { SimulatedReader } from './simulated-reader.ts';

const counting = () => {
  let next = 0;
  return { bytes: (length: number) => Uint8Array.from({ length }, () => (next = (next + 73) % 256)) };
};

function rig() {
  const timers = new FakeTimers();
  return { timers, reader: new SimulatedReader({ timers, random: counting() }) };
}

cardReaderConformance('the simulated reader', async () => {
  const { timers, reader } = rig();
  return {
    reader,
    timers,
    present: (entry, fault) => reader.present({ entry, ...(fault === undefined ? {} : { fault }) }),
    unplug: () => reader.unplug(),
    replug: () => reader.plug(),
  };
});

const REQUEST = { amount: minor(1250), currency: 'CNY', purpose: 'sale', timeoutMs: 60_000 } as const;

test('the same play gives the same card, and every card a new serial number', async () => {
  const cards: unknown[] = [];
  for (let round = 0; round < 2; round += 1) {
    const { timers, reader } = rig();
    for (let card = 0; card < 2; card += 1) {
      reader.present({ entry: 'chip', pin: true });
      const presented = reader.start(REQUEST, () => undefined, new AbortController().signal);
      await timers.advance(5_000);
      cards.push(await presented);
    }
  }
  expect(cards[2]).toEqual(cards[0]);
  expect(cards[3]).toEqual(cards[1]);
  expect(cards[1]).not.toEqual(cards[0]);
});

test('an injected key makes the ciphertext', async () => {
  const timers = new FakeTimers();
  const cipher = () => ({ scheme: 'dukpt-aes', ksn: 'FF', track: 'AB' }) as const;
  const reader = new SimulatedReader({ timers, random: counting(), cipher });
  reader.present({ entry: 'swipe' });
  const presented = reader.start(REQUEST, () => undefined, new AbortController().signal);
  await timers.advance(5_000);
  expect(await presented).toEqual({
    kind: 'online-request',
    card: { entry: 'swipe', scheme: 'dukpt-aes', ksn: 'FF', track: 'AB' },
  });
});

test('a cable cut at either side of the host says what may be done', async () => {
  const { timers, reader } = rig();
  reader.present({ entry: 'chip', fault: 'cut-before' });
  const before = reader.start(REQUEST, () => undefined, new AbortController().signal);
  await timers.advance(5_000);
  expect(await before).toEqual({ kind: 'failed', reason: 'lost' });
  reader.plug();
  reader.present({ entry: 'chip', fault: 'cut-after' });
  const after = reader.start(REQUEST, () => undefined, new AbortController().signal);
  await timers.advance(5_000);
  expect(await after).toMatchObject({ kind: 'online-request' });
  const final = reader.resume({ approved: true }, () => undefined);
  await settle();
  expect(await final).toEqual({ kind: 'refused', reason: 'lost' });
  expect(reader.link).toBe('absent');
});

test('says what to do: insert, type the PIN, wait, take the card', async () => {
  const { timers, reader } = rig();
  const said: string[] = [];
  const presented = reader.start(REQUEST, (prompt) => said.push(prompt), new AbortController().signal);
  expect(reader.wantsCard).toBe(true);
  reader.present({ entry: 'chip', pin: true, fault: 'read-error-once' });
  expect(reader.wantsCard).toBe(false);
  await timers.advance(5_000);
  await presented;
  const final = reader.resume({ approved: true }, (prompt) => said.push(prompt));
  await timers.advance(5_000);
  await final;
  expect(said).toEqual([
    'present-card',
    'insert-card',
    'try-again',
    'enter-pin',
    'processing',
    'processing',
    'remove-card',
  ]);
});
