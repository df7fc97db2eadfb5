import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { CardData } from '../../../../../src/domain/card-data.ts';
import { aesDukpt } from './dukpt-aes.ts';
import { tdesDukpt } from './dukpt-tdes.ts';
import { KeyError } from './key-error.ts';
import { tdesCbcEncrypt, tdesDecrypt, tdesEncrypt } from './tdes.ts';
import { TerminalKeys } from './terminal-keys.ts';
import { clearTrack, maskedNumber, sealedTrack } from './track.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof KeyError) return error.code;
    throw error;
  }
  return 'none';
};

const MASTER = hex('1111111111111111 2222222222222222');
const WORKING = hex('0123456789ABCDEF FEDCBA9876543210');
const WRAPPED = 'CB4AB541CD5AD4FC256A882726936A5A';
const TDES_BASE = hex('0123456789ABCDEFFEDCBA9876543210');
const AES_BASE = hex('FEDCBA9876543210F1F1F1F1F1F1F1F1');
const TDES_KSN = 'FFFF9876543210E00001';
const AES_KSN = '123456789012345600000001';
const FIELD_62 = `${WRAPPED}08D7B4FB`.repeat(3);

const CARD = '4761739001010010';
const TRACK = `${CARD}=30122010000000000000`;

const terminal = (over: Partial<ConstructorParameters<typeof TerminalKeys>[0]> = {}) =>
  new TerminalKeys({
    masterKey: MASTER,
    mac: 'x9.19',
    baseKeys: [
      { scheme: 'dukpt-tdes', ksnPrefix: 'FFFF', key: TDES_BASE },
      { scheme: 'dukpt-aes', ksnPrefix: '1234', key: AES_BASE },
    ],
    ...over,
  });
const signedIn = (...over: Parameters<typeof terminal>) => {
  const keys = terminal(...over);
  keys.load(FIELD_62);
  return keys;
};
const padded = (bytes: Buffer, block: number) =>
  Buffer.concat([bytes, Buffer.alloc((block - (bytes.length % block)) % block)]);
const tdesCard = (clear: Buffer, over: Partial<CardData> = {}): CardData => ({
  entry: 'swipe',
  scheme: 'dukpt-tdes',
  ksn: TDES_KSN,
  track: upper(tdesCbcEncrypt(tdesDukpt(TDES_BASE, hex(TDES_KSN)).data, padded(clear, 8))),
  ...over,
});
const aes = (key: Buffer, bytes: Buffer) =>
  createCipheriv('aes-128-cbc', key, Buffer.alloc(16)).setAutoPadding(false).update(bytes);

describe('working keys', () => {
  test('are unwrapped under the master key and proved by their check values', () => {
    const keys = terminal();
    expect(keys.ready).toBe(false);
    keys.load(FIELD_62);
    expect(keys.ready).toBe(true);
    expect(upper(keys.mac(hex('00')))).not.toBe('');
  });

  test('of a published sign-in answer are those that its author found', () => {
    // A TMK, a wrapped PIN key and what it unwraps to, as a terminal developer published them.
    const master = hex('CA5D92598DCA48CE8A4C76361A9269E9');
    const clear = tdesDecrypt(master, hex('6701EAD6A9AD51E51AA406E2C27FCFA9'));
    expect(upper(clear)).toBe('807A23AD32B36D457AE91FDF927570EA');
    expect(upper(tdesEncrypt(clear, Buffer.alloc(8)))).toBe('8D0A74B8C5EF66C6');
  });

  test('for AES-CMAC have an AES check value for the MAC key', () => {
    const keys = terminal({ mac: 'aes-cmac' });
    keys.load(`${WRAPPED}08D7B4FB${WRAPPED}D5C825A2${WRAPPED}08D7B4FB`);
    expect(keys.ready).toBe(true);
    expect(codeOf(() => keys.load(FIELD_62))).toBe('bad-check-value');
  });

  test.each([
    ['a wrong check value', `${WRAPPED}08D7B4FA${FIELD_62.slice(40)}`, 'bad-check-value'],
    ['two keys', FIELD_62.slice(40), 'bad-size'],
    ['nothing', '', 'bad-size'],
  ])('%s leaves the terminal without keys', (_, field, code) => {
    const keys = terminal();
    expect(codeOf(() => keys.load(field))).toBe(code);
    expect(keys.ready).toBe(false);
  });

  test('are refused in part: a bad third key takes away nothing that was there', () => {
    const keys = signedIn();
    const before = keys.mac(hex('AA'));
    expect(codeOf(() => keys.load(`${FIELD_62.slice(0, -8)}00000000`))).toBe('bad-check-value');
    expect(keys.mac(hex('AA'))).toEqual(before);
  });

  test('are needed for everything, and can be forgotten', () => {
    const keys = signedIn();
    keys.forget();
    expect(keys.ready).toBe(false);
    expect(codeOf(() => keys.mac(hex('00')))).toBe('no-working-keys');
    expect(codeOf(() => keys.seal(tdesCard(Buffer.from(TRACK))))).toBe('no-working-keys');
    expect(keys.verifies(hex('00'), hex('0000000000000000'))).toBe(false);
  });

  test('verify only their own MAC', () => {
    const keys = signedIn();
    const mac = keys.mac(hex('0210'));
    expect(keys.verifies(hex('0210'), mac)).toBe(true);
    expect(keys.verifies(hex('0211'), mac)).toBe(false);
    expect(keys.verifies(hex('0210'), mac.subarray(1))).toBe(false);
  });

  test('a master key of another size is refused', () => {
    expect(codeOf(() => terminal({ masterKey: hex('00') }))).toBe('bad-size');
  });
});

