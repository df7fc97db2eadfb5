import { describe, expect, test } from 'vitest';
import { MagneSafeReader } from '../../src/devices/simulators/msr-magnesafe/magnesafe-reader.ts';
import { SecureMagReader } from '../../src/devices/simulators/msr-securemag/securemag-reader.ts';
import { fuzz } from '../fuzz/run.ts';
import { seedsOf } from '../fuzz/seeds.ts';
import { msrMagneSafe } from './msr-magnesafe.ts';
import { msrSecureMag } from './msr-securemag.ts';
import { pn532 } from './pn532.ts';
import type { WireCodec } from './wire-codec.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Shown = Readonly<Record<string, unknown>>;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const bytesOf = (text: string): Bytes => Uint8Array.from(Buffer.from(text, 'hex'));
const encoded = (codec: WireCodec, value: unknown): string => hex(codec.encode!(value));
const decoded = (codec: WireCodec, bytes: Uint8Array): readonly Shown[] =>
  codec.decode(Uint8Array.from(bytes)) as readonly Shown[];
const joined = (...parts: readonly Uint8Array[]): Bytes =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
const CLEAR = ';4761739001010010=30121010000000000000?';
const NUMBER = '4761739001010010';

/** The bytes with stars for the names of the vendors' examples and of the simulated cards. */
function nameless(bytes: Uint8Array): Bytes {
  let text = hex(bytes);
  for (const name of ['HOGAN/PAUL', 'BUSH JR/GEORGE W.MR', 'TEST/CARD'])
    text = text.replaceAll(hex(Buffer.from(name)), hex(Buffer.from(name.replaceAll(/[^ /]/g, '*'))));
  return bytesOf(text);
}

/** The SecureMag frame with the check bytes that belong to it. */
function framed(frame: Uint8Array): Bytes {
  const data = frame.subarray(3, -3);
  const [lrc, sum] = [data.reduce((all, byte) => all ^ byte, 0), data.reduce((all, byte) => all + byte, 0)];
  return joined(frame.subarray(0, -3), Uint8Array.of(lrc, sum & 0xff), frame.subarray(-1));
}

/** What a simulated reader says at a swipe. */
function said<Core extends { onReport(listener: (id: number, bytes: Bytes) => void): () => void }>(
  core: Core,
  swipe: (core: Core) => void,
): Bytes {
  const reports: Bytes[] = [];
  core.onReport((_, bytes) => reports.push(bytes));
  swipe(core);
  return joined(...reports);
}

describe('msr-magnesafe', () => {
  const [vendor] = seedsOf('msr-magnesafe');

  test("the vendor's swipe: every field, the number only at its ends, no name, and the other bytes back", () => {
    const [shown] = decoded(msrMagneSafe, vendor!);
    expect(shown).toMatchObject({
      kind: 'swipe',
      ksn: 'FFFF9876543210E00008',
      status: 6,
      masked: [
        { text: '%B545200******7189^*****/****      ^08040000000000000000000?', fill: '0' },
        { text: ';545200******7189=080400000000000000?', fill: '0' },
        { text: ';516300******0445=000000000000?', fill: '0', but: { 8: '5' } },
      ],
    });
    expect(encoded(msrMagneSafe, shown)).toBe(hex(nameless(vendor!)));
  });

  test('several reports one after the other, and one that is cut', () => {
    const swipe = said(new MagneSafeReader(), (core) => core.swipe());
    const two = decoded(msrMagneSafe, joined(swipe, vendor!));
    expect(two).toHaveLength(2);
    expect(encoded(msrMagneSafe, two)).toBe(hex(nameless(joined(swipe, vendor!))));
    expect(decoded(msrMagneSafe, swipe.slice(0, 700))).toEqual([{ error: 'bad-length', at: 0 }]);
    expect(() => msrMagneSafe.decode(new Uint8Array(100))).toThrow('no report');
  });

  test('a question and its answer', () => {
    const question = `1500${'00'.repeat(22)}`;
    expect(decoded(msrMagneSafe, bytesOf(question))).toEqual([
      { kind: 'feature', code: 0x15, data: '', bytes: 24 },
    ]);
    expect(encoded(msrMagneSafe, { kind: 'feature', code: 0x15, data: '' })).toBe(question);
    expect(decoded(msrMagneSafe, bytesOf('0005'))).toEqual([{ error: 'bad-length', at: 0 }]);
  });

  test.each(['mt-211', 'no-key', 'switched-off'] as const)(
    'clear card data (%s) is told and not shown',
    (why) => {
      const report = said(new MagneSafeReader(), (core) =>
        core.swipeClear({ track1: '', track2: CLEAR }, why),
      );
      const shown = decoded(msrMagneSafe, report);
      expect(shown).toEqual([{ error: 'not-encrypted', at: 0 }]);
    },
  );

  test('a reader that shows what follows the number: its own digits are not quoted', () => {
    const report = said(new MagneSafeReader(), (core) => core.swipe('chip'));
    const masked = decoded(msrMagneSafe, report)[0]!['masked'];
    expect(masked).toMatchObject([{ hidden: 47 }, { hidden: 39 }, '']);
  });
});

