import { describe, expect, test } from 'vitest';
import { CardDataSchema } from '../../../domain/card-data.ts';
import { minor } from '../../../domain/money.ts';
import { cardNumbersInText } from '../../codecs/card-scan/card-scan.ts';
import type { CardRequest, ReaderPrompt } from '../../ports.ts';
import { MagneSafeReader } from '../../simulators/msr-magnesafe/magnesafe-reader.ts';
import { publishedMagneSafe } from '../../simulators/msr-magnesafe/published-stripe.ts';
import { type FakeTimers, settle } from '../../testing/fake-timers.ts';
import { FakeTransport } from '../../testing/fake-transport.ts';
import { cardReaderConformance } from '../../testing/reader-conformance.ts';
import { openedTrack, swipeRig } from '../../testing/swipe-rigs.ts';
import { magneSafeDriver } from './driver.ts';
import { MAGNESAFE_MATCHES } from './match.ts';

const LINE = {
  driver: magneSafeDriver,
  match: MAGNESAFE_MATCHES,
  settings: (timers: FakeTimers) => ({ timers }),
};
const rigOf = (core = new MagneSafeReader()) => swipeRig(core, LINE);
const REQUEST: CardRequest = { amount: minor(1250), currency: 'CNY', purpose: 'sale', timeoutMs: 60_000 };
const CLEAR = {
  track1: '%B4761739001010010^TEST/CARD^30121010000000000?',
  track2: ';4761739001010010=30121010000000000000?',
};

async function asked(core = new MagneSafeReader(), request: Partial<CardRequest> = {}) {
  const rig = await rigOf(core);
  const prompts: ReaderPrompt[] = [];
  const stop = new AbortController();
  const presented = rig.reader.start(
    { ...REQUEST, ...request },
    (prompt) => prompts.push(prompt),
    stop.signal,
  );
  await settle();
  return { ...rig, prompts, presented, health: () => rig.reader.kept.session?.health };
}

cardReaderConformance('a MagneSafe reader', () => rigOf(), ['swipe']);

describe('a swipe', () => {
  test('goes to the server as it was encrypted, with its key serial number', async () => {
    const { core, presented, prompts } = await asked();
    core.swipe();
    const outcome = await presented;
    if (outcome.kind !== 'online-request') throw new Error(outcome.kind);
    const card = CardDataSchema.parse(outcome.card);
    expect(card).toMatchObject({
      entry: 'swipe',
      scheme: 'dukpt-tdes',
      layout: 'track2',
      ksn: 'FFFF9876543211E00001',
      masked: '4761********0010',
    });
    expect(openedTrack('pin', card.ksn, card.track)).toMatch(/^;4761739001010010=3012101\d+\?\0$/);
    expect(prompts[0]).toBe('swipe-card');
  });

  test('that cannot be read is asked for again', async () => {
    const { core, presented, prompts } = await asked();
    core.swipeBadly();
    await settle();
    expect(prompts).toEqual(['swipe-card', 'try-again']);
    core.swipe();
    expect(await presented).toMatchObject({ kind: 'online-request' });
  });

  test('of a card with a chip belongs into a slot', async () => {
    const { core, presented } = await asked();
    core.swipe('chip');
    expect(await presented).toEqual({ kind: 'failed', reason: 'chip-first' });
  });

  test('that nobody asked for is forgotten', async () => {
    const rig = await rigOf();
    rig.core.swipe();
    await settle();
    const presented = rig.reader.start(REQUEST, () => undefined, new AbortController().signal);
    let ended = false;
    void presented.then(() => {
      ended = true;
    });
    await settle();
    expect(ended).toBe(false);
    rig.core.swipe();
    expect(await presented).toMatchObject({ kind: 'online-request', card: { ksn: 'FFFF9876543211E00002' } });
  });

  test('where only a chip is wanted is not waited for', async () => {
    const { presented } = await asked(new MagneSafeReader(), { entries: ['chip', 'contactless'] });
    expect(await presented).toEqual({ kind: 'failed', reason: 'unsupported' });
  });
});