/** PIN 1234 under the card number 4012345678909. */
const OTHER_CARD = '1B9C1845EB993A7A';

describe('a card', () => {
  // Field 35 worked out from the rule: the eight bytes before the last one, TDES under the data key.
  const SEALED = { track: '4761739001010010D3010E601AF751196A7F0', masked: '476173******0010' };

  test.each([
    ['text', Buffer.from(TRACK)],
    ['text with sentinels and check', Buffer.from(`;${TRACK}?8`)],
    ['packed nibbles with an end mark', hex(`${TRACK.replace('=', 'D')}F`)],
    ['a whole data object 57', hex(`5713${TRACK.replace('=', 'D')}F`)],
  ])('read as %s is sealed for the bank', (_, clear) => {
    expect(signedIn().seal(tdesCard(clear))).toEqual(SEALED);
  });

  test('read by an AES reader is sealed for the bank', () => {
    const key = aesDukpt(AES_BASE, hex(AES_KSN)).working('dataEncrypt');
    const card: CardData = {
      entry: 'chip',
      scheme: 'dukpt-aes',
      ksn: AES_KSN,
      track: upper(aes(key, padded(Buffer.from(`;${TRACK}?`), 16))),
    };
    expect(signedIn().seal(card)).toEqual(SEALED);
  });

  test('of an older reader is under the PIN variant', () => {
    const keys = signedIn({
      baseKeys: [{ scheme: 'dukpt-tdes', ksnPrefix: 'FFFF', key: TDES_BASE, trackKey: 'pin' }],
    });
    const track = tdesCbcEncrypt(tdesDukpt(TDES_BASE, hex(TDES_KSN)).pin, padded(Buffer.from(TRACK), 8));
    expect(keys.seal(tdesCard(Buffer.from(TRACK), { track: upper(track) }))).toEqual(SEALED);
  });

  test('the longest serial number prefix picks the base key', () => {
    const keys = signedIn({
      baseKeys: [
        { scheme: 'dukpt-tdes', ksnPrefix: '', key: AES_BASE },
        { scheme: 'dukpt-tdes', ksnPrefix: 'FFFF98', key: TDES_BASE },
        { scheme: 'dukpt-tdes', ksnPrefix: 'FFFF', key: AES_BASE },
      ],
    });
    expect(keys.seal(tdesCard(Buffer.from(TRACK)))).toEqual(SEALED);
  });

  test('with a PIN of format 0 has the same block under the PIN key of the bank', () => {
    const clear = hex('041223C6FFEFEFFE');
    const block = upper(tdesEncrypt(tdesDukpt(TDES_BASE, hex(TDES_KSN)).pin, clear));
    const sealed = signedIn().seal(tdesCard(Buffer.from(TRACK), { pin: { ksn: TDES_KSN, block } }));
    expect(sealed.pin).toBe(upper(tdesEncrypt(WORKING, clear)));
  });

  test('with a PIN of format 4 has it as format 0', () => {
    const key = aesDukpt(AES_BASE, hex(AES_KSN)).working('pin');
    const ecb = (bytes: Buffer) =>
      createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(bytes);
    const account = hex('44761739001010010000000000000000');
    const inner = ecb(hex('441234AAAAAAAAAA0102030405060708'));
    const block = upper(ecb(Buffer.from(inner.map((byte, index) => byte ^ account[index]!))));
    const sealed = signedIn().seal(tdesCard(Buffer.from(TRACK), { pin: { ksn: AES_KSN, block } }));
    // 041234FFFFFFFFFF xor 0000173900101001, the twelve digits before the check digit.
    expect(sealed.pin).toBe(upper(tdesEncrypt(WORKING, hex('041223C6FFEFEFFE'))));
  });

  test.each([
    ['a reader of which no base key is known', { ksn: '00009876543210E00001' }, 'no-base-key'],
    ['a base key of the other scheme', { scheme: 'dukpt-aes' as const }, 'no-base-key'],
    ['a track under another key', { track: upper(Buffer.alloc(24, 7)) }, 'bad-track'],
    ['half a block', { track: '00112233' }, 'bad-track'],
    ['a used-up counter', { ksn: 'FFFF9876543210E00000' }, 'bad-counter'],
    ['a PIN block under another key', { pin: { ksn: TDES_KSN, block: '0011223344556677' } }, 'bad-pin'],
    ['a PIN block for another card', { pin: { ksn: TDES_KSN, block: OTHER_CARD } }, 'bad-pin'],
    ['a PIN block of seven bytes', { pin: { ksn: TDES_KSN, block: '00112233445566' } }, 'bad-pin'],
    ['an AES PIN block of eight bytes', { pin: { ksn: AES_KSN, block: '0011223344556677' } }, 'bad-pin'],
    ['an AES PIN block under another key', { pin: { ksn: AES_KSN, block: '00'.repeat(16) } }, 'bad-pin'],
  ])('%s is refused', (_, over, code) => {
    expect(codeOf(() => signedIn().seal(tdesCard(Buffer.from(TRACK), over)))).toBe(code);
  });
});

