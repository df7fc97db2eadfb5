import { createVerify } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { minor } from '../../../../src/domain/money.ts';
import { FakeClock, seededRandom } from '../../testing/fake-clock.ts';
import { PATIENT, refundOrder, saleOrder } from '../shared/testing/orders.ts';
import { createWechatpay } from './adapter.ts';
import { MERCHANT_PUBLIC, type Said, type Seen, signedFetch, TEST_CONFIG } from './testing/signed-host.ts';

const REFERENCE = '0123456789abcdef0123456789abcdef';
const ORDER = saleOrder({
  reference: REFERENCE,
  tender: 'wechat',
  method: 'customer-code',
  code: '134567890123456789',
});
const CODE_SHOWN = saleOrder({ reference: REFERENCE, tender: 'wechat', method: 'shop-code' });

const PAID = {
  appid: TEST_CONFIG.appId,
  mchid: TEST_CONFIG.merchantId,
  out_trade_no: REFERENCE,
  transaction_id: '4200000000202611220000000001',
  trade_type: 'MICROPAY',
  trade_state: 'SUCCESS',
  bank_type: 'CMC',
  success_time: '2026-11-22T12:00:01+08:00',
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  amount: { total: 1205, payer_total: 1205, currency: 'CNY' },
};

async function channel(answer: (seen: Seen) => Said) {
  const clock = new FakeClock();
  const host = signedFetch(clock, answer);
  const acquirer = await createWechatpay(TEST_CONFIG, { clock, random: seededRandom(1), fetch: host.fetch });
  return { acquirer, seen: host.seen, clock };
}

const says = (status: number, body?: object, headers?: Record<string, string>) => () => ({
  status,
  ...(body === undefined ? {} : { body }),
  ...(headers === undefined ? {} : { headers }),
});

describe('what is sent', () => {
  it('signs method, path with query, time, nonce and body with the merchant key', async () => {
    const { acquirer, seen, clock } = await channel(says(200, PAID));
    await acquirer.pay(ORDER, PATIENT);
    const [request] = seen;
    const fields = Object.fromEntries(
      [...(request?.authorization ?? '').matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [
        name,
        value,
      ]),
    );
    expect(fields['mchid']).toBe(TEST_CONFIG.merchantId);
    expect(fields['serial_no']).toBe(TEST_CONFIG.merchantSerial);
    expect(Number(fields['timestamp'])).toBe(Math.floor(clock.now() / 1000));
    const text = `POST\n/v3/pay/transactions/codepay\n${fields['timestamp']}\n${fields['nonce_str']}\n${request?.body}\n`;
    const signed = createVerify('RSA-SHA256').update(text);
    expect(signed.verify(MERCHANT_PUBLIC, fields['signature'] ?? '', 'base64')).toBe(true);
    expect(JSON.parse(request?.body ?? '')).toMatchObject({
      out_trade_no: REFERENCE,
      amount: { total: 1205, currency: 'CNY' },
      payer: { auth_code: '134567890123456789' },
      scene_info: { device_id: 'A1' },
    });
  });

  it('asks by our own reference and names the merchant in the query', async () => {
    const { acquirer, seen } = await channel(says(200, PAID));
    await acquirer.query(ORDER, PATIENT);
    expect(seen[0]?.method).toBe('GET');
    expect(`${seen[0]?.url.pathname}${seen[0]?.url.search}`).toBe(
      `/v3/pay/transactions/out-trade-no/${REFERENCE}?mchid=1900000001`,
    );
  });
});

