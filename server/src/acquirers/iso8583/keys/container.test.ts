import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CardData } from '../../../../../src/domain/card-data.ts';
import { cardInContainer, readContainer } from './container.ts';
import { tdesDukpt } from './dukpt-tdes.ts';
import { KeyError } from './key-error.ts';
import { tdesCbcEncrypt } from './tdes.ts';
import { TerminalKeys } from './terminal-keys.ts';
import { trackAmong } from './track.ts';

const hex = (text: string) => Buffer.from(text, 'hex');
const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const KEY = hex('0123456789ABCDEFFEDCBA9876543210');
const KSN = 'FFFF9876543210E00001';
const SLOT = 'CB4AB541CD5AD4FC256A882726936A5A08D7B4FB';
const TRACK = '5413330089010434D30122010000000000000F';

/** Template F8 of the message that the facts were made from. */
const CAPTURED = /F8819D[0-9A-F]{314}/.exec(
  readFileSync(
    new URL('../../../../../src/devices/drivers/mms/captures/arqc.hex', import.meta.url),
    'latin1',
  ),
)?.[0] as string;

const signedIn = (): TerminalKeys => {
  const keys = new TerminalKeys({
    masterKey: hex('11111111111111112222222222222222'),
    mac: 'x9.19',
    baseKeys: [{ scheme: 'dukpt-tdes', ksnPrefix: 'FFFF', key: KEY }],
  });
  keys.load(SLOT.repeat(3));
  return keys;
};
const tlv = (tag: string, value: string): string => {
  const size = value.length / 2;
  return tag + (size < 0x80 ? '' : '81') + size.toString(16).padStart(2, '0') + value;
};
/** A container of our own making. */
function sealed(clear: string, over: { type?: string; ksn?: string } = {}): string {
  const padding = (8 - ((clear.length / 2) % 8)) % 8;
  const ciphertext = tdesCbcEncrypt(tdesDukpt(KEY, hex(KSN)).data, hex(clear + '00'.repeat(padding)));
  return tlv(
    'F8',
    tlv('DFDF59', upper(ciphertext)) +
      tlv('DFDF56', over.ksn ?? KSN) +
      tlv('DFDF57', over.type ?? '80') +
      tlv('DFDF58', padding.toString(16).padStart(2, '0')),
  ).toUpperCase();
}
const card = (track: string, over: Partial<CardData> = {}): CardData => ({
  entry: 'chip',
  scheme: 'dukpt-tdes',
  ksn: KSN,
  layout: 'mms-f8',
  track,
  ...over,
});
const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof KeyError) return error.code;
    throw error;
  }
  return 'nothing';
};

describe('a container of an MMS reader', () => {
  test('as captured is opened, and only what a host may see comes out', () => {
    const { emv = '', ...rest } = signedIn().seal(card(CAPTURED));
    expect(rest).toMatchObject({ masked: '541333******0434' });
    expect(emv).toMatch(/^9F26080102030405060708/);
    for (const secret of ['5713', '5A08', '5F20', '5413330089010434']) expect(emv).not.toContain(secret);
  });

  test('of a stripe holds its track, whichever tag it has', () => {
    const text = upper(Buffer.from(';4761739001010010=30121010000000000000?'));
    for (const tag of ['DFDF39', 'DFDF3B']) {
      const track = sealed(tlv('FC', tlv('F4', tlv('DFDF37', upper(Buffer.from('%B1^?'))) + tlv(tag, text))));
      expect(signedIn().seal(card(track, { entry: 'swipe' }))).toMatchObject({ masked: '476173******0010' });
    }
  });

  test('may hold a PIN with a key of its own', () => {
    const clear = tlv(
      'FC',
      `${tlv('57', TRACK)}${tlv('5F34', '02')}${tlv('F5', tlv('99', '0011223344556677') + tlv('DFDF41', KSN))}`,
    );
    expect(cardInContainer(hex(clear), 0)).toMatchObject({
      sequence: '002',
      pin: { ksn: KSN, block: '0011223344556677' },
    });
    // The block is none of this card: it is looked at, not passed on.
    expect(codeOf(() => signedIn().seal(card(sealed(clear))))).toBe('bad-pin');
  });

  test.each([
    ['of another key', sealed(tlv('FC', tlv('57', TRACK)), { ksn: 'FFFF9876543210E00002' }), 'no-base-key'],
    ['encrypted with another variant', sealed(tlv('FC', tlv('57', TRACK)), { type: '81' }), 'bad-track'],
    ['that is not encrypted by DUKPT', sealed(tlv('FC', tlv('57', TRACK)), { type: '00' }), 'bad-track'],
    ['without a card', sealed(tlv('FD', tlv('57', TRACK))), 'bad-track'],
    ['without a track', sealed(tlv('FC', tlv('9F26', '0102030405060708'))), 'bad-track'],
    ['with a PIN without a key', sealed(tlv('FC', tlv('57', TRACK) + tlv('F5', tlv('99', '00')))), 'bad-pin'],
    ['that is none', '00112233', 'bad-track'],
    ['cut off', CAPTURED.slice(0, -20), 'bad-track'],
  ])('%s is refused', (_, track, code) => {
    expect(codeOf(() => signedIn().seal(card(track)))).toBe(code);
  });

  test('of AES is told by its kind of encryption', () => {
    for (const [type, scheme] of [
      ['80', 'dukpt-tdes'],
      ['90', 'dukpt-aes'],
      ['A0', 'dukpt-aes'],
    ] as const) {
      expect(readContainer(hex(sealed('00', { type }))).scheme).toBe(scheme);
    }
  });
});

describe('two tracks as one text', () => {
  test('hold track 2', () => {
    const text = '%B4761739001010010^A/B^30121010000000?;4761739001010010=30121010000000000000?\0\0';
    expect(trackAmong(Buffer.from(text))).toEqual({
      digits: '4761739001010010D30121010000000000000',
      cardNumber: '4761739001010010',
    });
    expect(codeOf(() => trackAmong(Buffer.from('%B4761739001010010^A/B^3012101?')))).toBe('bad-track');
  });
});
