import { beforeEach, describe, expect, test } from 'vitest';
import { MAGIC_BASE } from '../amount-table.ts';
import { useSandbox } from '../testing/sandbox-fixture.ts';
import { WechatClient } from '../testing/wechat-client.ts';

const all = useSandbox();
let shop: WechatClient;
beforeEach(() => {
  shop = new WechatClient(all.sandbox.wechatpay, all.now);
});

describe('signatures', () => {
  test.each([
    [
      'a changed signature',
      (text: string) =>
        text.replace(/signature="(.)/, (_, first) => `signature="${first === 'A' ? 'B' : 'A'}`),
    ],
    ['another merchant', (text: string) => text.replace(/mchid="\d+"/, 'mchid="1900000108"')],
    ['another serial', (text: string) => text.replace(/serial_no="\w/, 'serial_no="Z')],
    ['another nonce', (text: string) => text.replace(/nonce_str="./, 'nonce_str="-')],
    ['an old time stamp', (text: string) => text.replace(/timestamp="\d{7}/, 'timestamp="1795000')],
    ['another scheme', (text: string) => text.replace('WECHATPAY2', 'WECHATPAY1')],
    ['nothing', () => ''],
  ])('%s is refused with SIGN_ERROR, which is signed itself', async (_, tamper) => {
    shop.tamper = tamper;
    const reply = await shop.codepay('ORDER-1', 1_250);
    expect(reply).toMatchObject({ status: 401, body: { code: 'SIGN_ERROR' }, verified: true });
    expect(all.books()).toEqual([]);
  });

  test('a request 5 minutes and a second old is refused', async () => {
    const late = new WechatClient(all.sandbox.wechatpay, () => all.now() - 301_000);
    expect((await late.query('ORDER-1')).status).toBe(401);
    const justInTime = new WechatClient(all.sandbox.wechatpay, () => all.now() - 300_000);
    expect((await justInTime.query('ORDER-1')).status).toBe(404);
  });
});

describe('a scanned code', () => {
  test('is paid at once and the order says so by both numbers', async () => {
    const reply = await shop.codepay('ORDER-1', 1_250);
    expect(reply).toMatchObject({
      status: 200,
      verified: true,
      body: {
        out_trade_no: 'ORDER-1',
        trade_state: 'SUCCESS',
        trade_type: 'MICROPAY',
        amount: { total: 1_250, payer_total: 1_250 },
      },
    });
    expect((await shop.query('ORDER-1')).body).toEqual(reply.body);
    const id = String(reply.body['transaction_id']);
    const byId = await shop.call('GET', `/v3/pay/transactions/id/${id}?mchid=${all.sandbox.wechatpay.mchid}`);
    expect(byId.body).toEqual(reply.body);
    expect(all.books()).toMatchObject([
      { host: 'wechatpay', order: 'ORDER-1', state: 'paid', net: 1_250, providerId: id },
    ]);
  });

  test('works once: for another order it is invalid; the same request again is the same order', async () => {
    const first = await shop.codepay('ORDER-1', 1_250);
    expect((await shop.codepay('ORDER-1', 1_250)).body).toEqual(first.body);
    expect((await shop.codepay('ORDER-1', 1_300)).body['code']).toBe('OUT_TRADE_NO_USED');
    expect((await shop.codepay('ORDER-2', 1_250)).body['code']).toBe('AUTH_CODE_INVALID');
    expect(all.books()).toHaveLength(1);
  });

  test.each([
    ['an EAN', { payer: { auth_code: '6901234567892' } }, 'AUTH_CODE_INVALID'],
    ['no store', { scene_info: {} }, 'PARAM_ERROR'],
    ['a fraction', { amount: { total: 12.5, currency: 'CNY' } }, 'PARAM_ERROR'],
    ['another app', { appid: 'wx0000000000000000' }, 'APPID_MCHID_NOT_MATCH'],
    ['a bad number', { out_trade_no: 'a b' }, 'PARAM_ERROR'],
  ])('with %s is refused', async (_, change, code) => {
    expect(await shop.codepay('ORDER-1', 1_250, undefined, change)).toMatchObject({
      status: 400,
      body: { code },
    });
  });

  test.each([
    [5, 403, 'TRADE_ERROR'],
    [14, 400, 'AUTH_CODE_INVALID'],
    [51, 403, 'NOTENOUGH'],
    [54, 400, 'AUTHCODEEXPIRE'],
    [57, 403, 'NO_AUTH'],
    [61, 403, 'RULE_LIMIT'],
    [65, 429, 'FREQUENCY_LIMITED'],
    [91, 500, 'BANK_ERROR'],
  ])('with last digits %i is declined: %i %s', async (digits, status, code) => {
    expect(await shop.codepay('ORDER-1', MAGIC_BASE + digits)).toMatchObject({
      status,
      body: { code },
      verified: true,
    });
    expect((await shop.query('ORDER-1')).body['trade_state']).toBe('PAYERROR');
    expect(all.books()).toMatchObject([{ state: 'declined', paid: 0 }]);
  });

  test('waits for the password as many queries as the amount says', async () => {
    const pay = await shop.codepay('ORDER-1', MAGIC_BASE + 103);
    expect(pay).toMatchObject({ status: 202, body: { code: 'USERPAYING' } });
    const states: unknown[] = [];
    for (let each = 0; each < 3; each += 1) states.push((await shop.query('ORDER-1')).body['trade_state']);
    expect(states).toEqual(['USERPAYING', 'USERPAYING', 'SUCCESS']);
  });

  test('waits for the customer, who types the password or gives up, or for 45 seconds', async () => {
    const waiting = async (order: string): Promise<void> => {
      await shop.codepay(order, MAGIC_BASE + 100, `1345678901234567${order.slice(-2)}`);
    };
    await waiting('ORDER-11');
    await waiting('ORDER-12');
    await waiting('ORDER-13');
    expect(all.sandbox.admin.customer('ORDER-11', 'password')).toBe(true);
    expect(all.sandbox.admin.customer('ORDER-12', 'cancel')).toBe(true);
    all.world.advance(45_000);
    const states = await Promise.all(['ORDER-11', 'ORDER-12', 'ORDER-13'].map((each) => shop.query(each)));
    expect(states.map(({ body }) => body['trade_state'])).toEqual(['SUCCESS', 'PAYERROR', 'REVOKED']);
    expect(all.sandbox.admin.customer('ORDER-13', 'password')).toBe(false);
  });
});

describe('faults by amount', () => {
  test.each([
    [210, 0],
    [211, 1],
  ])('%i cuts the connection with %i booked', async (digits, booked) => {
    await expect(shop.codepay('ORDER-1', MAGIC_BASE + digits)).rejects.toThrow();
    expect(all.books()).toHaveLength(booked);
    expect((await shop.query('ORDER-1')).status).toBe(booked === 1 ? 200 : 404);
  });

  test.each([200, 213])('%i leaves the shop waiting although it is paid', async (digits) => {
    const asked = shop.codepay('ORDER-1', MAGIC_BASE + digits);
    asked.catch(() => undefined);
    await expect.poll(async () => (await shop.query('ORDER-1')).body['trade_state']).toBe('SUCCESS');
    all.world.advance(70_000);
    if (digits === 200) expect((await asked).body['trade_state']).toBe('SUCCESS');
  });

  test.each([
    [230, 1],
    [231, 0],
    [232, 1],
  ])('%i says SUCCESS with no good signature, %i booked', async (digits, booked) => {
    const reply = await shop.codepay('ORDER-1', MAGIC_BASE + digits);
    expect(reply).toMatchObject({ status: 200, verified: false, body: { trade_state: 'SUCCESS' } });
    expect(all.books()).toHaveLength(booked);
  });

  test.each([
    [240, 1],
    [241, 0],
  ])('%i says SYSTEM_ERROR, %i booked', async (digits, booked) => {
    expect(await shop.codepay('ORDER-1', MAGIC_BASE + digits)).toMatchObject({
      status: 500,
      body: { code: 'SYSTEM_ERROR' },
    });
    expect(all.books()).toHaveLength(booked);
  });

  test('280, 281, 300, 301: signed, but another amount, order, half a text, a new field', async () => {
    const pay = (digits: number) =>
      shop.codepay(`ORDER-${digits}`, MAGIC_BASE + digits, `134567890123456${digits}`);
    expect((await pay(280)).body).toMatchObject({ amount: { total: MAGIC_BASE + 279 } });
    expect((await pay(281)).body).toMatchObject({ out_trade_no: 'ORDER-281X' });
    expect(await pay(300)).toMatchObject({ status: 200, verified: true, body: {} });
    expect((await pay(301)).body).toHaveProperty('field_that_nobody_knows');
    expect(all.books().every(({ state }) => state === 'paid')).toBe(true);
  });
});
