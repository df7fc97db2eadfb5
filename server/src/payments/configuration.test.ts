import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PaymentSettings } from '../config.ts';
import { FakeClock, seededRandom } from '../testing/fake-clock.ts';
import { FakeTimer } from '../testing/fake-timer.ts';
import { readConfigured } from './configuration.ts';
import { openPayments } from './open-payments.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoji-acquirers-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const SECRET = 'sk_live_do_not_repeat';
const STRIPE = {
  secretKey: SECRET,
  webhookSecret: 'whsec_x',
  readers: { A1: 'tmr_1' },
  currencies: ['EUR'],
  timeZone: 'Europe/Paris',
};
const clock = new FakeClock();
const nothing = (): Promise<never> => Promise.reject(new Error('not used'));
const world = {
  clock,
  random: seededRandom(1),
  timer: new FakeTimer(clock),
  // No acquirer of these tests reads or writes.
  database: { read: nothing, transaction: nothing, close: nothing },
  ownUrl: () => 'http://127.0.0.1:1/',
};
const settings = (change: Partial<PaymentSettings> = {}): PaymentSettings => ({
  file: join(folder, 'acquirers.json'),
  isFileNamed: false,
  demo: true,
  secret: (name) => (name === 'STRIPE_KEY' ? SECRET : undefined),
  ...change,
});
function write(content: object | string, mode = 0o600): void {
  const file = join(folder, 'acquirers.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  chmodSync(file, mode);
}
const stripe = (change: object = {}) => ({ acquirers: [{ id: 'stripe', config: { ...STRIPE, ...change } }] });

/** The sentence that the person at the console reads; it never holds the key. */
function sentenceOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const { message } = error as Error;
    expect(message).not.toContain(SECRET);
    return message;
  }
  throw new Error('it did not refuse');
}

describe('where the keys come from', () => {
  it('nothing configured means the sandbox hosts, and says so; or no electronic money when that is off', () => {
    expect(openPayments(settings(), world)).toMatchObject({
      registry: { demo: true },
      sentence: expect.stringContaining('DEMO'),
    });
    expect(openPayments(settings({ demo: false }), world)).toMatchObject({
      registry: { demo: false },
      sentence: expect.stringContaining('own cards only'),
    });
    write({ acquirers: [] });
    expect(openPayments(settings(), world).registry.demo).toBe(true);
  });

  it('real keys switch the sandbox off', async () => {
    write(stripe());
    const open = openPayments(settings(), world);
    expect([open.registry.demo, open.sandbox, open.sentence]).toEqual([
      false,
      undefined,
      'Payments: stripe. Real money moves.',
    ]);
    expect((await open.registry.of('m-0000000000')).byId('stripe')?.id).toBe('stripe');
  });

  it('a value may name a file beside it or a variable', () => {
    writeFileSync(join(folder, 'key.pem'), 'PEM', { mode: 0o600 });
    write(stripe({ secretKey: 'env:STRIPE_KEY', webhookSecret: 'file:key.pem' }));
    expect(readConfigured(settings())?.acquirers[0]?.config).toMatchObject({
      secretKey: SECRET,
      webhookSecret: 'PEM',
    });
  });

  it('the same JSON may come from the environment', () => {
    expect(readConfigured(settings({ json: JSON.stringify(stripe()) }))?.acquirers).toHaveLength(1);
  });

  it('an acquirer of one shop does not serve another', async () => {
    const [only] = stripe().acquirers;
    write({ acquirers: [{ ...only, merchant: 'm-AAAAAAAAAA' }] });
    const { registry } = openPayments(settings(), world);
    expect((await registry.of('m-AAAAAAAAAA')).byId('stripe')).toBeDefined();
    expect((await registry.of('m-BBBBBBBBBB')).byId('stripe')).toBeUndefined();
  });
});

describe('what is refused, in one sentence without a key', () => {
  it.each([
    ['a file that others may read', () => write(stripe(), 0o644), /others may read it.*chmod 600/],
    ['no JSON', () => write(`{"x": "${SECRET}"`), /is not JSON/],
    ['an unknown acquirer', () => write({ acquirers: [{ id: 'paypal', config: {} }] }), /acquirers\.0\.id/],
    ['a missing field', () => write(stripe({ readers: undefined })), /stripe: readers is missing/],
    ['an unknown field', () => write(stripe({ extra: 1 })), /stripe: /],
    ['a variable that is not set', () => write(stripe({ secretKey: 'env:NOPE' })), /NOPE, which is not set/],
    [
      'a key file that is not there',
      () => write(stripe({ secretKey: 'file:no.pem' })),
      /no\.pem cannot be read/,
    ],
  ])('%s', (_name, prepare, words) => {
    prepare();
    expect(sentenceOf(() => openPayments(settings(), world))).toMatch(words);
  });

  it('a named file that is not there, while the usual one may be missing', () => {
    expect(sentenceOf(() => openPayments(settings({ isFileNamed: true }), world))).toMatch(/no such file/);
  });

  it('a channel with callbacks when nobody knows where they go', () => {
    write({ acquirers: [{ id: 'wechatpay', config: { privateKey: SECRET } }] });
    expect(sentenceOf(() => openPayments(settings(), world))).toMatch(/PUBLIC_URL/);
    expect(sentenceOf(() => openPayments(settings({ publicUrl: 'https://pos.example.com' }), world))).toMatch(
      /wechatpay: \w+ is missing/,
    );
  });
});
