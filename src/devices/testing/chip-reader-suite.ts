import { describe, expect, test } from 'vitest';
import type { CardData } from '../../domain/card-data.ts';
import { minor } from '../../domain/money.ts';
import type { CardPresented, CardReader, CardRequest, DeviceHealth, ReaderPrompt } from '../ports.ts';
import { TEST_CARDS, type TestCard } from '../simulators/card-reader/test-cards.ts';
import type { FakeTimers } from './fake-timers.ts';

/** What both families' simulators can be told. */
interface Play {
  readonly entry: 'swipe' | 'chip' | 'contactless';
  readonly card?: TestCard;
  readonly pin?: boolean;
  readonly fault?: 'chip-fails' | 'use-stripe' | 'use-other' | 'offline';
}

interface Options {
  readonly encryption?: 'off' | 'mixed';
  readonly showsServiceCode?: boolean;
  readonly hasBattery?: boolean;
}

interface Rig {
  readonly reader: CardReader & {
    readonly kept: { readonly session: { readonly health?: DeviceHealth } | undefined };
  };
  readonly timers: FakeTimers;
  readonly core: { present(play: Play): void; fault: string | undefined };
  unplug(): void;
  replug(): void;
  cutAfter(pieces: number): void;
}

const ORDER = 'a'.repeat(32);
const REQUEST: CardRequest = {
  amount: minor(1000),
  currency: 'CNY',
  purpose: 'sale',
  timeoutMs: 30_000,
  orderKey: ORDER,
};
const SECRETS = /5413330089010434|4761739001010010|35343133333330303839303130343334/;
/** The steps of a whole payment are over after so many pieces on the wire. */
const PIECES_MAX = 40;

/** One dialogue with a clock that runs until it ends. */
class Talk {
  readonly prompts: ReaderPrompt[] = [];
  readonly stop = new AbortController();
  readonly #rig: Rig;

  constructor(rig: Rig) {
    this.#rig = rig;
  }

