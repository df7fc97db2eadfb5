import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { ReplayGuard } from '../shared/replay-guard.ts';
import type { StripeConfig } from './config.ts';
import { readWebhook } from './webhook.ts';

const REFERENCE = '0123456789abcdef0123456789abcdef';
const CONFIG: StripeConfig = {
  secretKey: 'sk_test_not_a_key',
  webhookSecret: 'whsec_not_a_secret',
  readers: {},
  currencies: ['EUR'],
  timeZone: 'Europe/Berlin',
};
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
const REFUND = {
  id: 're_1',
  object: 'refund',
  amount: 300,
  currency: 'eur',
  metadata: { reference: REFERENCE },
  status: 'succeeded',
  created: 1,
};

function receiver(change: Partial<StripeConfig> = {}) {
  const clock = new FakeClock();
  const config = { ...CONFIG, ...change };
  const stripe = new Stripe(CONFIG.secretKey);
  const reader = { config, stripe, clock, replays: new ReplayGuard() };
  const sign = (payload: string, secondsAgo = 0): string =>
    stripe.webhooks.generateTestHeaderString({
      payload,
      secret: CONFIG.webhookSecret,
      timestamp: Math.floor(clock.now() / 1000) - secondsAgo,
    });
  const take = (type: string, object: object, livemode = false) => {
    const body = JSON.stringify({ id: 'evt_1', object: 'event', type, livemode, data: { object } });
    return readWebhook({ headers: { 'STRIPE-Signature': sign(body) }, body }, reader);
  };
  return { reader, sign, take };
}

describe('what a callback is about', () => {
  it.each([
    ['payment_intent.succeeded', INTENT, { amount: 1205, outcome: { state: 'approved' } }],
    [
      'payment_intent.canceled',
      { ...INTENT, status: 'canceled' },
      { amount: 1205, outcome: { state: 'reversed' } },
    ],
    [
      'payment_intent.amount_capturable_updated',
      { ...INTENT, status: 'requires_capture', amount_capturable: 1205, amount_received: 0 },
      { amount: 1205, outcome: { state: 'approved' } },
    ],
    ['refund.created', REFUND, { amount: 300, outcome: { state: 'approved' } }],
    ['refund.updated', REFUND, { amount: 300, outcome: { state: 'approved' } }],
    ['refund.failed', { ...REFUND, status: 'failed' }, { amount: 300 }],
  ])('%s', (type, object, notice) => {
    expect(receiver().take(type, object)).toMatchObject({ notice: { reference: REFERENCE, ...notice } });
  });

  it('a payment that is still under way waits', () => {
    expect(receiver().take('payment_intent.succeeded', { ...INTENT, status: 'processing' })).toMatchObject({
      notice: { outcome: { state: expect.stringMatching(/waiting|unknown/) } },
    });
  });
});

describe('whose it is', () => {
  it.each([
    ['payment_intent.succeeded', { ...INTENT, metadata: null }],
    ['payment_intent.succeeded', { ...INTENT, currency: 'xyz' }],
    ['payment_intent.succeeded', { ...INTENT, currency: 'tostring' }],
    ['refund.updated', { ...REFUND, metadata: {} }],
  ])('%s that was not made here is refused', (type, object) => {
    expect(receiver().take(type, object)).toEqual({ refused: 'other-merchant' });
  });

  it.each([
    ['sk_live_x', true, true],
    ['rk_live_x', true, true],
    ['sk_test_x', true, false],
    ['sk_live_x', false, false],
    ['x_sk_live_x', true, false],
  ])('a shop with the key %s takes what is live=%s: %s', (secretKey, livemode, isTaken) => {
    const heard = receiver({ secretKey }).take('payment_intent.succeeded', INTENT, livemode);
    if (isTaken) expect(heard).toHaveProperty('notice');
    else expect(heard).toEqual({ refused: 'other-merchant' });
  });
});

it('a callback that was refused does not use up its id', () => {
  const { take } = receiver();
  expect(take('payment_intent.succeeded', { ...INTENT, metadata: {} })).toEqual({
    refused: 'other-merchant',
  });
  expect(take('payment_intent.succeeded', INTENT)).toHaveProperty('notice');
  expect(take('payment_intent.succeeded', INTENT)).toEqual({ refused: 'replayed' });
});

describe('a signature', () => {
  const body = JSON.stringify({
    id: 'evt_1',
    object: 'event',
    type: 'payment_intent.succeeded',
    livemode: false,
    data: { object: INTENT },
  });
  it('is needed', () => {
    const { reader, sign } = receiver();
    expect(
      readWebhook({ headers: { other: 'x', 'stripe-signature': sign(body) }, body }, reader),
    ).toHaveProperty('notice');
    expect(readWebhook({ headers: { other: 'x' }, body }, reader)).toEqual({
      refused: 'signature-invalid',
    });
  });
  it.each([
    [300, 'notice'],
    [301, 'refused'],
  ])('of %i seconds ago: %s', (secondsAgo, outcome) => {
    const { reader, sign } = receiver();
    const heard = readWebhook({ headers: { 'stripe-signature': sign(body, secondsAgo) }, body }, reader);
    expect(heard).toHaveProperty(outcome);
    if (outcome === 'refused') expect(heard).toEqual({ refused: 'stale' });
  });
  it('of something that is no JSON proves nothing', () => {
    const { reader, sign } = receiver();
    expect(readWebhook({ headers: { 'stripe-signature': sign('hello') }, body: 'hello' }, reader)).toEqual({
      refused: 'malformed',
    });
  });
});