describe('what is heard', () => {
  it('a signed success for this order and amount is an approval with what a slip needs', async () => {
    const { acquirer } = await channel(says(200, PAID));
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual({
      state: 'approved',
      approval: {
        channelId: '4200000000202611220000000001',
        payer: 'oUp***6o',
        merchantNumber: '1900000001',
        issuer: 'CMC',
        paidAt: Date.UTC(2026, 10, 22, 4, 0, 1),
        demo: true,
      },
    });
  });

  it.each([
    ['another amount', { ...PAID, amount: { total: 1204, currency: 'CNY' } }, 'amount-mismatch'],
    ['no amount', { ...PAID, amount: undefined }, 'amount-mismatch'],
    ['another currency', { ...PAID, amount: { total: 1205, currency: 'HKD' } }, 'amount-mismatch'],
    ['another merchant', { ...PAID, mchid: '1900000002' }, 'other-merchant'],
    ['another app', { ...PAID, appid: 'wx2' }, 'other-merchant'],
    ['another order', { ...PAID, out_trade_no: 'f'.repeat(32) }, 'other-order'],
    ['a state from the future', { ...PAID, trade_state: 'TELEPORTED' }, 'teleported'],
    ['no state', { mchid: TEST_CONFIG.merchantId }, 'malformed-answer'],
  ])('a signed success with %s is unknown', async (_name, body, reason) => {
    const { acquirer } = await channel(says(200, body));
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual({ state: 'unknown', reason });
  });

  it.each([
    ['USERPAYING', { state: 'waiting', reason: 'userpaying' }],
    ['NOTPAY', { state: 'waiting', reason: 'notpay' }],
    ['PAYERROR', { state: 'declined', reason: 'payerror' }],
    ['CLOSED', { state: 'reversed' }],
    ['REVOKED', { state: 'reversed' }],
  ])('the state %s is heard as it is', async (trade_state, outcome) => {
    const { acquirer } = await channel(says(200, { ...PAID, trade_state }));
    expect(await acquirer.query(ORDER, PATIENT)).toEqual(outcome);
  });

  it.each([
    [400, 'AUTH_CODE_EXPIRED', { state: 'declined', reason: 'auth-code-expired' }],
    [403, 'NOTENOUGH', { state: 'declined', reason: 'notenough' }],
    [403, 'RULE_LIMIT', { state: 'declined', reason: 'rule-limit' }],
    [202, 'USERPAYING', { state: 'waiting', reason: 'userpaying' }],
    [400, 'USER_PAYING', { state: 'waiting', reason: 'userpaying' }],
    [500, 'SYSTEM_ERROR', { state: 'unknown', reason: 'system-error' }],
    [500, 'BANK_ERROR', { state: 'unknown', reason: 'bank-error' }],
    [429, 'FREQUENCY_LIMITED', { state: 'unknown', reason: 'frequency-limited' }],
    [403, 'OUT_TRADE_NO_USED', { state: 'unknown', reason: 'out-trade-no-used' }],
    [400, 'INVALID_REQUEST', { state: 'unknown', reason: 'invalid-request' }],
    [400, 'BRAND_NEW_CODE', { state: 'unknown', reason: 'brand-new-code' }],
  ])('status %i with %s', async (status, code, outcome) => {
    const { acquirer } = await channel(says(status, { code, message: 'm' }));
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual(outcome);
  });

  it('an inquiry about an order that is not there is not-found, and any other error decides nothing', async () => {
    const absent = await channel(says(404, { code: 'ORDER_NOT_EXIST' }));
    expect(await absent.acquirer.query(ORDER, PATIENT)).toEqual({ state: 'not-found' });
    const refused = await channel(says(403, { code: 'NOTENOUGH' }));
    expect(await refused.acquirer.query(ORDER, PATIENT)).toEqual({ state: 'unknown', reason: 'notenough' });
  });
});

describe('what is not believed', () => {
  it.each([
    ['a wrong signature', { 'Wechatpay-Signature': Buffer.alloc(256).toString('base64') }],
    ['an unknown key', { 'Wechatpay-Serial': 'OTHER' }],
    ['another time than was signed', { 'Wechatpay-Timestamp': '1' }],
  ])('neither a success nor a refusal with %s', async (_name, headers) => {
    const yes = await channel(says(200, PAID, headers));
    expect(await yes.acquirer.pay(ORDER, PATIENT)).toEqual({ state: 'unknown', reason: 'bad-signature' });
    const no = await channel(says(403, { code: 'NOTENOUGH' }, headers));
    expect(await no.acquirer.pay(ORDER, PATIENT)).toEqual({ state: 'unknown', reason: 'bad-signature' });
  });

  it('an answer that was signed six minutes ago', async () => {
    const { acquirer } = await channelLate(6 * 60_000);
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual({ state: 'unknown', reason: 'bad-signature' });
    const fresh = await channelLate(4 * 60_000);
    expect(await fresh.acquirer.pay(ORDER, PATIENT)).toMatchObject({ state: 'approved' });
  });

  it('a broken line is no answer, and so is a signal that fires', async () => {
    const clock = new FakeClock();
    const acquirer = await createWechatpay(TEST_CONFIG, {
      clock,
      random: seededRandom(1),
      fetch: async (input, init) => {
        if (new Request(input, init).method === 'GET') throw new TypeError('fetch failed');
        return new Promise(() => {}); // Not even the signal wakes it.
      },
    });
    expect(await acquirer.query(ORDER, PATIENT)).toEqual({ state: 'unknown', reason: 'no-answer' });
    expect(await acquirer.pay(ORDER, AbortSignal.timeout(5))).toEqual({
      state: 'unknown',
      reason: 'no-answer',
    });
  });
});

