import { crc32, inflateRawSync } from 'node:zlib';
import { beforeEach, describe, expect, test } from 'vitest';
import { MAGIC_BASE } from '../amount-table.ts';
import { AlipayClient } from '../testing/alipay-client.ts';
import { useSandbox } from '../testing/sandbox-fixture.ts';

const all = useSandbox();
let shop: AlipayClient;
beforeEach(() => {
  shop = new AlipayClient(all.sandbox.alipay);
});

const magic = (digits: number): string => ((MAGIC_BASE + digits) / 100).toFixed(2);
const codeFor = (digits: number): string => `281234567890123${String(digits).padStart(3, '0')}`;

describe('signatures', () => {
  test.each([
    ['a changed amount', (form: URLSearchParams) => form.set('biz_content', '{}'), 'isv.invalid-signature'],
    ['another app', (form: URLSearchParams) => form.set('app_id', '2021'), 'isv.invalid-app-id'],
    ['RSA1', (form: URLSearchParams) => form.set('sign_type', 'RSA'), 'isv.invalid-signature-type'],
    ['no signature', (form: URLSearchParams) => form.delete('sign'), 'isv.missing-sign'],
  ])('%s is refused', async (_, tamper, sub) => {
    shop.tamper = tamper;
    const reply = await shop.pay('ORDER1', '12.50');
    expect(reply.body).toMatchObject({ sub_code: sub });
    expect(all.books()).toEqual([]);
  });
});

test('empty parameters are no part of what is signed', async () => {
  const reply = await shop.call('alipay.trade.query', { out_trade_no: 'ORDER1' }, { notify_url: '' });
  expect(reply.body['sub_code']).toBe('ACQ.TRADE_NOT_EXIST');
});

