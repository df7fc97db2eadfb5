import { describe, expect, test } from 'vitest';
import { CardDataSchema } from '../../../domain/card-data.ts';
import { minor } from '../../../domain/money.ts';
import { KeptReader } from '../../kept/kept-reader.ts';
import type { CardPresented, CardRequest } from '../../ports.ts';
import type { Neo2ReaderOptions } from '../../simulators/neo2/reader.ts';
import { neo2Rig } from '../../testing/reader-rigs.ts';

const REQUEST: CardRequest = { amount: minor(1000), currency: 'CNY', purpose: 'sale', timeoutMs: 30_000 };

async function talk(options: Partial<Neo2ReaderOptions> = {}) {
  const rig = await neo2Rig(options);
  return {
    ...rig,
    start: async (amount = 1000, ms = 5_000): Promise<CardPresented> => {
      const request = { ...REQUEST, amount: minor(amount) };
      const presented = rig.reader.start(request, () => undefined, new AbortController().signal);
      await rig.timers.advance(ms);
      return presented;
    },
    resume: async (approved = true) => {
      const final = rig.reader.resume({ approved }, () => undefined);
      await rig.timers.advance(20_000);
      return final;
    },
  };
}

const cardOf = (outcome: CardPresented) => {
  if (outcome.kind !== 'online-request') throw new Error(JSON.stringify(outcome));
  return CardDataSchema.parse(outcome.card);
};

describe('a NEO2 reader', () => {
  test('tells its firmware, and is asked for its key before anybody presents a card', async () => {
    const { kept } = await talk();
    expect(kept.session?.health).toEqual({
      maker: 'ID TECH',
      model: 'VP3300',
      firmware: 'VP3300 NEO v1.01.165',
    });
    const without = await talk({ hasNoKey: true });
    expect(without.kept.session?.health?.refused).toBe('no-key');
    expect(await without.start()).toEqual({ kind: 'failed', reason: 'no-key' });
    expect(without.core.wantsCard).toBe(false);
  });

  test.each(['marked', 'separate'] as const)(
    'hands over the encrypted object 57 and the clear ones (%s)',
    async (format) => {
      const rig = await talk({ format });
      rig.core.present({ entry: 'chip', pin: true });
      const card = cardOf(await rig.start());
      expect(card).toMatchObject({
        entry: 'chip',
        layout: 'neo2-tag',
        sequence: '001',
        masked: '5413********0434',
      });
      expect(card.track).toHaveLength(48);
      expect(card.pin).toMatchObject({ ksn: card.ksn });
      expect(card.emv).toContain('9F0206000000001000');
      expect(card.emv).not.toMatch(/57A1|5A|DFEE/);
    },
  );

  test('a stripe comes in the frame of the swipe readers', async () => {
    const rig = await talk();
    rig.core.present({ entry: 'swipe' });
    expect(cardOf(await rig.start())).toMatchObject({
      entry: 'swipe',
      layout: 'track2',
      masked: '4761********0010',
    });
    expect(await rig.resume()).toEqual({ kind: 'accepted' });
  });

  test('that is off with the ordinary lengths, too, is refused', async () => {
    const rig = await talk({ encryption: 'off', format: 'separate' });
    rig.core.present({ entry: 'contactless' });
    expect(await rig.start()).toEqual({ kind: 'failed', reason: 'not-encrypted' });
  });

  test('a damaged answer is nobody’s: the dialogue ends in time, the next one works', async () => {
    const rig = await talk();
    rig.core.fault = 'bad-crc';
    rig.core.present({ entry: 'chip' });
    expect(await rig.start(1000, 60_000)).toMatchObject({ kind: 'failed', reason: 'timeout' });
    rig.core.present({ entry: 'chip' });
    expect(cardOf(await rig.start()).entry).toBe('chip');
    expect(await rig.resume()).toMatchObject({ kind: 'accepted' });
  });

  test('an answer to the host’s word that is lost has the money undone', async () => {
    const rig = await talk();
    rig.core.present({ entry: 'chip' });
    cardOf(await rig.start());
    const final = rig.reader.resume({ approved: true }, () => undefined);
    await rig.timers.advance(100);
    rig.core.fault = 'lost-answer';
    await rig.timers.advance(30_000);
    expect(await final).toEqual({ kind: 'refused', reason: 'timeout' });
  });

  test('the card of a payment before is not taken for another amount', async () => {
    const rig = await talk();
    rig.core.fault = 'late-result';
    rig.core.present({ entry: 'chip' });
    expect(await rig.start(1000, 60_000)).toMatchObject({ kind: 'failed' });
    rig.core.present({ entry: 'contactless' });
    expect(cardOf(await rig.start(2500)).emv).toContain('9F0206000000002500');
  });

  test('answers that come twice are one card', async () => {
    const rig = await talk();
    rig.core.fault = 'twice';
    rig.core.present({ entry: 'chip' });
    cardOf(await rig.start());
    expect(await rig.resume()).toMatchObject({ kind: 'accepted' });
  });

  test('is asked after a hiccup whether its chip has accepted already', async () => {
    const rig = await talk({ hasBattery: true });
    const orderKey = 'c'.repeat(32);
    rig.core.present({ entry: 'chip' });
    const presented = rig.reader.start(
      { ...REQUEST, orderKey },
      () => undefined,
      new AbortController().signal,
    );
    await rig.timers.advance(5_000);
    cardOf(await presented);
    const final = rig.reader.resume({ approved: true }, () => undefined);
    await rig.timers.advance(100);
    rig.unplug();
    await rig.timers.advance(1_000);
    expect(await final).toEqual({ kind: 'refused', reason: 'lost' });
    rig.replug();
    await rig.timers.advance(5_000);
    const memory = rig.reader.recover(orderKey);
    await rig.timers.advance(5_000);
    expect(await memory).toEqual({ kind: 'final', final: { kind: 'accepted' } });
  });

  test('that is still busy for the page before is stopped first', async () => {
    const rig = await talk({ hasBattery: true });
    void rig.reader.start(REQUEST, () => undefined, new AbortController().signal);
    await rig.timers.advance(1_000);
    rig.unplug();
    rig.replug();
    await rig.timers.advance(3_000);
    const reader = new KeptReader(rig.kept);
    const presented = reader.start(REQUEST, () => undefined, new AbortController().signal);
    await rig.timers.advance(2_000);
    rig.core.present({ entry: 'contactless' });
    await rig.timers.advance(5_000);
    expect(await presented).toMatchObject({ kind: 'online-request' });
  });
});