  async start(request: Partial<CardRequest> = {}): Promise<CardPresented> {
    const prompt = (each: ReaderPrompt) => this.prompts.push(each);
    return this.ended(this.#rig.reader.start({ ...REQUEST, ...request }, prompt, this.stop.signal));
  }

  async resume(approved = true) {
    return this.ended(this.#rig.reader.resume({ approved }, (each) => this.prompts.push(each)));
  }

  async ended<T>(work: Promise<T>): Promise<T> {
    const box: { value?: T; ended: boolean } = { ended: false };
    void work.then((value) => {
      box.value = value;
      box.ended = true;
    });
    for (let turn = 0; turn < 1_200 && !box.ended; turn += 1) await this.#rig.timers.advance(100);
    if (!box.ended) throw new Error('it did not end within two minutes');
    return box.value as T;
  }
}

const cardOf = (outcome: CardPresented): CardData => {
  if (outcome.kind !== 'online-request') throw new Error(JSON.stringify(outcome));
  return outcome.card;
};

/** What a reader with a chip slot must do in the chip dialogue, with bad input and with a bad cable. */
export function chipReaderSuite(name: string, make: (options?: Options) => Promise<Rig>): void {
  const healthOf = (rig: Rig) => rig.reader.kept.session?.health;

  describe(`${name} when the chip fails`, () => {
    test('three times: the stripe is taken, as a fallback', async () => {
      const rig = await make();
      const talk = new Talk(rig);
      for (let time = 0; time < 3; time += 1) rig.core.present({ entry: 'chip', fault: 'chip-fails' });
      rig.core.present({ entry: 'swipe', card: TEST_CARDS.mastercard });
      expect(cardOf(await talk.start()).entry).toBe('fallback');
      expect(talk.prompts.filter((each) => each === 'try-again')).toHaveLength(2);
      expect(talk.prompts).toContain('swipe-card');
      expect(await talk.resume()).toMatchObject({ kind: 'accepted' });
    });

    test('and the reader gives it up: the stripe at once; where none is allowed, the end', async () => {
      const rig = await make();
      rig.core.present({ entry: 'chip', fault: 'use-stripe' });
      rig.core.present({ entry: 'swipe' });
      expect(cardOf(await new Talk(rig).start()).entry).toBe('fallback');
      const other = await make();
      other.core.present({ entry: 'chip', fault: 'use-stripe' });
      expect(await new Talk(other).start({ entries: ['chip', 'contactless'] })).toEqual({
        kind: 'failed',
        reason: 'chip-failed',
      });
    });

    test('a contactless card that fails is asked for its chip', async () => {
      const rig = await make();
      rig.core.present({ entry: 'contactless', fault: 'use-other' });
      rig.core.present({ entry: 'chip' });
      const talk = new Talk(rig);
      expect(cardOf(await talk.start()).entry).toBe('chip');
      expect(talk.prompts).toContain('insert-card');
    });

    test('a stripe that says it has a chip is sent to the slot', async () => {
      const rig = await make({ showsServiceCode: true });
      rig.core.present({ entry: 'swipe', card: TEST_CARDS.mastercard });
      rig.core.present({ entry: 'chip' });
      const talk = new Talk(rig);
      expect(cardOf(await talk.start()).entry).toBe('chip');
      expect(talk.prompts).toContain('insert-card');
    });

    test('a chip that approves without its bank sends nothing', async () => {
      const rig = await make();
      rig.core.present({ entry: 'chip', fault: 'offline' });
      expect(await new Talk(rig).start()).toEqual({ kind: 'declined', reason: 'not-online' });
    });
  });

  describe(`${name} that is not fit`, () => {
    test.each([
      ['with its encryption off', { encryption: 'off' }, 'chip'],
      ['with its encryption off', { encryption: 'off' }, 'swipe'],
      ['with card data beside the ciphertext', { encryption: 'mixed' }, 'contactless'],
    ] as const)('%s is refused, told, and never asked again (%s, %s)', async (_, options, entry) => {
      const rig = await make(options);
      rig.core.present({ entry });
      const talk = new Talk(rig);
      const outcome = await talk.start();
      expect(outcome).toEqual({ kind: 'failed', reason: 'not-encrypted' });
      expect(healthOf(rig)?.refused).toBe('not-encrypted');
      expect(JSON.stringify([outcome, talk.prompts, healthOf(rig)])).not.toMatch(SECRETS);
      expect(await new Talk(rig).start()).toEqual({ kind: 'failed', reason: 'not-encrypted' });
    });

    test('tells what it is and which keys it has, and nothing of a card', async () => {
      const rig = await make();
      rig.core.present({ entry: 'chip' });
      const card = cardOf(await new Talk(rig).start());
      expect(healthOf(rig)).toMatchObject({ keyId: 'FFFF987654', firmware: expect.stringMatching(/\d/) });
      expect(card.ksn).toBe('FFFF9876543210E00001');
      expect(JSON.stringify([card, healthOf(rig)])).not.toMatch(SECRETS);
    });
  });

  describe(`${name} on a bad line`, () => {
    test('says nothing at all: the dialogue ends in time, and a better one can follow', async () => {
      const rig = await make();
      rig.core.fault = 'mute';
      expect(await new Talk(rig).start()).toMatchObject({ kind: 'failed' });
      rig.core.fault = undefined;
      rig.core.present({ entry: 'contactless' });
      expect(cardOf(await new Talk(rig).start()).entry).toBe('contactless');
    });

    test.each(['babble', 'busy'])('%s: the card is read all the same', async (fault) => {
      const rig = await make();
      rig.core.fault = fault;
      rig.core.present({ entry: 'chip' });
      const talk = new Talk(rig);
      expect(cardOf(await talk.start()).entry).toBe('chip');
      expect(await talk.resume()).toMatchObject({ kind: 'accepted' });
    });

    test('a cable that is cut at any point leaves nobody waiting, and never an approval that stands by itself', async () => {
      for (let pieces = 1; pieces <= PIECES_MAX; pieces += 1 + Math.floor(pieces / 8)) {
        const rig = await make();
        rig.core.present({ entry: 'chip', pin: true });
        rig.cutAfter(pieces);
        const talk = new Talk(rig);
        const outcome = await talk.start();
        if (outcome.kind === 'online-request') {
          const final = await talk.resume();
          expect(['accepted', 'refused']).toContain(final.kind);
          if (rig.reader.link === 'absent' && final.kind === 'refused') expect(final.reason).toBe('lost');
        } else expect(outcome).toEqual({ kind: 'failed', reason: 'lost' });
        rig.unplug();
        rig.replug();
        await rig.timers.advance(10_000);
        // The chip may still be played: it was never asked for.
        rig.core.present({ entry: 'contactless' });
        expect(await new Talk(rig).start()).toMatchObject({ kind: 'online-request' });
      }
    });

    test('stopped at any point: cancelled or read, and ready for the next', async () => {
      for (let waitMs = 0; waitMs <= 1_200; waitMs += 100) {
        const rig = await make();
        rig.core.present({ entry: 'chip', pin: true });
        const talk = new Talk(rig);
        const presented = rig.reader.start(REQUEST, () => undefined, talk.stop.signal);
        await rig.timers.advance(waitMs);
        talk.stop.abort();
        const outcome = await talk.ended(presented);
        expect(['cancelled', 'online-request']).toContain(outcome.kind);
        if (outcome.kind === 'online-request') await talk.resume(false);
        await rig.timers.advance(2_000);
        rig.core.present({ entry: 'contactless' });
        expect(cardOf(await new Talk(rig).start()).entry).toBe('contactless');
      }
    });
  });

  describe(`${name} after a lost link`, () => {
    const heldBy = async (options: Options, entry: 'chip' | 'contactless') => {
      const rig = await make(options);
      rig.core.present({ entry });
      cardOf(await new Talk(rig).start());
      rig.unplug();
      await rig.timers.advance(100);
      expect(await new Talk(rig).resume()).toEqual({ kind: 'refused', reason: 'lost' });
      rig.replug();
      await rig.timers.advance(2_000);
      return rig;
    };

    test('that kept its power still has the card: the answer is taken on the second try', async () => {
      const rig = await heldBy({ hasBattery: true }, 'chip');
      const talk = new Talk(rig);
      expect(await talk.ended(rig.reader.recover!(ORDER))).toEqual({ kind: 'waiting' });
      expect(await talk.resume()).toMatchObject({ kind: 'accepted' });
      expect(await talk.ended(rig.reader.recover!(ORDER))).toEqual({ kind: 'none' });
    });

    test('that lost its power takes no answer: the money is undone', async () => {
      const rig = await heldBy({}, 'chip');
      const talk = new Talk(rig);
      const memory = await talk.ended(rig.reader.recover!(ORDER));
      if (memory.kind === 'waiting') expect(await talk.resume()).toMatchObject({ kind: 'refused' });
      else expect(memory).toEqual({ kind: 'none' });
    });

    test('a contactless card has nothing more to say, so its approval stands', async () => {
      const rig = await heldBy({}, 'contactless');
      expect(await rig.reader.recover!(ORDER)).toEqual({ kind: 'final', final: { kind: 'accepted' } });
    });

    test('knows nothing of another order', async () => {
      const rig = await heldBy({ hasBattery: true }, 'chip');
      expect(await rig.reader.recover!('b'.repeat(32))).toEqual({ kind: 'none' });
    });
  });
}
