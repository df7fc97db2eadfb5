import { createHash } from 'node:crypto';
import { beforeEach, describe, expect, test } from 'vitest';
import { MAGIC_BASE } from '../amount-table.ts';
import { useSandbox } from '../testing/sandbox-fixture.ts';
import { WechatClient } from '../testing/wechat-client.ts';

const all = useSandbox();
let shop: WechatClient;
beforeEach(() => {
  shop = new WechatClient(all.sandbox.wechatpay, all.now);
});

describe('reverse', () => {
  test('closes what is unpaid and gives back what is paid, as often as asked', async () => {
    await shop.codepay('ORDER-1', MAGIC_BASE + 100);
    await shop.codepay('ORDER-2', 1_250, '134567890123456780');
    for (let each = 0; each < 2; each += 1) {
      for (const order of ['ORDER-1', 'ORDER-2']) {
        expect(await shop.reverse(order)).toMatchObject({
          status: 200,
          body: { out_trade_no: order },
          verified: true,
        });
        expect((await shop.query(order)).body['trade_state']).toBe('REVOKED');
      }
    }
    expect(all.books()).toMatchObject([
      { state: 'closed', paid: 0, net: 0 },
      { state: 'reversed', paid: 1_250, net: 0 },
    ]);
  });

  test('of an unknown order keeps that number from ever being paid', async () => {
    expect((await shop.reverse('ORDER-1')).status).toBe(404);
    expect((await shop.codepay('ORDER-1', 1_250)).body['code']).toBe('ORDER_CLOSED');
  });

  test('250 gives back what was paid in the last moment, 251 breaks its word, 262 wants it again, 270 never', async () => {
    const pay = async (digits: number): Promise<string> => {
      const order = `ORDER-${digits}`;
      shop.codepay(order, MAGIC_BASE + digits, `134567890123456${digits}`).catch(() => undefined);
      await expect.poll(async () => (await shop.query(order)).status).toBe(200);
      return order;
    };
    await shop.reverse(await pay(250));
    expect(all.books()[0]).toMatchObject({ state: 'reversed', paid: MAGIC_BASE + 250, net: 0 });
    const broken = await pay(251);
    expect((await shop.reverse(broken)).status).toBe(200);
    all.world.advance(5_000);
    expect((await shop.query(broken)).body['trade_state']).toBe('SUCCESS');
    const slow = await pay(262);
    const codes = [await shop.reverse(slow), await shop.reverse(slow), await shop.reverse(slow)];
    expect(codes.map(({ body }) => body['code'])).toEqual(['USERPAYING', 'USERPAYING', undefined]);
    expect((await shop.reverse(await pay(270))).body['code']).toBe('REVERSE_EXPIRE');
  });
});

describe('a shown code', () => {
  const qr = async (order: string, total: number): Promise<string> =>
    String((await shop.native(order, total, all.notify.url)).body['code_url']);

  test('is paid by the customer and tells the shop with a signed, encrypted notice', async () => {
    const url = await qr('ORDER-1', 1_250);
    expect(url).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=/);
    expect((await shop.query('ORDER-1')).body['trade_state']).toBe('NOTPAY');
    expect(all.sandbox.admin.customer(url, 'pay')).toBe(true);
    await all.sandbox.admin.noticesIdle();
    const [notice] = all.caught;
    const headers = new Headers(notice!.headers as Record<string, string>);
    expect(shop.verify(headers, notice!.body)).toBe(true);
    const { resource, event_type: event } = JSON.parse(notice!.body);
    expect(event).toBe('TRANSACTION.SUCCESS');
    expect(shop.open(resource)).toEqual((await shop.query('ORDER-1')).body);
  });

  test('is closed by the shop or by time; a paid one is not', async () => {
    await qr('ORDER-1', 1_250);
    expect((await shop.close('ORDER-1')).status).toBe(204);
    expect((await shop.query('ORDER-1')).body['trade_state']).toBe('CLOSED');
    expect(all.sandbox.admin.customer('ORDER-1', 'pay')).toBe(false);
    all.sandbox.admin.customer(await qr('ORDER-2', 1_250), 'pay');
    expect((await shop.close('ORDER-2')).body['code']).toBe('ORDERPAID');
    await qr('ORDER-3', 1_250);
    all.world.advance(2 * 3_600_000);
    expect((await shop.query('ORDER-3')).body['trade_state']).toBe('CLOSED');
  });

  test('a notice that is not taken comes again, freshly signed', async () => {
    all.notify.answer = { status: 500, body: '' };
    all.sandbox.admin.customer(await qr('ORDER-1', 1_250), 'pay');
    await all.sandbox.admin.noticesIdle();
    all.notify.answer = { status: 200, body: 'success' };
    all.world.advance(15_000);
    await all.sandbox.admin.noticesIdle();
    all.world.advance(600_000);
    expect(all.caught).toHaveLength(2);
    expect(all.sandbox.admin.notices().map(({ taken }) => taken)).toEqual([false, true]);
  });

  test.each([
    [290, 2, true],
    [291, 1, false],
    [293, 0, true],
    [296, 1, false],
  ])('%i: %i notices, good signature %s', async (digits, count, good) => {
    const url = await qr('ORDER-1', MAGIC_BASE + digits);
    all.sandbox.admin.customer(url, 'pay');
    await all.sandbox.admin.noticesIdle();
    expect(all.caught).toHaveLength(count);
    for (const { headers, body } of all.caught) {
      expect(shop.verify(new Headers(headers as Record<string, string>), body)).toBe(good);
    }
  });

  test('294, 295: a good notice with another amount or about another merchant', async () => {
    for (const digits of [294, 295])
      all.sandbox.admin.customer(await qr(`ORDER-${digits}`, MAGIC_BASE + digits), 'pay');
    await all.sandbox.admin.noticesIdle();
    const opened = all.caught.map(({ body }) => shop.open(JSON.parse(body).resource));
    expect(opened).toContainEqual(
      expect.objectContaining({ out_trade_no: 'ORDER-295', mchid: '1999999999' }),
    );
    const cheap = opened.find((each) => each['out_trade_no'] === 'ORDER-294');
    expect(cheap).toMatchObject({ amount: { total: MAGIC_BASE + 293 } });
  });
});

