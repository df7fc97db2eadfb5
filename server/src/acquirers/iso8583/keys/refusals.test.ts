import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CardData } from '../../../../../src/domain/card-data.ts';
import { aesDukpt } from './dukpt-aes.ts';
import { tdesDukpt } from './dukpt-tdes.ts';
import { KeyError } from './key-error.ts';
import { translateFormat0, translateFormat4 } from './pin.ts';
import { tdesEncrypt } from './tdes.ts';
import { TerminalKeys, type TerminalSecrets } from './terminal-keys.ts';
import { clearTrack, sealedTrack } from './track.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const KEY = hex('0123456789ABCDEFFEDCBA9876543210');
const TDES_KSN = hex('FFFF9876543210E00001');
const AES_KSN = '123456789012345600000001';
const CARD = '4761739001010010';
const SLOT = 'CB4AB541CD5AD4FC256A882726936A5A08D7B4FB';
const text = (track: string): Buffer => Buffer.from(track, 'latin1');

const terminal = (more: Partial<TerminalSecrets> = {}): TerminalKeys =>
  new TerminalKeys({
    masterKey: hex('11111111111111112222222222222222'),
    mac: 'x9.19',
    baseKeys: [
      { scheme: 'dukpt-tdes', ksnPrefix: 'FFFF', key: KEY },
      { scheme: 'dukpt-aes', ksnPrefix: '1234', key: KEY },
    ],
    ...more,
  });
const signedIn = (more?: Partial<TerminalSecrets>): TerminalKeys => {
  const keys = terminal(more);
  keys.load(SLOT.repeat(3));
  return keys;
};
const cardOf = (more: Partial<CardData>): CardData => ({
  entry: 'chip',
  scheme: 'dukpt-tdes',
  ksn: upper(TDES_KSN),
  track: '00'.repeat(8),
  ...more,
});