async function channelLate(lateMs: number) {
  const signedAt = new FakeClock();
  const host = signedFetch(signedAt, says(200, PAID));
  const now = new FakeClock(signedAt.now() + lateMs);
  return {
    acquirer: await createWechatpay(TEST_CONFIG, { clock: now, random: seededRandom(1), fetch: host.fetch }),
  };
}

describe('undoing', () => {
  it('a revoke that WeChat Pay confirms is reversed, and the same request each time', async () => {
    const { acquirer, seen } = await channel(
      says(200, { mchid: TEST_CONFIG.merchantId, out_trade_no: REFERENCE }),
    );
    expect(await acquirer.reverse(ORDER, 'no-answer', PATIENT)).toEqual({ state: 'reversed' });
    await acquirer.reverse(ORDER, 'operator', PATIENT);
    expect(seen[0]?.url.pathname).toBe(`/v3/pay/transactions/out-trade-no/${REFERENCE}/reverse`);
    expect(seen[1]?.body).toBe(seen[0]?.body);
  });

  it.each(['USERPAYING', 'SYSTEM_ERROR', 'BANK_ERROR'])('%s asks for the same revoke again', async (code) => {
    const { acquirer } = await channel(says(500, { code }));
    expect(await acquirer.reverse(ORDER, 'window', PATIENT)).toEqual({
      state: 'unknown',
      reason: 'reverse-needs-retry',
    });
  });

  it('a revoke that comes too late is answered by the state of the order', async () => {
    const { acquirer } = await channel(({ method }) =>
      method === 'POST' ? { status: 400, body: { code: 'REVERSE_EXPIRE' } } : { status: 200, body: PAID },
    );
    expect(await acquirer.reverse(ORDER, 'window', PATIENT)).toMatchObject({ state: 'approved' });
  });

  it('closing a shown code that was paid in the last moment tells that it was paid', async () => {
    const { acquirer } = await channel(({ method }) =>
      method === 'POST' ? { status: 400, body: { code: 'ORDER_PAID' } } : { status: 200, body: PAID },
    );
    expect(await acquirer.close(CODE_SHOWN, PATIENT)).toMatchObject({ state: 'approved' });
    const unpaid = await channel(says(204));
    expect(await unpaid.acquirer.close(CODE_SHOWN, PATIENT)).toEqual({ state: 'reversed' });
  });

  it('a shown code comes with its text and its end', async () => {
    const { acquirer, seen, clock } = await channel(says(200, { code_url: 'weixin://wxpay/bizpayurl?pr=1' }));
    expect(await acquirer.pay(CODE_SHOWN, PATIENT)).toEqual({
      state: 'waiting',
      reason: 'notpay',
      code: { text: 'weixin://wxpay/bizpayurl?pr=1', expiresAt: clock.now() + 120_000 },
    });
    expect(JSON.parse(seen[0]?.body ?? '')['time_expire']).toBe('2026-11-22T12:02:00+08:00');
  });
});

describe('giving back', () => {
  const back = refundOrder(ORDER, 'a'.repeat(32), minor(500), { channelId: '42' });
  const refund = (status: string, refunded = 500) => ({
    refund_id: '50',
    out_refund_no: back.reference,
    out_trade_no: REFERENCE,
    status,
    amount: { refund: refunded, total: 1205, currency: 'CNY' },
  });

  it.each([
    ['SUCCESS', 500, { state: 'approved' }],
    ['PROCESSING', 500, { state: 'waiting', reason: 'refund-processing' }],
    ['CLOSED', 500, { state: 'declined', reason: 'refund-closed' }],
    ['ABNORMAL', 500, { state: 'unknown', reason: 'refund-abnormal' }],
    ['SUCCESS', 600, { state: 'unknown', reason: 'amount-mismatch' }],
  ])('%s of %i fen', async (status, refunded, outcome) => {
    const { acquirer, seen } = await channel(says(200, refund(status, refunded)));
    expect(await acquirer.refund(back, PATIENT)).toMatchObject(outcome);
    expect(await acquirer.query(back, PATIENT)).toMatchObject(outcome);
    expect(JSON.parse(seen[0]?.body ?? '')).toMatchObject({
      out_trade_no: REFERENCE,
      out_refund_no: back.reference,
      amount: { refund: 500, total: 1205, currency: 'CNY' },
    });
  });

  it('a refund is never undone, only asked about', async () => {
    const { acquirer, seen } = await channel(says(404, { code: 'RESOURCE_NOT_EXISTS' }));
    expect(await acquirer.reverse(back, 'window', PATIENT)).toEqual({ state: 'not-found' });
    expect(seen.every(({ method }) => method === 'GET')).toBe(true);
  });
});
