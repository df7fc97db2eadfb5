import { describe, expect, test } from 'vitest';
import { CardDataSchema } from '../../../domain/card-data.ts';
import { minor } from '../../../domain/money.ts';
import { cardNumbersInText } from '../../codecs/card-scan/card-scan.ts';
import type { CardRequest, ReaderPrompt } from '../../ports.ts';
import { publishedSecureMag } from '../../simulators/msr-securemag/published-stripe.ts';
import { SecureMagReader } from '../../simulators/msr-securemag/securemag-reader.ts';
import { type FakeTimers, settle } from '../../testing/fake-timers.ts';
import { FakeTransport } from '../../testing/fake-transport.ts';
import { cardReaderConformance } from '../../testing/reader-conformance.ts';
import { openedTrack, readInOneBlock, swipeRig } from '../../testing/swipe-rigs.ts';
import { secureMagDriver } from './driver.ts';
import { SECUREMAG_MATCHES } from './match.ts';

const LINE = {
  driver: secureMagDriver,
  match: SECUREMAG_MATCHES,
  settings: (timers: FakeTimers) => ({ timers }),
};
const REQUEST: CardRequest = { amount: minor(1250), currency: 'CNY', purpose: 'sale', timeoutMs: 60_000 };
const CLEAR = {
  track1: '%B4761739001010010^TEST/CARD^30121010000000000?',
  track2: ';4761739001010010=30121010000000000000?',
};

async function asked(core = new SecureMagReader()) {
  const rig = await swipeRig(core, LINE);
  const prompts: ReaderPrompt[] = [];
  const presented = rig.reader.start(REQUEST, (prompt) => prompts.push(prompt), new AbortController().signal);
  await settle();
  return { ...rig, prompts, presented, health: () => rig.reader.kept.session?.health };
}

cardReaderConformance('a SecureMag reader', () => swipeRig(new SecureMagReader(), LINE), ['swipe']);

describe('a swipe', () => {
  test('goes to the server as it was encrypted, with its key serial number', async () => {
    const { core, presented, health } = await asked();
    core.swipe();
    const outcome = await presented;
    if (outcome.kind !== 'online-request') throw new Error(outcome.kind);
    const card = CardDataSchema.parse(outcome.card);
    expect(card).toMatchObject({
      entry: 'swipe',
      scheme: 'dukpt-tdes',
      layout: 'track2',
      ksn: 'FFFF9876543210E00101',
      masked: '4761********0010',
    });
    expect(openedTrack('data', card.ksn, card.track)).toMatch(/^;4761739001010010=3012101\d+\?.$/);
    expect(health()).toMatchObject({ maker: 'ID TECH', keyId: 'FFFF987654' });
  });

  test('in the original structure says that both tracks are in the block', async () => {
    const stripe = () => readInOneBlock('FFFF9876543210E00100', CLEAR.track1, CLEAR.track2);
    const { core, presented } = await asked(new SecureMagReader({ stripe, structure: 'original' }));
    core.swipe();
    const outcome = await presented;
    if (outcome.kind !== 'online-request') throw new Error(outcome.kind);
    const { layout, ksn, track, masked } = outcome.card;
    expect([layout, masked]).toEqual(['tracks', '4761********0010']);
    expect(openedTrack('data', ksn, track).replace(/\0+$/, '')).toBe(CLEAR.track1 + CLEAR.track2);
  });

  test('that cannot be read, or is damaged on the way, is asked for again', async () => {
    const { core, presented, prompts } = await asked();
    core.swipeBadly();
    core.swipeDamaged();
    await settle();
    expect(prompts).toEqual(['swipe-card', 'try-again', 'try-again']);
    core.swipe();
    expect(await presented).toMatchObject({ kind: 'online-request' });
  });
});

test.each(['original', 'enhanced'] as const)(
  'level 1 in the %s structure: wiped, refused, and told',
  async (structure) => {
    const { core, presented, health } = await asked();
    core.swipeClear(CLEAR, structure);
    const outcome = await presented;
    expect(outcome).toEqual({ kind: 'failed', reason: 'not-encrypted' });
    expect(health()).toMatchObject({ refused: 'not-encrypted' });
    expect(cardNumbersInText(JSON.stringify([outcome, health()]))).toEqual([]);
  },
);

test('an encrypted swipe after a clear one: the reader was set right', async () => {
  const { core, health } = await asked();
  core.swipeClear(CLEAR);
  await settle();
  expect(health()?.refused).toBe('not-encrypted');
  core.swipe();
  await settle();
  expect(health()?.refused).toBeUndefined();
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
  expect(() => secureMagDriver.connect(link, { timers: { after: () => () => undefined } })).toThrow(
    'reports',
  );
});

test('the table of the simulator is what the published key makes of the test card', () => {
  const stripe = publishedSecureMag();
  for (const card of ['magstripe', 'chip'] as const) {
    for (let count = 0; count < 8; count += 1) {
      const { ksn, track1, track2 } = stripe(card);
      const service = card === 'chip' ? '201' : '101';
      const one = openedTrack('data', ksn, track1.encrypted).replace(/\0+$/, '');
      const two = openedTrack('data', ksn, track2.encrypted).replace(/\0+$/, '');
      // The last character is the LRC of the track.
      expect(one.slice(0, -1)).toBe(`%B4761739001010010^TEST/CARD^3012${service}0000000000?`);
      expect(two.slice(0, -1)).toBe(`;4761739001010010=3012${service}0000000000000?`);
      expect([track1.length, track2.length]).toEqual([one.length, two.length]);
    }
  }
});
