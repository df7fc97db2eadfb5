import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { ReplayGuard } from '../shared/replay-guard.ts';
import { type AlipayClient, createClient } from './client.ts';
import { readNotify } from './notify.ts';
import { signedByAlipay, TEST_CONFIG } from './testing/gateway.ts';

const FIELDS = {
  notify_id: 'n-1',
  app_id: TEST_CONFIG.appId,
  seller_id: TEST_CONFIG.sellerId,
  out_trade_no: '0123456789abcdef0123456789abcdef',
  trade_no: '42',
  trade_status: 'TRADE_SUCCESS',
  total_amount: '12.05',
};
const signed = (fields: Readonly<Record<string, string>>): string => {
  const text = Object.entries(fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
  return new URLSearchParams({ ...fields, sign: signedByAlipay(text), sign_type: 'RSA2' }).toString();
};

let client: AlipayClient;
let replays: ReplayGuard;
beforeAll(async () => {
  client = await createClient(TEST_CONFIG, { clock: new FakeClock() });
});
beforeEach(() => {
  replays = new ReplayGuard();
});
const take = (fields: Readonly<Record<string, string>>) =>
  readNotify({ headers: {}, body: signed(fields) }, { config: TEST_CONFIG, client, replays });

describe('a callback that is signed', () => {
  const { notify_id: _, ...nameless } = FIELDS;
  it.each<[string, Readonly<Record<string, string>>]>([
    ['without an id of its own', nameless],
    ['of nothing', { ...FIELDS, total_amount: '0.00' }],
    ['of less than nothing', { ...FIELDS, total_amount: '-1.00' }],
    ['of part of a fen', { ...FIELDS, total_amount: '1.005' }],
    ['about a refund of nothing', { ...FIELDS, refund_fee: '0.00' }],
    ['about a refund without an amount', { ...FIELDS, gmt_refund: '2026-11-22 12:10:00' }],
  ])('%s is refused, and uses up no id', (_name, fields) => {
    expect(take(fields)).toEqual({ refused: 'malformed' });
    expect(take(FIELDS)).toHaveProperty('notice');
  });

  it('has at most a hundred fields', () => {
    const filled = (size: number) => ({
      ...FIELDS,
      ...Object.fromEntries(Array.from({ length: size }, (_value, n) => [`x${n}`, '1'])),
    });
    const own = Object.keys(FIELDS).length + 2; // With its signature and the kind of it.
    expect(take(filled(100 - own))).toHaveProperty('notice');
    expect(take(filled(101 - own))).toEqual({ refused: 'malformed' });
  });

  it('about a refund says the amount of it, and whose it is when it has no number', () => {
    expect(take({ ...FIELDS, refund_fee: '5.00', out_biz_no: 'r1' })).toMatchObject({
      notice: { reference: 'r1', amount: 500, outcome: { state: 'unknown', reason: 'refund-notice' } },
    });
    const again = { ...FIELDS, notify_id: 'n-2', refund_fee: '5.00', gmt_refund: '2026-11-22 12:10:00' };
    expect(take(again)).toMatchObject({ notice: { reference: FIELDS.out_trade_no, amount: 500 } });
  });
});
