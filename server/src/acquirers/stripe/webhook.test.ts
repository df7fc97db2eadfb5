import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { createStripe } from './adapter.ts';
import type { StripeConfig } from './config.ts';
import { dayBounds } from './statement.ts';

const CONFIG: StripeConfig = {
  secretKey: 'sk_test_not_a_key',
  webhookSecret: 'whsec_not_a_secret',
  readers: {},
  currencies: ['EUR'],
  timeZone: 'Europe/Berlin',
};
const REFERENCE = '0123456789abcdef0123456789abcdef';
const INTENT = {
  id: 'pi_1',
  object: 'payment_intent',
  amount: 1205,
  amount_received: 1205,
  currency: 'eur',
  metadata: { reference: REFERENCE },
  status: 'succeeded',
  latest_charge: 'ch_1',
};

async function receiver() {
  const clock = new FakeClock();
  const acquirer = await createStripe(CONFIG, { clock });
  const stripe = new Stripe(CONFIG.secretKey);
  const sign = (payload: string, secret = CONFIG.webhookSecret) =>
    stripe.webhooks.generateTestHeaderString({
      payload,
      secret,
      timestamp: Math.floor(clock.now() / 1000),
    });
  const take = (payload: string, signature = sign(payload)) =>
    acquirer.notice?.({ headers: { 'Stripe-Signature': signature }, body: payload });
  return { clock, sign, take };
}

const event = (object: object, wish: { id?: string; type?: string; livemode?: boolean } = {}): string =>
  JSON.stringify({
    id: wish.id ?? 'evt_1',
    object: 'event',
    type: wish.type ?? 'payment_intent.succeeded',
    livemode: wish.livemode ?? false,
    data: { object },
  });

describe('a callback', () => {
  it('tells what was paid, once', async () => {
    const { take } = await receiver();
    expect(await take(event(INTENT))).toMatchObject({
      notice: { reference: REFERENCE, amount: 1205, outcome: { state: 'approved' } },
    });
    expect(await take(event(INTENT))).toEqual({ refused: 'replayed' });
  });

  it('tells what was given back', async () => {
    const { take } = await receiver();
    const refund = {
      id: 're_1',
      object: 'refund',
      amount: 300,
      currency: 'eur',
      metadata: { reference: REFERENCE },
      status: 'succeeded',
      created: 1,
    };
    expect(await take(event(refund, { type: 'refund.updated' }))).toMatchObject({
      notice: { reference: REFERENCE, amount: 300, outcome: { state: 'approved' } },
    });
  });

  it('is refused when it is old, changed, signed by another, or not signed', async () => {
    const { take, sign, clock } = await receiver();
    const signature = sign(event(INTENT));
    expect(await take(event({ ...INTENT, amount: 1 }), signature)).toEqual({ refused: 'signature-invalid' });
    expect(await take(event(INTENT), sign(event(INTENT), 'whsec_other'))).toEqual({
      refused: 'signature-invalid',
    });
    expect(await take(event(INTENT), '')).toEqual({ refused: 'signature-invalid' });
    clock.advance(301_000);
    expect(await take(event(INTENT), signature)).toEqual({ refused: 'stale' });
  });

  it.each([
    ['of the live account at a test shop', event(INTENT, { livemode: true }), 'other-merchant'],
    ['of a payment that was not made here', event({ ...INTENT, metadata: {} }), 'other-merchant'],
    ['of a kind that nobody ordered', event(INTENT, { type: 'invoice.paid' }), 'malformed'],
    ['that is no JSON', 'hello', 'malformed'],
  ])('%s is refused', async (_name, body, refused) => {
    const { take } = await receiver();
    expect(await take(body)).toEqual({ refused });
  });
});

describe('a day', () => {
  it.each([
    ['2026-11-22', 'Europe/Berlin', 24],
    ['2026-10-25', 'Europe/Berlin', 25],
    ['2026-03-29', 'Europe/Berlin', 23],
    ['2026-11-01', 'America/New_York', 25],
    ['2026-11-22', 'Asia/Tokyo', 24],
  ])('%s in %s has %i hours', (day, zone, hours) => {
    const { gte, lt } = dayBounds(day, zone);
    expect((lt - gte) / 3600).toBe(hours);
    const shown = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    expect(shown.format(gte * 1000)).toBe(`${day} 00:00:00`);
  });
});
