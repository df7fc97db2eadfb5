import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tdesDukpt } from '../../../../server/src/acquirers/iso8583/keys/dukpt-tdes.ts';
import { tdesCbcDecrypt } from '../../../../server/src/acquirers/iso8583/keys/tdes.ts';
import { COMMANDS, readFeature, writeFeature } from './command.ts';
import { readMagneSafe } from './reading.ts';
import { LONG_REPORT_BYTES, type MagneSafeReport, readReport, writeReport } from './report.ts';

const capture = readFileSync(
  new URL('../../drivers/msr-magnesafe/captures/v5-level-3.hex', import.meta.url),
  'latin1',
);
const VENDOR = Uint8Array.from(Buffer.from(capture.replaceAll(/\s/g, ''), 'hex'));
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
/** A report of the vendor's with some bytes changed. */
const changed = (at: number, ...bytes: number[]): Uint8Array<ArrayBuffer> => {
  const copy = VENDOR.slice();
  copy.set(bytes, at);
  return copy;
};

describe("the vendor's swipe at security level 3", () => {
  const report = readReport(VENDOR);

  test('every field stands where the manual says', () => {
    expect(report).toMatchObject({
      decode: [0, 0, 0],
      encodeType: 0,
      status: 0x0006,
      masked: [
        '%B5452000000007189^HOGAN/PAUL      ^08040000000000000000000?',
        ';5452000000007189=080400000000000000?',
        ';5163000050000445=000000000000?',
      ],
      absolute: [60, 37, 31, 54],
      serial: '',
    });
    expect(hex(report!.ksn)).toBe('FFFF9876543210E00008');
    expect(hex(report!.sessionId)).toBe('21685F158B5C6BE0');
  });

  test('what is taken for ciphertext opens under the PIN variant of the published key to tracks of the said lengths', () => {
    const { pin } = tdesDukpt(Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex'), report!.ksn);
    const clear = report!.encrypted.map((track) => tdesCbcDecrypt(pin, track).toString('latin1'));
    expect(clear.map((text) => /^[%;+].*\?\0*$/.test(text))).toEqual([true, true, true]);
    expect(clear.map((text) => text.replace(/\0+$/, '').length)).toEqual(report!.absolute.slice(0, 3));
    // The masked track agrees with the encrypted one at the ends of the number.
    expect(clear[1]).toMatch(/^;5452\d{8}7189=0804/);
  });

  test('it may be used, and shows nothing of the number but its ends', () => {
    const reading = readMagneSafe(VENDOR);
    if (reading.kind !== 'swipe') throw new Error(reading.kind);
    const { ksn, track, ...rest } = reading.swipe;
    expect(hex(ksn)).toBe('FFFF9876543210E00008');
    expect(track).toHaveLength(40);
    expect(rest).toEqual({ layout: 'track2', masked: '5452********7189', serial: '' });
  });

  test('it is put together as it was', () => {
    expect(hex(writeReport(report!))).toBe(hex(VENDOR));
  });
});

describe('what is refused', () => {
  const clearTrack = (at: number, text: string) => {
    const copy = changed(at, ...Buffer.from(text));
    copy[4] = text.length;
    return copy;
  };

  test.each<[string, Uint8Array, string]>([
    ['the 337 bytes of a reader that cannot encrypt', new Uint8Array(337), 'not-encrypted'],
    ['no key injected', changed(493, 0, 0b100), 'no-key'],
    ['encryption switched off', changed(493, 0, 0b010), 'not-encrypted'],
    ['keys used up', changed(493, 0, 0b111), 'no-key'],
    ['its count of swipes used up', changed(493, 1, 0b110), 'no-key'],
    ['a key serial number of ones', changed(495, ...Array<number>(10).fill(0xff)), 'no-key'],
    ['a key serial number of nothing', changed(495, ...Array<number>(10).fill(0)), 'no-key'],
    ['half a block', changed(4, 0x25), 'not-encrypted'],
    [
      'a clear track where ciphertext should be',
      clearTrack(119, ';4761739001010010=30121010000000000000?'),
      'not-encrypted',
    ],
    [
      'a masked track that is not masked',
      clearTrack(620, ';4761739001010010=30121010000000000000?'),
      'not-encrypted',
    ],
    [
      'a short report with a clear track',
      Uint8Array.from(Buffer.from('  ;4761739001010010=3012101?')),
      'not-encrypted',
    ],
  ])('%s', (_, data, reason) => {
    expect(readMagneSafe(data)).toEqual({ kind: 'refused', reason });
  });

  test.each<[string, Uint8Array]>([
    ['track 2 could not be read', changed(1, 1)],
    ['no track 2 on the card', changed(4, 0)],
    ['no bank card', changed(6, 1)],
    ['nothing', new Uint8Array(0)],
    ['a length that cannot be', changed(4, 113)],
    ['a length of the MagnePrint that cannot be', changed(348, 129)],
  ])('swipe again: %s', (_, data) => {
    expect(readMagneSafe(data)).toEqual({ kind: 'unreadable' });
  });
});

test('a reader that leaves the service code clear says whether the card has a chip', () => {
  const text = ';4761730000000010=30122010000000000000?';
  const data = changed(620, ...Buffer.from(text));
  data[506] = text.length;
  expect(readMagneSafe(data)).toMatchObject({
    kind: 'swipe',
    swipe: { serviceCode: '201', masked: '4761********0010' },
  });
});

test.each<[string, keyof typeof COMMANDS, string]>([
  ['software', 'softwareId', '000100'],
  ['serial number', 'serialNumber', '000103'],
  ['key serial number', 'keySerialNumber', '0900'],
  ['security level', 'securityLevel', '1500'],
])('asks for its %s', (_, name, sent) => {
  const [code, length, ...data] = COMMANDS[name];
  expect(length).toBe(data.length);
  const report = writeFeature({ code, data: Uint8Array.from(data) }, 60);
  expect(report).toHaveLength(60);
  expect(hex(report).startsWith(sent)).toBe(true);
  expect(readFeature(report)).toEqual({ code, data: Uint8Array.from(data) });
});

test('an answer that claims more than there is is none', () => {
  expect(readFeature(Uint8Array.of(0, 3, 1))).toBeUndefined();
  expect(readFeature(new Uint8Array(0))).toBeUndefined();
});

const bytesOf = (most: number) => fc.uint8Array({ maxLength: most }).map((bytes) => Uint8Array.from(bytes));
const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => Uint8Array.from(bytes));
const small = fc.nat(255);
const text = (most: number) =>
  fc.string({ unit: fc.constantFrom(...'%;B0123456789=^?*/ AZ'), maxLength: most });
const reports: fc.Arbitrary<MagneSafeReport> = fc.record({
  decode: fc.tuple(small, small, small),
  encodeType: small,
  encrypted: fc.tuple(bytesOf(112), bytesOf(112), bytesOf(112)),
  cardStatus: small,
  magnePrintStatus: exactly(4),
  magnePrint: bytesOf(128),
  serial: text(15),
  status: fc.nat(0xffff),
  ksn: exactly(10),
  masked: fc.tuple(text(112), text(112), text(112)),
  sessionId: exactly(8),
  absolute: fc.tuple(small, small, small, small).map((each) => [...each]),
  rest: bytesOf(LONG_REPORT_BYTES - 856),
});

test('whatever is written is read back', () => {
  fc.assert(
    fc.property(reports, (report) => {
      expect(readReport(writeReport(report))).toEqual(report);
    }),
  );
});

test('any bytes of any length are answered, never with a throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 0, maxLength: 900 }), (bytes) => {
      expect(['swipe', 'refused', 'unreadable']).toContain(readMagneSafe(bytes).kind);
    }),
  );
});