describe('msr-securemag', () => {
  const seeds = seedsOf('msr-securemag');

  test.each(['enhanced', 'original'] as const)(
    'the vendor’s %s example: fields, no name, and the other bytes back',
    (structure) => {
      const frame = seeds.find((each) => (each[3]! & 0x80) === (structure === 'enhanced' ? 0x80 : 0))!;
      const [shown] = decoded(msrSecureMag, frame);
      expect(shown).toMatchObject({ kind: 'card', structure, type: 0, lengths: [72, 35, 107] });
      const [one, two] = shown!['masked'] as readonly string[];
      expect(one).toMatch(/^%\*4266\*{8}9999\^\*{4} \*\*\/\*{6} \*\.?\*+\^\*{31}\?\*$/);
      expect(two).toBe(';4266********9999=***************?*');
      expect(encoded(msrSecureMag, shown)).toBe(hex(framed(nameless(frame))));
    },
  );

  test('in a report: noise before it, padding after it', () => {
    const report = said(new SecureMagReader(), (core) => core.swipe());
    const shown = decoded(msrSecureMag, report);
    expect(shown).toMatchObject([
      { error: 'noise', at: 0, length: 9 },
      { kind: 'card', ksn: 'FFFF9876543210E00101' },
    ]);
    const frame = bytesOf(encoded(msrSecureMag, shown[1]));
    const there = nameless(report).subarray(9, 9 + frame.length);
    expect(hex(frame)).toBe(hex(framed(there)));
  });

  test('a stream with a wrong check byte, noise and a cut end', () => {
    const [frame] = seeds;
    const broken = frame!.slice();
    broken[broken.length - 3]! ^= 1;
    const stream = joined(broken, Uint8Array.of(0x41), frame!, frame!.slice(0, 50));
    const shown = decoded(msrSecureMag, stream);
    expect(shown).toContainEqual({ error: 'bad-lrc', at: 0 });
    expect(shown.filter(({ kind }) => kind === 'card')).toHaveLength(1);
    expect(shown).toContainEqual({ error: 'cut', at: 2 * frame!.length + 1 });
    expect(() => msrSecureMag.decode(Uint8Array.of(1, 4, 1))).toThrow('no frame');
  });

  test.each(['original', 'enhanced'] as const)('clear card data (%s) is told and not shown', (structure) => {
    const report = said(new SecureMagReader(), (core) =>
      core.swipeClear({ track1: '', track2: CLEAR }, structure),
    );
    const shown = decoded(msrSecureMag, report);
    expect(shown.at(-1)).toEqual({ error: 'not-encrypted', at: 9 });
    expect(JSON.stringify(shown)).not.toContain(NUMBER.slice(6, 12));
  });

  test('fields that do not agree with their lengths are not written', () => {
    const [shown] = decoded(msrSecureMag, seeds[0]!);
    expect(() => msrSecureMag.encode!({ ...shown, lengths: [1, 2, 3] })).toThrow('lengths');
  });
});

describe('pn532', () => {
  test.each([
    [
      'GetFirmwareVersion',
      '0000FF02FED4022A00',
      { from: 'host', code: 2, data: '', command: 'GetFirmwareVersion' },
    ],
    [
      'SAMConfiguration',
      '0000FF05FBD4140114010200',
      { from: 'host', data: '011401', command: 'SAMConfiguration' },
    ],
    ['InListPassiveTarget', '0000FF04FCD44A0100E100', { data: '0100', command: 'InListPassiveTarget' }],
    ['an answer', '0000FF06FAD50332010607E800', { from: 'reader', firmware: '1.6' }],
    [
      'a tag',
      '0000FF0FF1D54B01010044000704A1B2C3D4E5F6CA00',
      { from: 'reader', tag: { uid: '04A1B2C3D4E5F6', selRes: 0 } },
    ],
  ])('%s: the same bytes back', (_, frame, shown) => {
    const messages = decoded(pn532, bytesOf(frame));
    expect(messages).toMatchObject([{ kind: 'frame', ...shown }]);
    expect(encoded(pn532, messages)).toBe(frame);
  });

  test('a stream: waking, acknowledging, noise, a wrong sum, a cut end', () => {
    const wake = `5555${'00'.repeat(14)}`;
    const stream = `${wake}0000FF00FF00 4142 0000FF02FED4022B00 0000FF02FED4022A00 0000FF02FE`.replaceAll(
      ' ',
      '',
    );
    expect(decoded(pn532, bytesOf(stream))).toMatchObject([
      { kind: 'wake' },
      { kind: 'ack' },
      { error: 'noise' },
      { error: 'bad-sum' },
      { error: 'noise' },
      { kind: 'frame', code: 2 },
      { error: 'cut' },
    ]);
    expect(encoded(pn532, [{ kind: 'wake' }, { kind: 'ack' }, { kind: 'nack' }, { kind: 'error' }])).toBe(
      `${wake}0000FF00FF000000FFFF00000000FF01FF7F8100`,
    );
    expect(() => pn532.decode(Uint8Array.of(1, 2, 3))).toThrow('no frame');
  });
});

test.each([
  ['msr-magnesafe', msrMagneSafe],
  ['msr-securemag', msrSecureMag],
  ['pn532', pn532],
] as const)('%s: broken bytes never throw without a code, and what is read comes back', (id, codec) => {
  const report = fuzz(id, codec, { seeds: seedsOf(id), cases: 600, seed: 5 });
  expect(report.failures).toEqual([]);
  expect(report.roundTrips).toBeGreaterThan(20);
});