describe('a track', () => {
  test.each([
    ['nothing', ''],
    ['no separator', upper(Buffer.from(CARD))],
    ['too few digits', upper(Buffer.from('47617390010=3012'))],
    ['no expiry', upper(Buffer.from(`${CARD}=301`))],
    ['a broken data object', '5713476173'],
    ['too many digits', `${CARD}D${'3'.repeat(23)}`],
  ])('%s is none', (_, text) => {
    expect(codeOf(() => clearTrack(hex(text)))).toBe('bad-track');
  });

  test('without an end mark loses only zeros beyond the longest track', () => {
    const digits = `${CARD}D30122010000000000000`;
    expect(clearTrack(hex(`${digits}000`)).digits).toBe(digits);
  });

  test('of 37 digits with zeros behind it is read, of 38 it is not', () => {
    const text = (digits: number) => Buffer.from(`${CARD}=`.padEnd(digits, '1'));
    expect(clearTrack(text(37)).digits).toHaveLength(37);
    expect(codeOf(() => clearTrack(text(38)))).toBe('bad-track');
    expect(codeOf(() => clearTrack(hex(`${CARD}D`.padEnd(40, '1'))))).toBe('bad-track');
  });

  test('of nine bytes is sealed from its first byte on', () => {
    const digits = '123456789012D30120';
    expect(sealedTrack(WORKING, digits)).toBe(`${upper(tdesEncrypt(WORKING, hex('123456789012D301')))}20`);
    expect(sealedTrack(WORKING, digits.slice(0, 17))).toHaveLength(17);
  });

  test('shorter than nine bytes cannot be sealed', () => {
    expect(codeOf(() => sealedTrack(WORKING, '123456789012D301'))).toBe('bad-track');
  });

  test('shows six and four digits of a card number of any length', () => {
    expect(maskedNumber('622848001234567890')).toBe('622848********7890');
    expect(maskedNumber('412345678901')).toBe('412345****8901');
  });
});
