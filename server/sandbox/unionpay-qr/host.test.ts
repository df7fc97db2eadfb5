import { beforeEach, describe, expect, test } from 'vitest';
import { MAGIC_BASE } from '../amount-table.ts';
import { useSandbox } from '../testing/sandbox-fixture.ts';
import { UnionClient } from '../testing/union-client.ts';

const all = useSandbox();
let shop: UnionClient;
beforeEach(() => {
  shop = new UnionClient(all.sandbox.unionPayQr, all.now);
});

const codeFor = (digits: number): string => `62${String(digits).padStart(17, '0')}`;
const query = (order: string) => shop.call('/v1/orders/query', { order });
const reverse = (order: string) => shop.call('/v1/orders/reverse', { order });

describe('signatures', () => {
  test.each([
    [
      'signature',
      (headers: Record<string, string>) => {
        headers['x-signature'] = '0'.repeat(64);
      },
    ],
    [
      'merchant',
      (headers: Record<string, string>) => {
        headers['x-merchant'] = '1';
      },
    ],
    [
      'timestamp',
      (headers: Record<string, string>) => {
        headers['x-timestamp'] = '1700000000';
      },
    ],
    [
      'nonce',
      (headers: Record<string, string>) => {
        headers['x-nonce'] = 'a b';
      },
    ],
  ])('a wrong %s is refused, and the refusal is signed', async (message, tamper) => {
    shop.tamper = tamper;
    expect(await shop.pay('ORDER-1', 1_250)).toMatchObject({
      status: 401,
      body: { code: 'A0', message },
      verified: true,
    });
    expect(all.books()).toEqual([]);
  });

  test('a request that is sent again word for word is refused', async () => {
    let kept: Record<string, string> | undefined;
    shop.tamper = (headers) => {
      if (kept === undefined) kept = { ...headers };
      else Object.assign(headers, kept);
    };
    expect((await shop.pay('ORDER-1', 1_250)).body.code).toBe('00');
    expect((await shop.pay('ORDER-1', 1_250)).body).toMatchObject({ code: 'A0', message: 'nonce-used' });
  });
});

describe('a scanned code', () => {
  test('is paid at once', async () => {
    const reply = await shop.pay('ORDER-1', 1_250);
    expect(reply).toMatchObject({
      status: 200,
      verified: true,
      body: { code: '00', order: { state: 'PAID', amount: 1_250, paid: 1_250 } },
    });
    expect((await query('ORDER-1')).body['order']).toEqual(reply.body['order']);
    expect(all.books()).toMatchObject([{ host: 'unionpay-qr', net: 1_250 }]);
  });

  test.each([5, 14, 51, 54, 57, 61, 62, 65, 91])(
    'with last digits %i is declined with that code',
    async (digits) => {
      expect((await shop.pay('ORDER-1', MAGIC_BASE + digits)).body.code).toBe(
        String(digits).padStart(2, '0'),
      );
      expect((await query('ORDER-1')).body['order']).toMatchObject({ state: 'FAILED', paid: 0 });
    },
  );

  test('number and code work once', async () => {
    await shop.pay('ORDER-1', 1_250);
    expect((await shop.pay('ORDER-1', 1_250)).body.code).toBe('00');
    expect((await shop.pay('ORDER-1', 1_300)).body.code).toBe('26');
    expect((await shop.pay('ORDER-2', 1_250)).body.code).toBe('14');
    expect((await shop.pay('ORDER-3', 1_250, '6901234567892')).body.code).toBe('14');
    expect((await shop.pay('ORDER-4', 0)).body.code).toBe('13');
  });

  test('waits for the password, at most a minute', async () => {
    expect((await shop.pay('ORDER-1', MAGIC_BASE + 101)).body.code).toBe('09');
    expect((await query('ORDER-1')).body['order']).toMatchObject({ state: 'PAID' });
    await shop.pay('ORDER-2', MAGIC_BASE + 100, codeFor(2));
    all.world.advance(60_000);
    expect((await query('ORDER-2')).body['order']).toMatchObject({ state: 'CLOSED' });
  });

  test.each([
    [210, 0],
    [211, 1],
  ])('%i cuts the connection with %i booked', async (digits, booked) => {
    await expect(shop.pay('ORDER-1', MAGIC_BASE + digits)).rejects.toThrow();
    expect(all.books()).toHaveLength(booked);
  });

  test.each([
    [230, 1, '00'],
    [231, 0, '00'],
    [232, 1, '00'],
  ])('%i has no good signature, %i booked', async (digits, booked, code) => {
    expect(await shop.pay('ORDER-1', MAGIC_BASE + digits)).toMatchObject({ verified: false, body: { code } });
    expect(all.books()).toHaveLength(booked);
  });

  test.each([
    [240, 1],
    [241, 0],
  ])('%i says 96, %i booked', async (digits, booked) => {
    expect(await shop.pay('ORDER-1', MAGIC_BASE + digits)).toMatchObject({
      status: 500,
      body: { code: '96' },
      verified: true,
    });
    expect(all.books()).toHaveLength(booked);
  });

  test('280, 281, 300, 301 lie about amount, order, form and fields', async () => {
    const pay = (digits: number) => shop.pay(`ORDER-${digits}`, MAGIC_BASE + digits, codeFor(digits));
    expect((await pay(280)).body['order']).toMatchObject({ amount: MAGIC_BASE + 279 });
    expect((await pay(281)).body['order']).toMatchObject({ order: 'ORDER-281X' });
    expect((await pay(300)).body).toEqual({});
    expect((await pay(301)).body).toHaveProperty('field_that_nobody_knows');
  });
});

