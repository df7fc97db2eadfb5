import { createVerify } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { minor } from '../../../../src/domain/money.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import type { Order } from '../acquirer.ts';
import { PATIENT, refundOrder, saleOrder } from '../shared/testing/orders.ts';
import { createAlipay } from './adapter.ts';
import {
  APP_PUBLIC,
  type Asked,
  signedByAlipay,
  startGateway,
  TEST_CONFIG,
  type Told,
} from './testing/gateway.ts';

const REFERENCE = '0123456789abcdef0123456789abcdef';
const ORDER = saleOrder({
  reference: REFERENCE,
  tender: 'alipay',
  method: 'customer-code',
  code: '2812345678901234567',
});
const CODE_SHOWN = saleOrder({ reference: REFERENCE, tender: 'alipay', method: 'shop-code' });

const TRADE = {
  code: '10000',
  msg: 'Success',
  out_trade_no: REFERENCE,
  trade_no: '2026112222001400000000000001',
  buyer_logon_id: '159****5620',
  total_amount: '12.05',
};
const PAID = { ...TRADE, trade_status: 'TRADE_SUCCESS', send_pay_date: '2026-11-22 12:00:01' };
const failed = (sub_code: string, code = '40004') => ({ body: { code, msg: 'm', sub_code, sub_msg: 's' } });

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function channel(answer: (asked: Asked) => Told) {
  const host = await startGateway(answer);
  stops.push(host.stop);
  const clock = new FakeClock();
  const acquirer = await createAlipay({ ...TEST_CONFIG, gateway: host.gateway }, { clock });
  return { acquirer, asked: host.asked, clock };
}

const always = (told: Told) => () => told;

describe('what is sent', () => {
  it('is signed by the application, in Beijing time, in yuan', async () => {
    const { acquirer, asked } = await channel(always({ body: TRADE }));
    await acquirer.pay(ORDER, PATIENT);
    const { sign = '', ...fields } = asked[0]?.fields ?? {};
    const text = Object.entries(fields)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    expect(createVerify('RSA-SHA256').update(text, 'utf8').verify(APP_PUBLIC, sign, 'base64')).toBe(true);
    expect(fields).toMatchObject({
      timestamp: '2026-11-22 12:00:00',
      sign_type: 'RSA2',
      notify_url: TEST_CONFIG.notifyUrl,
    });
    expect(asked[0]?.content).toMatchObject({
      out_trade_no: REFERENCE,
      scene: 'bar_code',
      auth_code: '2812345678901234567',
      total_amount: '12.05',
      timeout_express: '3m',
      terminal_id: 'A1',
    });
  });
});

describe('what is heard', () => {
  it('10000 for this order and amount is an approval', async () => {
    const { acquirer } = await channel(always({ body: { ...TRADE, gmt_payment: '2026-11-22 12:00:01' } }));
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual({
      state: 'approved',
      approval: {
        channelId: TRADE.trade_no,
        payer: '159****5620',
        merchantNumber: TEST_CONFIG.sellerId,
        paidAt: Date.UTC(2026, 10, 22, 4, 0, 1),
        demo: true,
      },
    });
  });

  it.each([
    ['another amount', { ...TRADE, total_amount: '12.04' }, 'amount-mismatch'],
    ['no amount', { ...TRADE, total_amount: undefined }, 'amount-mismatch'],
    ['another order', { ...TRADE, out_trade_no: 'x' }, 'other-order'],
    ['another seller', { ...TRADE, seller_id: '2088000000000002' }, 'other-merchant'],
    ['no order', { code: '10000' }, 'malformed-answer'],
  ])('10000 with %s is unknown', async (_name, body, reason) => {
    const { acquirer } = await channel(always({ body }));
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual({ state: 'unknown', reason });
  });

  it.each([
    ['10003', '', { state: 'waiting', reason: 'wait-buyer-pay' }],
    ['20000', 'ACQ.SYSTEM_ERROR', { state: 'unknown', reason: 'system-error' }],
    ['20000', 'isp.unknow-error', { state: 'unknown', reason: 'isp-unknow-error' }],
    ['40004', 'ACQ.SYSTEM_ERROR', { state: 'unknown', reason: 'system-error' }],
    ['40004', 'ACQ.TRADE_HAS_SUCCESS', { state: 'unknown', reason: 'trade-has-success' }],
    ['40004', 'ACQ.BUYER_BALANCE_NOT_ENOUGH', { state: 'declined', reason: 'buyer-balance-not-enough' }],
    ['40004', 'ACQ.PAYMENT_AUTH_CODE_INVALID', { state: 'declined', reason: 'payment-auth-code-invalid' }],
    [
      '40006',
      'isv.insufficient-isv-permissions',
      { state: 'declined', reason: 'isv-insufficient-isv-permissions' },
    ],
  ])('%s %s', async (code, sub, outcome) => {
    const { acquirer } = await channel(always(failed(sub, code)));
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual(outcome);
  });

  it.each([
    ['TRADE_SUCCESS', { state: 'approved' }],
    ['TRADE_FINISHED', { state: 'approved' }],
    ['WAIT_BUYER_PAY', { state: 'waiting' }],
    ['TRADE_CLOSED', { state: 'reversed' }],
    ['TRADE_TELEPORTED', { state: 'unknown', reason: 'trade-teleported' }],
    [undefined, { state: 'unknown', reason: 'malformed-answer' }],
  ])('an inquiry that says %s', async (trade_status, outcome) => {
    const { acquirer } = await channel(always({ body: { ...PAID, trade_status } }));
    expect(await acquirer.query(ORDER, PATIENT)).toMatchObject(outcome);
  });

  it('a trade that is not there is not-found; a shown code waits for its scan', async () => {
    const { acquirer } = await channel(always(failed('ACQ.TRADE_NOT_EXIST')));
    expect(await acquirer.query(ORDER, PATIENT)).toEqual({ state: 'not-found' });
    expect(await acquirer.query(CODE_SHOWN, PATIENT)).toEqual({ state: 'waiting', reason: 'not-scanned' });
  });
});

