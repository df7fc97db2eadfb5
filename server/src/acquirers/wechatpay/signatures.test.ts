import { describe, expect, it } from 'vitest';
import { FakeClock } from '../../testing/fake-clock.ts';
import { platformKeys, type SignedText, signatureFault } from './signatures.ts';
import { platformHeaders, SERIAL, TEST_CONFIG } from './testing/signed-host.ts';

const keys = platformKeys(TEST_CONFIG.platformKeys);
const BODY = '{"code":"SUCCESS"}';

function said(clock = new FakeClock()): SignedText {
  const headers = platformHeaders(BODY, clock);
  return {
    timestamp: headers['Wechatpay-Timestamp'],
    nonce: headers['Wechatpay-Nonce'],
    serial: headers['Wechatpay-Serial'],
    signature: headers['Wechatpay-Signature'],
    body: BODY,
  };
}
const faultOf = (text: SignedText, clock = new FakeClock()) => signatureFault(text, keys, clock);

describe('what WeChat Pay signed', () => {
  it('is believed', () => {
    expect(faultOf(said())).toBeUndefined();
  });

  it.each(['timestamp', 'nonce', 'serial', 'signature'] as const)('is not without its %s', (name) => {
    expect(faultOf({ ...said(), [name]: undefined })).toBe('signature-invalid');
  });

  it.each([
    ['nonce', { nonce: 'other' }],
    ['body', { body: '{"code":"ERROR"}' }],
    ['time', { timestamp: '1795320001' }],
    ['signature', { signature: 'AAAA' }],
    ['everything', { signature: 'WECHATPAY/SIGNTEST/AAAA' }],
  ])('is not with another %s', (_, change) => {
    expect(faultOf({ ...said(), ...change })).toBe('signature-invalid');
  });

  it('is not by a key that nobody knows', () => {
    expect(faultOf({ ...said(), serial: `${SERIAL}0` })).toBe('key-unknown');
  });

  it.each([
    [300_000, undefined],
    [301_000, 'stale'],
    [-300_000, undefined],
    [-301_000, 'stale'],
  ])('and read %i ms later: %s', (ms, fault) => {
    const later = new FakeClock();
    later.advance(ms);
    expect(faultOf(said(), later)).toBe(fault);
  });
});

it.each([
  ['no number', Number.NaN],
  ['before 1970', -5_000],
  ['of thirteen digits', 1e16],
])('a time that is %s is stale, though it is signed', (_, nowMs) => {
  const clock = { now: () => nowMs, mono: () => 0 };
  const headers = platformHeaders(BODY, clock);
  const text = {
    ...said(),
    timestamp: headers['Wechatpay-Timestamp'],
    signature: headers['Wechatpay-Signature'],
  };
  expect(signatureFault(text, keys, clock)).toBe('stale');
});