describe('what is refused says why, and never with a key or a card in it', () => {
  const aesBlock = { ksn: AES_KSN, block: '00'.repeat(15) };
  test.each<[string, () => unknown]>([
    ['bad-size: a master key has 16 bytes', () => terminal({ masterKey: hex('11') })],
    ['bad-size: field 62 holds no three working keys', () => terminal().load(SLOT)],
    [
      'bad-check-value: working key 1 does not give its check value',
      () => terminal().load(`${SLOT.slice(0, -1)}A${SLOT}${SLOT}`),
    ],
    [
      'bad-check-value: working key 3 does not give its check value',
      () => terminal().load(`${SLOT}${SLOT}${SLOT.slice(0, -1)}A`),
    ],
    ['no-working-keys: the terminal is not signed in', () => terminal().mac(KEY)],
    [
      'no-base-key: the base key is of another scheme',
      () => signedIn().seal(cardOf({ scheme: 'dukpt-aes' })),
    ],
    ['no-base-key: no base key for this reader', () => signedIn().seal(cardOf({ ksn: '00'.repeat(10) }))],
    ['no-base-key: no base key for this reader', () => signedIn().seal(cardOf({ ksn: 'FFFF' }))],
    ['bad-track: an encrypted track is whole blocks', () => signedIn().seal(cardOf({ track: '' }))],
    [
      'bad-track: an encrypted track is whole blocks',
      () => signedIn().seal(cardOf({ track: '00'.repeat(12) })),
    ],
    ['bad-track: what was decrypted is no track 2', () => clearTrack(text('hello'))],
    ['bad-track: a track too short to be sealed', () => sealedTrack(KEY, '123456789012D301')],
    ['bad-size: a TDES base key has 16 bytes', () => tdesDukpt(hex('11'), TDES_KSN)],
    ['bad-size: a TDES key serial number has 10 bytes', () => tdesDukpt(KEY, hex('11'))],
    [
      'bad-counter: a transaction counter that X9.24 does not use',
      () => tdesDukpt(KEY, hex('FFFF9876543210E00000')),
    ],
    ['bad-size: an AES base key has 16, 24 or 32 bytes', () => aesDukpt(hex('11'), hex(AES_KSN))],
    ['bad-size: an AES key serial number has 12 bytes', () => aesDukpt(KEY, hex('11'))],
    [
      'bad-counter: a transaction counter that X9.24 does not use',
      () => aesDukpt(KEY, hex('123456789012345600000000')),
    ],
    [
      'bad-pin: what was decrypted is no PIN block of format 0 for this card',
      () => translateFormat0(KEY, KEY, hex('0011223344556677'), CARD),
    ],
    [
      'bad-pin: what was decrypted is no PIN block of format 4',
      () => translateFormat4(KEY, KEY, Buffer.alloc(16), CARD),
    ],
    [
      'bad-pin: a PIN block of format 4 has 16 bytes',
      () => translateFormat4(KEY, KEY, hex(aesBlock.block), CARD),
    ],
  ])('%s', (said, work) => {
    let error: unknown;
    try {
      work();
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(KeyError);
    expect(error).toMatchObject({ name: 'KeyError' });
    const { code, message } = error as KeyError;
    expect(`${code}: ${message}`).toBe(said);
  });
});

describe('keys of an AES terminal', () => {
  test('only the MAC key has an AES check value', () => {
    const wrapped = SLOT.slice(0, 32);
    const aes = `${wrapped}D5C825A2`;
    for (const field of [`${aes}${aes}${SLOT}`, `${SLOT}${aes}${aes}`])
      expect(() => terminal({ mac: 'aes-cmac' }).load(field)).toThrow('does not give its check value');
    const keys = terminal({ mac: 'aes-cmac' });
    keys.load(`${SLOT}${aes}${SLOT}`);
    expect(keys.ready).toBe(true);
  });

  test('an older AES reader has its track under the PIN key', () => {
    const baseKeys = [{ scheme: 'dukpt-aes', ksnPrefix: '', key: KEY, trackKey: 'pin' }] as const;
    const key = aesDukpt(KEY, hex(AES_KSN)).working('pin');
    const clear = Buffer.concat([text(`${CARD}=30122010`), Buffer.alloc(7)]);
    const cipher = createCipheriv('aes-128-cbc', key, Buffer.alloc(16)).setAutoPadding(false);
    const track = upper(cipher.update(clear));
    expect(clear).toHaveLength(32);
    expect(signedIn({ baseKeys }).seal(cardOf({ scheme: 'dukpt-aes', ksn: AES_KSN, track })).masked).toBe(
      '476173******0010',
    );
    expect(() => signedIn().seal(cardOf({ scheme: 'dukpt-aes', ksn: AES_KSN, track }))).toThrow('no track 2');
  });

  test('a serial number of another length is no reader of ours, whatever it begins with', () => {
    for (const ksn of [AES_KSN.slice(2), `${AES_KSN}00`])
      expect(() => signedIn().seal(cardOf({ scheme: 'dukpt-aes', ksn }))).toThrow('no base key');
  });
});

describe('a track', () => {
  const digits = `${CARD}D30122010`;
  test.each([
    ['text', text(`${CARD}=30122010`)],
    ['text with sentinels', text(`;${CARD}=30122010?`)],
    ['text with D', text(`${CARD}D30122010`)],
    ['packed nibbles', hex(`${digits}F`)],
    ['a data object', hex(`570D${digits}F`)],
  ])('is found in %s', (_, bytes) => {
    expect(clearTrack(bytes)).toEqual({ digits, cardNumber: CARD });
  });

  test.each([
    ['that begins behind something', text(`x${CARD}=30122010`)],
    ['with a letter behind its expiry', text(`${CARD}A30122010`)],
    ['of another data object', hex(`5A0D${digits}F`)],
    ['with a letter among its digits', hex(`${CARD}D3012A010F`)],
    ['of an empty data object', hex('5700')],
  ])('%s is none', (_, bytes) => {
    expect(() => clearTrack(bytes)).toThrow('no track 2');
  });

  test('of an odd number of digits is sealed as many as there are', () => {
    const odd = '123456789012D3012';
    const even = '123456789012D30120';
    // The last byte stays clear, the eight before it are encrypted: nine bytes in both.
    const head = upper(tdesEncrypt(KEY, hex('123456789012D301')));
    expect(sealedTrack(KEY, odd)).toBe(`${head}2`);
    expect(sealedTrack(KEY, even)).toBe(`${head}20`);
  });
});