describe('what is not believed', () => {
  it.each<[string, Told, string]>([
    ['without a signature', { body: TRADE, sign: false }, 'bad-signature'],
    ['with the signature of another text', { body: TRADE, sign: signedByAlipay('{}') }, 'bad-signature'],
    [
      'that refuses without a signature',
      { ...failed('ACQ.BUYER_BALANCE_NOT_ENOUGH'), sign: false },
      'bad-signature',
    ],
    [
      'by way of the error envelope',
      { raw: '{"error_response":{"code":"40004","sub_code":"x"}}' },
      'gateway-x',
    ],
    ['that is no JSON', { raw: '<html>' }, 'malformed-answer'],
    [
      'about another method',
      { raw: '{"other_response":{"code":"10000"},"sign":"AAAA"}' },
      'malformed-answer',
    ],
    ['with an HTTP error', { body: TRADE, status: 502 }, 'no-answer'],
    ['cut off', 'hang-up', 'no-answer'],
  ])('an answer %s', async (_name, told, reason) => {
    const { acquirer } = await channel(always(told));
    expect(await acquirer.pay(ORDER, PATIENT)).toEqual({ state: 'unknown', reason });
  });

  it('silence, beyond the signal', async () => {
    const { acquirer } = await channel(always('silence'));
    expect(await acquirer.pay(ORDER, AbortSignal.timeout(20))).toEqual({
      state: 'unknown',
      reason: 'no-answer',
    });
  });
});

describe('undoing', () => {
  const cancelled = (fields: object) => ({ body: { code: '10000', out_trade_no: REFERENCE, ...fields } });

  it.each([
    ['close', 'N', { state: 'reversed' }],
    ['refund', 'N', { state: 'reversed' }],
    ['close', 'Y', { state: 'unknown', reason: 'reverse-needs-retry' }],
  ])('a cancel with action %s and retry flag %s', async (action, retry_flag, outcome) => {
    const { acquirer } = await channel(always(cancelled({ action, retry_flag })));
    expect(await acquirer.reverse(ORDER, 'window', PATIENT)).toEqual(outcome);
  });

  it('asks again after a system error, and says not-found for an unknown trade', async () => {
    const busy = await channel(always(failed('ACQ.SYSTEM_ERROR', '20000')));
    expect(await busy.acquirer.reverse(ORDER, 'window', PATIENT)).toMatchObject({
      reason: 'reverse-needs-retry',
    });
    const absent = await channel(always(failed('ACQ.TRADE_NOT_EXIST')));
    expect(await absent.acquirer.reverse(ORDER, 'window', PATIENT)).toEqual({ state: 'not-found' });
  });

  it('a cancel that comes too late is answered by the state of the trade', async () => {
    const { acquirer } = await channel(({ method }) =>
      method === 'alipay.trade.query' ? { body: PAID } : failed('ACQ.TRADE_CANCEL_TIME_OUT'),
    );
    expect(await acquirer.reverse(ORDER, 'window', PATIENT)).toMatchObject({ state: 'approved' });
  });

  it('closing tells when it was paid in the last moment, and cancels a code that nobody scanned', async () => {
    const paid = await channel(({ method }) =>
      method === 'alipay.trade.query' ? { body: PAID } : failed('ACQ.REASON_TRADE_STATUS_INVALID'),
    );
    expect(await paid.acquirer.close(CODE_SHOWN, PATIENT)).toMatchObject({ state: 'approved' });
    const unscanned = await channel(({ method }) =>
      method === 'alipay.trade.cancel' ? cancelled({ retry_flag: 'N' }) : failed('ACQ.TRADE_NOT_EXIST'),
    );
    expect(await unscanned.acquirer.close(CODE_SHOWN, PATIENT)).toEqual({ state: 'reversed' });
    expect(unscanned.asked.map(({ method }) => method)).toEqual([
      'alipay.trade.close',
      'alipay.trade.cancel',
    ]);
  });
});