describe('refund and bill', () => {
  test('refunds are partial, idempotent by number, and never more than was paid', async () => {
    await shop.codepay('ORDER-1', 1_250);
    expect((await shop.refund('ORDER-1', 'R1', 1_000, 1_250)).body).toMatchObject({
      status: 'SUCCESS',
      out_refund_no: 'R1',
    });
    expect((await shop.refund('ORDER-1', 'R1', 1_000, 1_250)).body['refund_id']).toBeDefined();
    expect((await shop.refund('ORDER-1', 'R1', 900, 1_250)).status).toBe(400);
    expect((await shop.refund('ORDER-1', 'R2', 251, 1_250)).body['code']).toBe('INVALID_REQUEST');
    expect((await shop.refund('ORDER-9', 'R3', 1, 1)).status).toBe(404);
    expect((await shop.call('GET', '/v3/refund/domestic/refunds/R1')).body).toMatchObject({
      status: 'SUCCESS',
    });
    expect((await shop.query('ORDER-1')).body['trade_state']).toBe('REFUND');
    expect(all.books()[0]).toMatchObject({ refunded: 1_000, net: 250 });
  });

  test('310 accepts a refund first, 311 refuses it', async () => {
    await shop.codepay('ORDER-1', MAGIC_BASE + 310);
    expect((await shop.refund('ORDER-1', 'R1', 1, MAGIC_BASE + 310)).body['status']).toBe('PROCESSING');
    const ask = () => shop.call('GET', '/v3/refund/domestic/refunds/R1');
    expect([(await ask()).body['status'], (await ask()).body['status']]).toEqual(['PROCESSING', 'SUCCESS']);
    await shop.codepay('ORDER-2', MAGIC_BASE + 311, '134567890123456780');
    expect((await shop.refund('ORDER-2', 'R2', 1, MAGIC_BASE + 311)).body['code']).toBe('NOT_ENOUGH');
  });

  test('the bill of a day is ready at ten next morning, with a hash that fits', async () => {
    await shop.codepay('ORDER-1', 1_250);
    await shop.refund('ORDER-1', 'R1', 250, 1_250);
    await shop.codepay('ORDER-2', 300, '134567890123456780');
    await shop.reverse('ORDER-2');
    const bill = (day: string) => shop.call('GET', `/v3/bill/tradebill?bill_date=${day}&bill_type=ALL`);
    expect((await bill('2026-11-22')).status).toBe(400);
    all.world.advance(21 * 3_600_000);
    expect((await bill('2026-11-22')).body['code']).toBe('STATEMENT_CREATING');
    all.world.advance(3_600_000);
    const link = await bill('2026-11-22');
    const url = new URL(String(link.body['download_url']));
    const file = await shop.call('GET', `${url.pathname}${url.search}`);
    expect(createHash('sha1').update(file.text).digest('hex')).toBe(link.body['hash_value']);
    const rows = file.text.trim().split('\r\n');
    expect(rows.slice(1, -2).map((row) => row.split(',`')[9])).toEqual([
      'SUCCESS',
      'REFUND',
      'SUCCESS',
      'REVOKED',
    ]);
    expect(rows.at(-1)).toBe('`4,`15.50,`5.50,`0.00,`0.06000,`15.50,`5.50');
    expect((await bill('2026-11-21')).body['code']).toBe('NO_STATEMENT_EXIST');
  });
});
