import { describe, expect, test } from 'vitest';
import { CardDataSchema } from '../../../domain/card-data.ts';
import { minor } from '../../../domain/money.ts';
import { KeptReader } from '../../kept/kept-reader.ts';
import type { CardPresented, CardRequest, ReaderPrompt } from '../../ports.ts';
import type { MmsReaderOptions } from '../../simulators/mms/reader.ts';
import { mmsRig } from '../../testing/reader-rigs.ts';

const REQUEST: CardRequest = { amount: minor(1000), currency: 'CNY', purpose: 'sale', timeoutMs: 30_000 };

async function talk(options: Partial<MmsReaderOptions> = {}) {
  const rig = await mmsRig(options);
  const prompts: ReaderPrompt[] = [];
  const prompt = (each: ReaderPrompt) => prompts.push(each);
  const begin = () => rig.reader.start(REQUEST, prompt, new AbortController().signal);
  return {
    ...rig,
    prompts,
    begin,
    start: async (ms = 5_000): Promise<CardPresented | 'pending'> => {
      const presented = begin();
      await rig.timers.advance(ms);
      return Promise.race([presented, Promise.resolve('pending' as const)]);
    },
    resume: async (approved = true) => {
      const final = rig.reader.resume({ approved }, prompt);
      await rig.timers.advance(5_000);
      return final;
    },
  };
}

describe('an MMS reader', () => {
  test('tells its serial number and firmware, read by their place in its tree', async () => {
    const { kept } = await talk();
    expect(kept.session?.health).toEqual({
      maker: 'MagTek',
      model: 'DynaFlex II PED',
      serial: 'B603226',
      firmware: '1000007384-AL1',
    });
  });

  test('hands its container on as it is', async () => {
    const rig = await talk();
    const reports: string[] = [];
    rig.core.onReport((_, bytes) => reports.push(Buffer.from(bytes).toString('hex').toUpperCase()));
    rig.core.present({ entry: 'chip', pin: true });
    const outcome = await rig.start();
    if (outcome === 'pending' || outcome.kind !== 'online-request') throw new Error(JSON.stringify(outcome));
    const card = CardDataSchema.parse(outcome.card);
    expect(card).toMatchObject({ layout: 'mms-f8', scheme: 'dukpt-tdes', masked: '5413********0434' });
    expect(card.track).toMatch(/^F8/);
    expect(card.pin).toBeUndefined();
    const said = reports.map((report) =>
      report.slice(report.startsWith('01') ? 10 : report.startsWith('02') ? 6 : 4),
    );
    expect(said.join('')).toContain(card.track.slice(0, 100));
    expect(rig.prompts).toEqual(['present-card', 'present-card', 'processing', 'enter-pin']);
  });

  test('a card that is left inside must go before the next', async () => {
    const rig = await talk();
    rig.core.present({ entry: 'chip', stays: true });
    await rig.start();
    await rig.resume();
    expect(rig.prompts.at(-1)).toBe('remove-card');
    rig.prompts.length = 0;
    const next = rig.begin();
    await rig.timers.advance(3_000);
    expect(rig.prompts).toEqual(['remove-card']);
    expect(rig.core.wantsCard).toBe(false);
    rig.core.remove();
    await rig.timers.advance(1_000);
    expect(rig.prompts).toContain('present-card');
    rig.core.present({ entry: 'contactless' });
    await rig.timers.advance(3_000);
    expect(await next).toMatchObject({ kind: 'online-request' });
  });

  test.each(['contactless', 'swipe'] as const)(
    'a %s card whose reader ends by itself is accepted',
    async (entry) => {
      const rig = await talk({ endsAlone: true });
      rig.core.present({ entry });
      expect(await rig.start()).toMatchObject({ kind: 'online-request' });
      expect(await rig.resume()).toEqual({ kind: 'accepted' });
    },
  );

  test('two cards at once: try again', async () => {
    const rig = await talk();
    const presented = rig.begin();
    await rig.timers.advance(1_000);
    rig.core.present({ entry: 'contactless', fault: 'collision' });
    rig.core.present({ entry: 'contactless' });
    await rig.timers.advance(2_000);
    expect(await presented).toMatchObject({ kind: 'online-request' });
    expect(rig.prompts).toContain('try-again');
  });

  test('without a key is refused', async () => {
    const rig = await talk({ encryption: 'no-key' });
    rig.core.present({ entry: 'chip' });
    expect(await rig.start()).toEqual({ kind: 'failed', reason: 'no-key' });
    expect(rig.kept.session?.health?.refused).toBe('no-key');
  });

  test('with an empty battery says no at once', async () => {
    const rig = await talk();
    rig.core.fault = 'battery-low';
    expect(await rig.start()).toEqual({ kind: 'failed', reason: 'refused' });
  });

  test.each(['lost-response', 'late-response'] as const)(
    '%s: the dialogue fails, the next one works',
    async (fault) => {
      const rig = await talk();
      rig.core.fault = fault;
      expect(await rig.start()).toEqual({ kind: 'failed', reason: 'timeout' });
      await rig.timers.advance(5_000);
      const presented = rig.begin();
      await rig.timers.advance(3_000);
      rig.core.present({ entry: 'chip' });
      await rig.timers.advance(3_000);
      expect(await presented).toMatchObject({ kind: 'online-request' });
      expect(await rig.resume()).toMatchObject({ kind: 'accepted' });
    },
  );

  test('reports that come twice are one card', async () => {
    const rig = await talk();
    rig.core.fault = 'duplicate-reports';
    rig.core.present({ entry: 'chip' });
    expect(await rig.start()).toMatchObject({ kind: 'online-request' });
    expect(await rig.resume()).toMatchObject({ kind: 'accepted' });
  });

  test('half a card is none: the dialogue ends in time', async () => {
    const rig = await talk();
    rig.core.fault = 'cut-message';
    rig.core.present({ entry: 'chip' });
    expect(await rig.start(60_000)).toMatchObject({ kind: 'failed', reason: 'timeout' });
    rig.core.fault = undefined;
    rig.core.present({ entry: 'chip' });
    expect(await rig.start()).toMatchObject({ kind: 'online-request' });
  });

  test('that still held a card of the page before is stopped first', async () => {
    const rig = await talk({ hasBattery: true });
    rig.core.present({ entry: 'chip', stays: true });
    await rig.start();
    rig.unplug();
    rig.replug();
    await rig.timers.advance(2_000);
    const reader = new KeptReader(rig.kept);
    const presented = reader.start(REQUEST, () => undefined, new AbortController().signal);
    await rig.timers.advance(5_000);
    rig.core.present({ entry: 'contactless' });
    await rig.timers.advance(5_000);
    expect(await presented).toMatchObject({ kind: 'online-request', card: { entry: 'contactless' } });
  });
});
