import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { createAlipay } from './adapter.ts';
import { signedByAlipay, TEST_CONFIG } from './testing/gateway.ts';

const REFERENCE = '0123456789abcdef0123456789abcdef';

describe('a callback', () => {
  const FIELDS = {
    notify_id: 'n-1',
    notify_type: 'trade_status_sync',
    app_id: TEST_CONFIG.appId,
    seller_id: TEST_CONFIG.sellerId,
    out_trade_no: REFERENCE,
    trade_no: '42',
    trade_status: 'TRADE_SUCCESS',
    total_amount: '12.05',
    subject: '咖啡 100% +1',
  };
  const signed = (fields: Record<string, string>, sign?: string): string => {
    const text = Object.entries(fields)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => `${name}=${value}`)
      .join('&');
    return new URLSearchParams({
      ...fields,
      sign: sign ?? signedByAlipay(text),
      sign_type: 'RSA2',
    }).toString();
  };

  async function receiver() {
    const acquirer = await createAlipay(TEST_CONFIG, { clock: new FakeClock() });
    return (body: string) => acquirer.notice?.({ headers: {}, body });
  }

  it('tells what was paid, once', async () => {
    const take = await receiver();
    expect(await take(signed(FIELDS))).toMatchObject({
      notice: { reference: REFERENCE, amount: 1205, outcome: { state: 'approved' } },
    });
    expect(await take(signed(FIELDS))).toEqual({ refused: 'replayed' });
  });

  it('about a refund only says that it is time to ask', async () => {
    const take = await receiver();
    const fields = { ...FIELDS, out_biz_no: 'r1', refund_fee: '5.00', gmt_refund: '2026-11-22 12:10:00' };
    expect(await take(signed(fields))).toMatchObject({
      notice: { reference: 'r1', outcome: { state: 'unknown', reason: 'refund-notice' } },
    });
  });

  it.each([
    ['with a wrong signature', signed(FIELDS, signedByAlipay('x')), 'signature-invalid'],
    ['without one', new URLSearchParams(FIELDS).toString(), 'signature-invalid'],
    ['with a changed amount', signed(FIELDS).replace('12.05', '99.05'), 'signature-invalid'],
    ['with a field that comes twice', `${signed(FIELDS)}&total_amount=99.00`, 'malformed'],
    ['of another app', signed({ ...FIELDS, app_id: '2021000000000002' }), 'other-merchant'],
    ['of another seller', signed({ ...FIELDS, seller_id: '2088000000000002' }), 'other-merchant'],
    ['without an amount', signed({ ...FIELDS, total_amount: '' }), 'malformed'],
    ['that is empty', '', 'malformed'],
  ])('%s is refused', async (_name, body, refused) => {
    const take = await receiver();
    expect(await take(body)).toEqual({ refused });
  });
});