describe('giving back', () => {
  const back = refundOrder(ORDER, 'a'.repeat(32), minor(500), { channelId: '42' });
  const refunded = (fields: object) => ({
    body: { code: '10000', out_trade_no: REFERENCE, trade_no: '42', refund_fee: '5.00', ...fields },
  });
  const state = (fields: object) => ({
    body: { code: '10000', out_trade_no: REFERENCE, out_request_no: back.reference, ...fields },
  });

  it('money that moved is an approval; the amount said is everything given back so far', async () => {
    const { acquirer, asked } = await channel(always(refunded({ fund_change: 'Y', refund_fee: '9.00' })));
    expect(await acquirer.refund(back, PATIENT)).toMatchObject({ state: 'approved' });
    expect(asked[0]?.content).toMatchObject({ out_request_no: back.reference, refund_amount: '5.00' });
  });

  it.each(['4.99', '12.06', 'much'])('%s given back cannot be this refund', async (refund_fee) => {
    const { acquirer } = await channel(always(refunded({ fund_change: 'Y', refund_fee })));
    expect(await acquirer.refund(back, PATIENT)).toEqual({ state: 'unknown', reason: 'amount-mismatch' });
  });

  it.each<[string, object, object]>([
    ['done', { refund_status: 'REFUND_SUCCESS', refund_amount: '5.00' }, { state: 'approved' }],
    [
      'another amount',
      { refund_status: 'REFUND_SUCCESS', refund_amount: '4.00' },
      { reason: 'amount-mismatch' },
    ],
    [
      'under way',
      { refund_status: 'REFUND_PROCESSING', refund_amount: '5.00' },
      { reason: 'refund-processing' },
    ],
    ['accepted', {}, { state: 'waiting', reason: 'refund-processing' }],
  ])('when nothing moved now, the state of the refund decides: %s', async (_name, fields, outcome) => {
    const { acquirer } = await channel(({ method }) =>
      method === 'alipay.trade.refund' ? refunded({ fund_change: 'N' }) : state(fields),
    );
    expect(await acquirer.refund(back, PATIENT)).toMatchObject(outcome);
    expect(await acquirer.reverse(back, 'window', PATIENT)).toMatchObject(outcome);
  });

  it('one that Alipay does not know is not-found, and one that it just took is under way', async () => {
    const { acquirer } = await channel(({ method }) =>
      method === 'alipay.trade.refund' ? refunded({ fund_change: 'N' }) : { body: { code: '10000' } },
    );
    expect(await acquirer.query(back, PATIENT)).toEqual({ state: 'not-found' });
    expect(await acquirer.refund(back, PATIENT)).toEqual({ state: 'waiting', reason: 'refund-processing' });
  });

  it('cannot be asked about without its sale', async () => {
    const { acquirer } = await channel(always('hang-up'));
    const { original: _original, ...rest } = back;
    const lost: Order = rest;
    expect(await acquirer.query(lost, PATIENT)).toEqual({ state: 'unknown', reason: 'not-carried' });
  });
});

it('a second answer behind the signed one is not read', async () => {
  const { acquirer } = await channel(({ method }) => {
    const key = `${method.replaceAll('.', '_')}_response`;
    const honest = JSON.stringify({ code: '40004', sub_code: 'ACQ.BUYER_BALANCE_NOT_ENOUGH' });
    const forged = JSON.stringify({ ...TRADE, padding: 'x'.repeat(500) });
    return { raw: `{"${key}":${honest},"sign":"${signedByAlipay(honest)}","${key}":${forged}}` };
  });
  expect((await acquirer.pay(ORDER, PATIENT)).state).not.toBe('approved');
});
