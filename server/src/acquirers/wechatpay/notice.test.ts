import { createCipheriv } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { FakeClock, seededRandom } from '../../testing/fake-clock.ts';
import { createWechatpay } from './adapter.ts';
import { openResource } from './notice.ts';
import { API_V3_KEY, platformHeaders, TEST_CONFIG } from './testing/signed-host.ts';

/** The vector of facts/devices 5.3. */
const VECTOR = {
  algorithm: 'AEAD_AES_256_GCM',
  nonce: 'abcdef012345',
  associated_data: 'transaction',
  ciphertext: '+tSNe9jYMjLZPNCTpMy0myvljl+M2cype68g74EXbF2lhfqO8e5dkbYjnAmeM/3f02QE7epm14XBd3FRMQ==',
};

function sealed(clear: object, key = API_V3_KEY) {
  const cipher = createCipheriv('aes-256-gcm', key, VECTOR.nonce).setAAD(Buffer.from('transaction'));
  const bytes = Buffer.concat([
    cipher.update(JSON.stringify(clear), 'utf8'),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  return { ...VECTOR, ciphertext: bytes.toString('base64') };
}

const TRANSACTION = {
  appid: TEST_CONFIG.appId,
  mchid: TEST_CONFIG.merchantId,
  out_trade_no: '1'.repeat(32),
  transaction_id: '42',
  trade_state: 'SUCCESS',
  amount: { total: 1205, currency: 'CNY' },
};

function callback(clear: object, wish: { id?: string; key?: string; type?: string } = {}) {
  return JSON.stringify({
    id: wish.id ?? 'n-1',
    event_type: wish.type ?? 'TRANSACTION.SUCCESS',
    resource_type: 'encrypt-resource',
    resource: sealed(clear, wish.key),
  });
}

async function receiver() {
  const clock = new FakeClock();
  const acquirer = await createWechatpay(TEST_CONFIG, { clock, random: seededRandom(1) });
  const take = (body: string, headers?: Record<string, string>) =>
    acquirer.notice?.({ headers: { ...platformHeaders(body, clock), ...headers }, body });
  return { clock, take, acquirer };
}

describe('the resource of a callback', () => {
  it('opens the published vector', () => {
    expect(openResource(VECTOR, API_V3_KEY)).toBe('{"out_trade_no":"A1","trade_state":"SUCCESS"}');
  });

  it('does not open with one bit changed anywhere, nor under another name', () => {
    const bytes = Buffer.from(VECTOR.ciphertext, 'base64');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(openResource({ ...VECTOR, ciphertext: changed.toString('base64') }, API_V3_KEY)).toBeUndefined();
    }
    expect(openResource({ ...VECTOR, associated_data: 'refund' }, API_V3_KEY)).toBeUndefined();
    expect(openResource({ ...VECTOR, algorithm: 'NONE' }, API_V3_KEY)).toBeUndefined();
    expect(openResource({ ...VECTOR, ciphertext: 'AAAA' }, API_V3_KEY)).toBeUndefined();
  });
});

describe('a callback', () => {
  it('tells what was paid', async () => {
    const { take } = await receiver();
    expect(await take(callback(TRANSACTION))).toMatchObject({
      notice: { reference: '1'.repeat(32), amount: 1205, outcome: { state: 'approved' } },
    });
  });

  it('tells what was given back, under the number of the refund', async () => {
    const { take } = await receiver();
    const refund = {
      mchid: TEST_CONFIG.merchantId,
      out_trade_no: '1'.repeat(32),
      out_refund_no: '2'.repeat(32),
      refund_status: 'SUCCESS',
      amount: { refund: 300, total: 1205 },
    };
    expect(await take(callback(refund, { type: 'REFUND.SUCCESS' }))).toMatchObject({
      notice: { reference: '2'.repeat(32), amount: 300, outcome: { state: 'approved' } },
    });
  });

  it('is taken once', async () => {
    const { take } = await receiver();
    await take(callback(TRANSACTION));
    expect(await take(callback(TRANSACTION))).toEqual({ refused: 'replayed' });
    expect(await take(callback(TRANSACTION, { id: 'n-2' }))).toHaveProperty('notice');
  });

  it('that was refused does not use up its id', async () => {
    const { take } = await receiver();
    const body = callback(TRANSACTION);
    expect(await take(body, { 'Wechatpay-Signature': 'AAAA' })).toEqual({ refused: 'signature-invalid' });
    expect(await take(body)).toHaveProperty('notice');
  });

  it.each([
    ['probes our verification', { 'Wechatpay-Signature': 'WECHATPAY/SIGNTEST/AAAA' }, 'signature-invalid'],
    ['names an unknown key', { 'Wechatpay-Serial': 'OTHER' }, 'key-unknown'],
    ['changes its time', { 'Wechatpay-Timestamp': '1700000000' }, 'signature-invalid'],
  ])('is refused when it %s', async (_name, headers, refused) => {
    const { take } = await receiver();
    expect(await take(callback(TRANSACTION), headers)).toEqual({ refused });
  });

  it('is refused when it is older than five minutes', async () => {
    const { take, clock } = await receiver();
    const body = callback(TRANSACTION);
    const headers = platformHeaders(body, clock);
    clock.advance(301_000);
    expect(await take(body, headers)).toEqual({ refused: 'stale' });
  });

  it.each([
    ['of another merchant', callback({ ...TRANSACTION, mchid: '1900000002' }), 'other-merchant'],
    ['of another app', callback({ ...TRANSACTION, appid: 'wx2' }), 'other-merchant'],
    ['without an amount', callback({ ...TRANSACTION, amount: undefined }), 'malformed'],
    ['sealed with another key', callback(TRANSACTION, { key: 'f'.repeat(32) }), 'malformed'],
    ['that is no JSON', 'hello', 'malformed'],
  ])('%s is refused although it is signed', async (_name, body, refused) => {
    const { take } = await receiver();
    expect(await take(body)).toEqual({ refused });
  });

  it('is answered in the words of WeChat Pay', async () => {
    const { acquirer } = await receiver();
    expect(acquirer.noticeReply?.(true)).toMatchObject({ status: 200, body: '{"code":"SUCCESS"}' });
    expect(acquirer.noticeReply?.(false)).toMatchObject({ status: 401 });
  });
});