describe('reverse, refund, statement', () => {
  test('reverse closes, gives back, and blocks an unknown number', async () => {
    await shop.pay('ORDER-1', MAGIC_BASE + 100);
    await shop.pay('ORDER-2', 1_250, codeFor(2));
    expect((await reverse('ORDER-1')).body).toMatchObject({ code: '00', action: 'close' });
    expect((await reverse('ORDER-2')).body).toMatchObject({
      code: '00',
      action: 'refund',
      order: { state: 'REVERSED' },
    });
    expect((await reverse('ORDER-3')).body.code).toBe('25');
    expect((await shop.pay('ORDER-3', 1_250, codeFor(3))).body.code).toBe('12');
    expect(all.books().every(({ net }) => net === 0)).toBe(true);
  });

  test('250, 251, 262, 270: last moment, broken word, again, never', async () => {
    const pay = async (digits: number): Promise<string> => {
      const order = `ORDER-${digits}`;
      shop.pay(order, MAGIC_BASE + digits, codeFor(digits)).catch(() => undefined);
      await expect.poll(() => all.books().some((each) => each.order === order)).toBe(true);
      return order;
    };
    expect((await reverse(await pay(250))).body['action']).toBe('refund');
    const broken = await pay(251);
    expect((await reverse(broken)).body['action']).toBe('close');
    all.world.advance(5_000);
    expect((await query(broken)).body['order']).toMatchObject({ state: 'PAID' });
    const slow = await pay(262);
    const codes = [await reverse(slow), await reverse(slow), await reverse(slow)];
    expect(codes.map(({ body }) => body.code)).toEqual(['09', '09', '00']);
    expect((await reverse(await pay(270))).body.code).toBe('21');
  });

  test('refunds are idempotent and stop at what was paid', async () => {
    await shop.pay('ORDER-1', 1_250);
    const refund = (id: string, amount: number) =>
      shop.call('/v1/refunds', { order: 'ORDER-1', refund: id, amount });
    expect((await refund('REFUND-1', 1_000)).body).toMatchObject({
      code: '00',
      refund: { state: 'DONE', amount: 1_000 },
    });
    expect((await refund('REFUND-1', 1_000)).body.code).toBe('00');
    expect((await refund('REFUND-1', 999)).body.code).toBe('26');
    expect((await refund('REFUND-2', 251)).body.code).toBe('61');
    expect((await refund('REFUND-3', 250)).body.code).toBe('00');
    expect((await shop.call('/v1/refunds/query', { refund: 'REFUND-1' })).body['refund']).toMatchObject({
      amount: 1_000,
    });
    expect((await query('ORDER-1')).body['order']).toMatchObject({ state: 'REFUNDED', refunded: 1_250 });
  });

  test('the statement of yesterday is ready after one in the morning', async () => {
    await shop.pay('ORDER-1', 1_250);
    await shop.call('/v1/refunds', { order: 'ORDER-1', refund: 'REFUND-1', amount: 250 });
    const statement = () => shop.call('/v1/statements', { date: '2026-11-22' });
    all.world.advance(12.5 * 3_600_000);
    expect((await statement()).body.code).toBe('12');
    all.world.advance(3_600_000);
    expect((await statement()).body['rows']).toMatchObject([
      { kind: 'pay', order: 'ORDER-1', amount: 1_250, fee: 5 },
      { kind: 'refund', refund: 'REFUND-1', amount: 250, fee: -1 },
    ]);
  });
});

describe('a shown code', () => {
  test('is paid by the customer; the notice is signed', async () => {
    const reply = await shop.qr('ORDER-1', 1_250, all.notify.url);
    const { qr } = reply.body['order'] as { qr: string };
    expect(all.sandbox.admin.customer(qr, 'pay')).toBe(true);
    await all.sandbox.admin.noticesIdle();
    const [notice] = all.caught;
    expect(shop.verifyNotice(all.notify.url, notice!.headers, notice!.body)).toBe(true);
    expect(JSON.parse(notice!.body)).toMatchObject({
      event: 'order.paid',
      order: { order: 'ORDER-1', paid: 1_250 },
    });
  });

  test('is closed by the shop or after its time', async () => {
    await shop.qr('ORDER-1', 1_250, all.notify.url);
    expect((await shop.call('/v1/orders/close', { order: 'ORDER-1' })).body['order']).toMatchObject({
      state: 'CLOSED',
    });
    await shop.qr('ORDER-2', 1_250, all.notify.url);
    all.world.advance(900_000);
    expect(all.sandbox.admin.customer('ORDER-2', 'pay')).toBe(false);
  });

  test.each([
    [290, 2, true],
    [291, 1, false],
    [293, 0, true],
    [296, 1, false],
  ])('%i: %i notices, good signature %s', async (digits, count, good) => {
    await shop.qr('ORDER-1', MAGIC_BASE + digits, all.notify.url);
    all.sandbox.admin.customer('ORDER-1', 'pay');
    await all.sandbox.admin.noticesIdle();
    expect(all.caught).toHaveLength(count);
    for (const { headers, body } of all.caught)
      expect(shop.verifyNotice(all.notify.url, headers, body)).toBe(good);
  });
});