describe('a reader that does not encrypt', () => {
  test.each(['mt-211', 'no-key', 'switched-off'] as const)('%s: wiped, refused, and told', async (why) => {
    const { core, presented, health, reader } = await asked();
    core.swipeClear(CLEAR, why);
    const outcome = await presented;
    expect(outcome).toEqual({ kind: 'failed', reason: 'not-encrypted' });
    expect(health()).toMatchObject({ refused: 'not-encrypted' });
    expect(cardNumbersInText(JSON.stringify([outcome, health()]))).toEqual([]);
    const again = await reader.start(REQUEST, () => undefined, new AbortController().signal);
    expect(again).toEqual({ kind: 'failed', reason: 'not-encrypted' });
  });

  test('the bytes of the report hold nothing afterwards', async () => {
    const reports: Uint8Array[] = [];
    let say: (data: Uint8Array<ArrayBuffer>) => void = () => undefined;
    const session = magneSafeDriver.connect(
      {
        framing: 'report',
        name: '',
        incoming: new ReadableStream({
          start: (controller) => {
            say = (data) => {
              reports.push(data);
              controller.enqueue({ id: 0, data });
            };
          },
        }),
        lost: new Promise(() => undefined),
        write: async () => undefined,
        sendFeature: async () => undefined,
        readFeature: async () => new Uint8Array(24),
        close: async () => undefined,
      },
      { timers: (await rigOf()).timers },
    );
    const core = new MagneSafeReader();
    core.onReport((_, bytes) => say(bytes));
    core.swipeClear(CLEAR, 'no-key');
    core.swipe();
    await settle();
    expect(reports.map((report) => report.some((byte) => byte !== 0))).toEqual([false, false]);
    expect(session.health?.refused).toBeUndefined(); // The last swipe was encrypted.
  });

  test('says so before the first card when it is asked for its security level', async () => {
    const { presented, health } = await asked(new MagneSafeReader({ securityLevel: 2 }));
    expect(health()).toMatchObject({ refused: 'not-encrypted' });
    expect(await presented).toEqual({ kind: 'failed', reason: 'not-encrypted' });
  });

  test('with its keys used up', async () => {
    const { core, presented, health } = await asked();
    core.swipeExhausted();
    expect(await presented).toEqual({ kind: 'failed', reason: 'no-key' });
    expect(health()).toMatchObject({ refused: 'no-key' });
  });
});

test('tells who it is, and of its key only which set it is from', async () => {
  const { core, presented, health } = await asked();
  core.swipe();
  await presented;
  expect(health()).toEqual({
    maker: 'MagTek',
    model: 'MagTek USB Swipe Reader',
    serial: 'B0008A1',
    firmware: '21042840C01',
    keyId: 'FFFF987654',
  });
});

test('babble is survived, and the next card is read', async () => {
  const { core, presented } = await asked();
  for (let length = 0; length < 900; length += 37) {
    core.babble(Uint8Array.from({ length }, (_, at) => (at * 31 + length) % 256));
  }
  core.swipe();
  expect(await presented).toMatchObject({ kind: 'online-request' });
});

test('a link of bytes is none of its kind', () => {
  const link = new FakeTransport(() => []);
  expect(() => magneSafeDriver.connect(link, { timers: { after: () => () => undefined } })).toThrow(
    'reports',
  );
});

test('the table of the simulator is what the published key makes of the test card', () => {
  const stripe = publishedMagneSafe();
  const seen = new Set<string>();
  for (const card of ['magstripe', 'chip'] as const) {
    for (let count = 0; count < 8; count += 1) {
      const { ksn, track1, track2 } = stripe(card);
      seen.add(ksn);
      const service = card === 'chip' ? '201' : '101';
      const one = openedTrack('pin', ksn, track1.encrypted).replace(/\0+$/, '');
      const two = openedTrack('pin', ksn, track2.encrypted).replace(/\0+$/, '');
      expect(one).toBe(`%B4761739001010010^TEST/CARD^3012${service}0000000000?`);
      expect(two).toBe(`;4761739001010010=3012${service}0000000000000?`);
      expect([track1.length, track2.length]).toEqual([one.length, two.length]);
    }
  }
  expect(seen.size).toBe(10);
});
