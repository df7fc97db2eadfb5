import { createCipheriv } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { ReplayGuard } from '../shared/replay-guard.ts';
import { type NoticeReader, openResource, readNotice } from './notice.ts';
import { platformKeys, signatureFault } from './signatures.ts';
import { API_V3_KEY, platformHeaders, SERIAL, TEST_CONFIG } from './testing/signed-host.ts';

const NONCE = 'abcdef012345';
/** A resource as WeChat Pay seals it. */
function sealed(clear: string, name?: string) {
  const cipher = createCipheriv('aes-256-gcm', API_V3_KEY, NONCE).setAAD(Buffer.from(name ?? ''));
  const bytes = Buffer.concat([cipher.update(clear, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const resource = { algorithm: 'AEAD_AES_256_GCM', nonce: NONCE, ciphertext: bytes.toString('base64') };
  return name === undefined ? resource : { ...resource, associated_data: name };
}

const TRANSACTION = {
  appid: TEST_CONFIG.appId,
  mchid: TEST_CONFIG.merchantId,
  out_trade_no: '1'.repeat(32),
  transaction_id: '42',
  trade_state: 'SUCCESS',
  amount: { total: 1205, currency: 'CNY' },
};
const REFUND = {
  mchid: TEST_CONFIG.merchantId,
  out_trade_no: '1'.repeat(32),
  out_refund_no: '2'.repeat(32),
  refund_status: 'SUCCESS',
  amount: { refund: 300, total: 1205 },
};

const clock = new FakeClock();
let reader: NoticeReader;
beforeEach(() => {
  reader = {
    config: TEST_CONFIG,
    keys: platformKeys(TEST_CONFIG.platformKeys),
    clock,
    replays: new ReplayGuard(),
  };
});
const take = (
  clear: object | string,
  type: 'TRANSACTION.SUCCESS' | 'REFUND.SUCCESS' = 'TRANSACTION.SUCCESS',
) => {
  const text = typeof clear === 'string' ? clear : JSON.stringify(clear);
  const body = JSON.stringify({
    id: 'n-1',
    event_type: type,
    resource_type: 'encrypt-resource',
    resource: sealed(text, 'notice'),
  });
  return readNotice({ headers: platformHeaders(body, clock), body }, reader);
};

describe('a resource', () => {
  it('opens without a name as well, and when nothing is in it', () => {
    expect(openResource(sealed('x'), API_V3_KEY)).toBe('x');
    expect(openResource(sealed(''), API_V3_KEY)).toBe('');
  });
  it('shorter than its tag does not', () => {
    const short = Buffer.alloc(15).toString('base64');
    expect(openResource({ ...sealed('x'), ciphertext: short }, API_V3_KEY)).toBeUndefined();
  });
});

describe('a payment', () => {
  it.each([
    ['of nothing', { ...TRANSACTION, amount: { total: 0, currency: 'CNY' } }],
    ['of less than nothing', { ...TRANSACTION, amount: { total: -1, currency: 'CNY' } }],
    ['without a total', { ...TRANSACTION, amount: { currency: 'CNY' } }],
    ['without a number', { mchid: TEST_CONFIG.merchantId, amount: { total: 1205 } }],
    ['that is no object', '5'],
    ['that is no JSON', 'hello'],
  ])('%s is refused, and its callback may come again', (_, clear) => {
    expect(take(clear)).toEqual({ refused: 'malformed' });
    expect(take(TRANSACTION)).toHaveProperty('notice');
  });

  it('of another merchant does not use up the callback’s id', () => {
    expect(take({ ...TRANSACTION, mchid: '1900000002' })).toEqual({ refused: 'other-merchant' });
    expect(take(TRANSACTION)).toHaveProperty('notice');
    expect(take(TRANSACTION)).toEqual({ refused: 'replayed' });
  });

  it('may leave its application out', () => {
    const { appid: _, ...rest } = TRANSACTION;
    expect(take(rest)).toMatchObject({ notice: { reference: TRANSACTION.out_trade_no, amount: 1205 } });
  });
});

describe('a refund', () => {
  it.each([
    ['of nothing', { ...REFUND, amount: { refund: 0, total: 1205 } }],
    ['of less than nothing', { ...REFUND, amount: { refund: -1, total: 1205 } }],
    ['without an amount', { ...REFUND, amount: undefined }],
    ['without its own number', { ...REFUND, out_refund_no: undefined }],
    ['that is no JSON', 'hello'],
  ])('%s is refused', (_, clear) => {
    expect(take(clear, 'REFUND.SUCCESS')).toEqual({ refused: 'malformed' });
  });

  it('of another merchant is refused', () => {
    expect(take({ ...REFUND, mchid: '1900000002' }, 'REFUND.SUCCESS')).toEqual({ refused: 'other-merchant' });
  });

  it('that did not go through is no approval', () => {
    expect(take({ ...REFUND, refund_status: 'ABNORMAL' }, 'REFUND.SUCCESS')).not.toMatchObject({
      notice: { outcome: { state: 'approved' } },
    });
  });
});

it('a nonce that is missing is not the word for it', () => {
  const body = '{}';
  const headers = platformHeaders(body, clock, 'undefined');
  const said = {
    timestamp: headers['Wechatpay-Timestamp'],
    nonce: 'undefined',
    serial: SERIAL,
    signature: headers['Wechatpay-Signature'],
    body,
  };
  expect(signatureFault(said, reader.keys, clock)).toBeUndefined();
  expect(signatureFault({ ...said, nonce: undefined }, reader.keys, clock)).toBe('signature-invalid');
});
