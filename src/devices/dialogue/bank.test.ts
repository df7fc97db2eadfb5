import { expect, test } from 'vitest';
import { useAdapter } from '../../../server/src/acquirers/iso8583/testing/adapter-fixture.ts';
import { CardDataSchema } from '../../domain/card-data.ts';
import { minor } from '../../domain/money.ts';
import { holdsCardNumber } from '../codecs/card-scan/card-scan.ts';
import type { CardRequest } from '../ports.ts';
import { mmsRig, neo2Rig, neo2SerialRig } from '../testing/reader-rigs.ts';

/**
 * From the card to the bank and back: a simulated reader with the published test key, the driver, the server's adapter and a
 * bank that speaks ISO 8583. The number is clear in the reader and in the key module only.
 */
const shop = useAdapter();

const FAMILIES = [
  ['MMS', mmsRig],
  ['NEO2', neo2Rig],
  ['serial NEO2', neo2SerialRig],
  ['older NEO2', () => neo2Rig({ format: 'separate' })],
] as const;
const PLAYS = [
  { entry: 'chip', pin: true },
  { entry: 'chip', pin: false },
  { entry: 'contactless', pin: false },
  { entry: 'swipe', pin: false },
] as const;

const REQUEST: CardRequest = { amount: minor(1000), currency: 'CNY', purpose: 'sale', timeoutMs: 60_000 };

test.each(FAMILIES.flatMap(([name, make]) => PLAYS.map((play) => ({ name, make, play }))))(
  'a card by $play.entry (PIN: $play.pin) at a $name reader is paid',
  async ({ make, play }) => {
    const { reader, timers, core } = await make();
    core.present(play);
    const presented = reader.start(REQUEST, () => undefined, new AbortController().signal);
    await timers.advance(5_000);
    const outcome = await presented;
    if (outcome.kind !== 'online-request') throw new Error(JSON.stringify(outcome));
    // As it crosses the wire: nothing of the number but its ends.
    const card = CardDataSchema.parse(JSON.parse(JSON.stringify(outcome.card)));
    expect(holdsCardNumber(card.masked ?? '')).toBe(false);
    expect(JSON.stringify(card)).not.toMatch(/5413330089010434|4761739001010010/);

    const order = shop.order(1000, { card });
    const answer = await shop.bank.pay(order, shop.never);
    expect(shop.store.records.get(order.reference)?.fields[22]).toBe(
      `${{ swipe: '02', chip: '05', contactless: '07' }[play.entry]}${play.pin ? '1' : '2'}`,
    );
    expect(answer).toMatchObject({
      state: 'approved',
      approval: {
        card: play.entry === 'swipe' ? '476173******0010' : '541333******0434',
        entry: play.entry,
        signature: !play.pin,
      },
    });
    const emv = answer.state === 'approved' ? answer.emv : undefined;
    expect(emv !== undefined).toBe(play.entry !== 'swipe');
    if (answer.state === 'approved' && play.entry !== 'swipe') {
      expect(answer.approval.emv).toMatchObject({ aid: 'A0000000041010', label: 'MASTERCARD', aip: '3900' });
    }

    const final = reader.resume({ approved: true, ...(emv === undefined ? {} : { emv }) }, () => undefined);
    await timers.advance(5_000);
    expect(await final).toMatchObject({ kind: 'accepted' });
    expect(shop.net()).toBe(1000);
  },
);