describe('a scanned code', () => {
  test('is paid at once, in yuan, and the query says the same', async () => {
    const reply = await shop.pay('ORDER1', '12.50');
    expect(reply).toMatchObject({
      verified: true,
      body: { code: '10000', out_trade_no: 'ORDER1', total_amount: '12.50', receipt_amount: '12.50' },
    });
    const query = await shop.query('ORDER1');
    expect(query).toMatchObject({
      verified: true,
      body: { trade_status: 'TRADE_SUCCESS', trade_no: reply.body['trade_no'] },
    });
    expect(all.books()).toMatchObject([{ host: 'alipay', order: 'ORDER1', net: 1_250 }]);
  });

  test.each([
    ['a bad code', { auth_code: '134567890123456789' }, 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
    ['three decimals', { total_amount: '12.500' }, 'ACQ.INVALID_PARAMETER'],
    ['nothing to pay', { total_amount: '0.00' }, 'ACQ.INVALID_PARAMETER'],
    ['another scene', { scene: 'wave_code' }, 'ACQ.INVALID_PARAMETER'],
  ])('with %s is refused', async (_, change, sub) => {
    expect((await shop.pay('ORDER1', '12.50', undefined, change)).body).toMatchObject({
      code: '40004',
      sub_code: sub,
    });
  });

  test('the same order again says that it is paid; a used code is invalid', async () => {
    await shop.pay('ORDER1', '12.50');
    expect((await shop.pay('ORDER1', '12.50')).body['sub_code']).toBe('ACQ.TRADE_HAS_SUCCESS');
    expect((await shop.pay('ORDER1', '13.50')).body['sub_code']).toBe('ACQ.CONTEXT_INCONSISTENT');
    expect((await shop.pay('ORDER2', '12.50')).body['sub_code']).toBe('ACQ.PAYMENT_AUTH_CODE_INVALID');
  });

  test.each([
    [5, 'ACQ.TRADE_BUYER_NOT_MATCH'],
    [14, 'ACQ.PAYMENT_AUTH_CODE_INVALID'],
    [51, 'ACQ.BUYER_BALANCE_NOT_ENOUGH'],
    [57, 'ACQ.ACCESS_FORBIDDEN'],
    [61, 'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR'],
    [62, 'ACQ.BUYER_ENABLE_STATUS_FORBID'],
    [65, 'ACQ.BEYOND_PAY_RESTRICTION'],
    [91, 'ACQ.ERROR_BALANCE_PAYMENT_DISABLE'],
  ])('with last digits %i is declined: %s', async (digits, sub) => {
    expect(await shop.pay('ORDER1', magic(digits))).toMatchObject({
      verified: true,
      body: { code: '40004', sub_code: sub },
    });
    expect((await shop.query('ORDER1')).body['sub_code']).toBe('ACQ.TRADE_NOT_EXIST');
  });

  test('waits for the password: by queries, by the customer, or until it closes after three minutes', async () => {
    expect((await shop.pay('ORDER1', magic(102))).body).toMatchObject({ code: '10003' });
    expect((await shop.query('ORDER1')).body['trade_status']).toBe('WAIT_BUYER_PAY');
    expect((await shop.query('ORDER1')).body['trade_status']).toBe('TRADE_SUCCESS');
    await shop.pay('ORDER2', magic(100), codeFor(2));
    all.sandbox.admin.customer('ORDER2', 'password');
    expect((await shop.query('ORDER2')).body['trade_status']).toBe('TRADE_SUCCESS');
    await shop.pay('ORDER3', magic(100), codeFor(3));
    all.world.advance(180_000);
    expect((await shop.query('ORDER3')).body['trade_status']).toBe('TRADE_CLOSED');
  });

  test.each([
    [210, 0],
    [211, 1],
  ])('%i cuts the connection with %i booked', async (digits, booked) => {
    await expect(shop.pay('ORDER1', magic(digits))).rejects.toThrow();
    expect(all.books()).toHaveLength(booked);
  });

  test.each([
    [230, 1],
    [231, 0],
    [232, 1],
  ])('%i says paid with no good signature, %i booked', async (digits, booked) => {
    expect(await shop.pay('ORDER1', magic(digits))).toMatchObject({
      verified: false,
      body: { code: '10000' },
    });
    expect(all.books()).toHaveLength(booked);
  });

  test.each([
    [240, 1],
    [241, 0],
  ])('%i says 20000, %i booked', async (digits, booked) => {
    expect((await shop.pay('ORDER1', magic(digits))).body).toMatchObject({
      code: '20000',
      sub_code: 'aop.ACQ.SYSTEM_ERROR',
    });
    expect(all.books()).toHaveLength(booked);
  });

  test('280, 281, 300, 301 lie about amount, order, form and fields', async () => {
    const pay = (digits: number) => shop.pay(`ORDER${digits}`, magic(digits), codeFor(digits));
    expect((await pay(280)).body).toMatchObject({ total_amount: '7002.79', buyer_pay_amount: '7002.79' });
    expect((await pay(281)).body).toMatchObject({ out_trade_no: 'ORDER281X' });
    expect((await pay(300)).body).toEqual({});
    expect(await pay(301)).toMatchObject({ verified: true, body: { field_that_nobody_knows: {} } });
  });
});

describe('cancel', () => {
  test('closes or refunds, says which, and says little about what is not there', async () => {
    await shop.pay('ORDER1', magic(100), codeFor(1));
    await shop.pay('ORDER2', '12.50', codeFor(2));
    expect((await shop.cancel('ORDER1')).body).toMatchObject({
      code: '10000',
      retry_flag: 'N',
      action: 'close',
    });
    expect((await shop.cancel('ORDER2')).body).toMatchObject({
      code: '10000',
      retry_flag: 'N',
      action: 'refund',
    });
    const unknown = (await shop.cancel('ORDER3')).body;
    expect(unknown).toEqual({ code: '10000', msg: 'Success', out_trade_no: 'ORDER3' });
    expect((await shop.pay('ORDER3', '12.50', codeFor(3))).body['sub_code']).toBe('ACQ.TRADE_HAS_CLOSE');
    expect(all.books().map(({ net }) => net)).toEqual([0, 0]);
  });

  test('250, 251, 262, 270: last moment, broken word, again, never', async () => {
    const pay = async (digits: number): Promise<string> => {
      const order = `ORDER${digits}`;
      shop.pay(order, magic(digits), codeFor(digits)).catch(() => undefined);
      await expect.poll(() => all.books().some((each) => each.order === order)).toBe(true);
      return order;
    };
    expect((await shop.cancel(await pay(250))).body).toMatchObject({ action: 'refund' });
    const broken = await pay(251);
    expect((await shop.cancel(broken)).body).toMatchObject({ action: 'close' });
    all.world.advance(5_000);
    expect((await shop.query(broken)).body['trade_status']).toBe('TRADE_SUCCESS');
    const slow = await pay(262);
    const flags = [await shop.cancel(slow), await shop.cancel(slow), await shop.cancel(slow)];
    expect(flags.map(({ body }) => body['retry_flag'])).toEqual(['Y', 'Y', 'N']);
    expect((await shop.cancel(await pay(270))).body).toMatchObject({ code: '40004', retry_flag: 'N' });
  });
});

describe('a shown code', () => {
  test('is no trade until scanned; the notice of its payment is signed', async () => {
    const qr = String((await shop.precreate('ORDER1', '12.50', all.notify.url)).body['qr_code']);
    expect((await shop.query('ORDER1')).body['sub_code']).toBe('ACQ.TRADE_NOT_EXIST');
    expect((await shop.call('alipay.trade.close', { out_trade_no: 'ORDER1' })).body['sub_code']).toBe(
      'ACQ.TRADE_NOT_EXIST',
    );
    expect(all.sandbox.admin.customer(qr, 'pay')).toBe(true);
    await all.sandbox.admin.noticesIdle();
    const [notice] = all.caught;
    expect(shop.verifyNotice(notice!.body)).toBe(true);
    expect(Object.fromEntries(new URLSearchParams(notice!.body))).toMatchObject({
      app_id: all.sandbox.alipay.appId,
      out_trade_no: 'ORDER1',
      trade_status: 'TRADE_SUCCESS',
      total_amount: '12.50',
    });
    expect((await shop.query('ORDER1')).body['trade_status']).toBe('TRADE_SUCCESS');
  });

  test('cancelled before the scan it can never be paid', async () => {
    await shop.precreate('ORDER1', '12.50', all.notify.url);
    await shop.cancel('ORDER1');
    expect(all.sandbox.admin.customer('ORDER1', 'pay')).toBe(false);
  });

  test.each([
    [290, 2, true],
    [291, 1, false],
    [293, 0, true],
    [294, 1, true],
    [295, 1, true],
  ])('%i: %i notices, good signature %s', async (digits, count, good) => {
    await shop.precreate('ORDER1', magic(digits), all.notify.url);
    all.sandbox.admin.customer('ORDER1', 'pay');
    await all.sandbox.admin.noticesIdle();
    expect(all.caught).toHaveLength(count);
    for (const { body } of all.caught) {
      expect(shop.verifyNotice(body)).toBe(good);
      const params = new URLSearchParams(body);
      expect(params.get('total_amount') === magic(digits)).toBe(digits !== 294);
      expect(params.get('app_id') === all.sandbox.alipay.appId).toBe(digits !== 295);
    }
  });

  test('a notice that is answered with anything but success comes again', async () => {
    all.notify.answer = { status: 200, body: 'ok' };
    await shop.precreate('ORDER1', '12.50', all.notify.url);
    all.sandbox.admin.customer('ORDER1', 'pay');
    await all.sandbox.admin.noticesIdle();
    all.world.advance(15_000);
    await all.sandbox.admin.noticesIdle();
    expect(all.caught).toHaveLength(2);
  });
});

describe('refund and bill', () => {
  test('refunds are idempotent by request number and stop at what was paid', async () => {
    await shop.pay('ORDER1', '12.50');
    expect((await shop.refund('ORDER1', 'R1', '10.00')).body).toMatchObject({
      code: '10000',
      fund_change: 'Y',
      refund_fee: '10.00',
    });
    expect((await shop.refund('ORDER1', 'R1', '10.00')).body).toMatchObject({
      fund_change: 'N',
      refund_fee: '10.00',
    });
    expect((await shop.refund('ORDER1', 'R1', '9.00')).body['sub_code']).toBe(
      'ACQ.DISCORDANT_REPEAT_REQUEST',
    );
    expect((await shop.refund('ORDER1', 'R2', '2.51')).body['sub_code']).toBe(
      'ACQ.REASON_TRADE_REFUND_FEE_ERR',
    );
    const ask = (id: string) =>
      shop.call('alipay.trade.fastpay.refund.query', { out_trade_no: 'ORDER1', out_request_no: id });
    expect((await ask('R1')).body).toMatchObject({ refund_status: 'REFUND_SUCCESS', refund_amount: '10.00' });
    expect((await ask('R2')).body).toEqual({ code: '10000', msg: 'Success' });
    expect((await shop.cancel('ORDER1')).body['sub_code']).toBe('ACQ.REASON_TRADE_REFUND_FEE_ERR');
    await shop.refund('ORDER1', 'R3', '2.50');
    expect((await shop.query('ORDER1')).body['trade_status']).toBe('TRADE_CLOSED');
  });

  test('the bill is a ZIP with one GBK table that adds up', async () => {
    await shop.pay('ORDER1', '12.50');
    await shop.refund('ORDER1', 'R1', '2.50');
    all.world.advance(86_400_000);
    const link = await shop.call('alipay.data.dataservice.bill.downloadurl.query', {
      bill_type: 'trade',
      bill_date: '2026-11-22',
    });
    const response = await fetch(String(link.body['bill_download_url']));
    const zip = Buffer.from(await response.arrayBuffer());
    const nameLength = zip.readUInt16LE(26);
    const packed = zip.subarray(30 + nameLength, 30 + nameLength + zip.readUInt32LE(18));
    const content = inflateRawSync(packed);
    expect(crc32(content)).toBe(zip.readUInt32LE(14));
    const text = new TextDecoder('gbk').decode(content);
    expect(text).toContain('支付宝业务明细查询');
    expect(text).toContain('#交易合计：1笔，商家实收共12.50元');
    expect(text).toContain('#退款合计：1笔，商家实收退款共-2.50元');
    expect(text).toMatch(/ORDER1\t,退款\t/);
    expect((await fetch(`${new URL(all.sandbox.alipay.gateway).origin}/bill?token=00`)).status).toBe(404);
  });
});
