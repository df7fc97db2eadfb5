import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { tdesDukpt } from '../../../../server/src/acquirers/iso8583/keys/dukpt-tdes.ts';
import { tdesCbcDecrypt } from '../../../../server/src/acquirers/iso8583/keys/tdes.ts';
import { readCard, type SecureMagCard, writeCard } from './card.ts';
import { FrameDecoder, type FrameEvent, lrcOf, sumOf, writeFrame } from './frame.ts';
import { readSecureMag, readSecureMagCard } from './reading.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const captured = (name: string): Uint8Array<ArrayBuffer> => {
  const url = new URL(`../../drivers/msr-securemag/captures/${name}.hex`, import.meta.url);
  return Uint8Array.from(Buffer.from(readFileSync(url, 'latin1').replaceAll(/\s/g, ''), 'hex'));
};
const ORIGINAL = captured('original-level-3');
const ENHANCED = captured('enhanced-level-3');
const BASE_KEY = Buffer.from('0123456789ABCDEFFEDCBA9876543210', 'hex');

/** Fed whole and one byte at a time: both must say the same. */
function decode(bytes: Uint8Array): readonly FrameEvent[] {
  const whole = new FrameDecoder();
  const said = [...whole.push(bytes), ...whole.end()];
  const drops = new FrameDecoder();
  const dropped = [...bytes].flatMap((byte) => [...drops.push(Uint8Array.of(byte))]);
  expect([...dropped, ...drops.end()]).toEqual(said);
  return said;
}
const cardOf = (frame: Uint8Array): Uint8Array<ArrayBuffer> => {
  const [event] = decode(frame);
  if (event?.kind !== 'card') throw new Error(event?.kind ?? 'nothing');
  return event.card;
};
const opened = (ksn: Uint8Array, track: Uint8Array): string =>
  tdesCbcDecrypt(tdesDukpt(BASE_KEY, ksn).data, track).toString('latin1');

describe("the vendor's examples", () => {
  test('check bytes agree with a second way to count them', () => {
    for (const frame of [ORIGINAL, ENHANCED]) {
      const card = cardOf(frame);
      let [lrc, sum] = [0, 0];
      for (let at = 3; at < frame.length - 3; at += 1) {
        lrc ^= frame[at]!;
        sum += frame[at]!;
      }
      expect([lrcOf(card), sumOf(card)]).toEqual([lrc, sum % 256]);
      expect([...frame.slice(-3)]).toEqual([lrc, sum % 256, 0x03]);
    }
  });

  test('enhanced structure: fields, and ciphertext that opens under the data key', () => {
    const card = readCard(cardOf(ENHANCED))!;
    expect(card).toMatchObject({ enhanced: true, type: 0, status: 0x3f, lengths: [72, 35, 107] });
    expect([card.maskStatus, card.sentStatus]).toEqual([0x03, 0xbf]);
    expect(card.masked[1]).toBe(';4266********9999=***************?*');
    expect(card.encrypted.map((track) => track.length)).toEqual([72, 40, 112]);
    expect(card.hashes.map((hash) => hash.length)).toEqual([20, 20, 20]);
    expect(hex(card.ksn)).toBe('62994901190000000002');
    const clear = card.encrypted.map((track) => opened(card.ksn, track));
    expect(clear[0]).toMatch(/^%B4266\d{8}9999\^.*\?.\0*$/);
    expect(clear[1]).toMatch(/^;4266\d{8}9999=\d+\?.\0{5}$/);
    expect(clear[2]).toMatch(/^;3333333333767676.*\?.\0*$/);
  });

  test('original structure: tracks 1 and 2 are one block, track 3 is sent as it is', () => {
    const card = readCard(cardOf(ORIGINAL))!;
    expect(card).toMatchObject({ enhanced: false, type: 0, status: 0x3f, lengths: [72, 35, 107] });
    expect(card.encrypted.map((track) => track.length)).toEqual([112, 0, 0]);
    expect(card.hashes).toHaveLength(2);
    expect(hex(card.ksn)).toBe('62994901190000000001');
    const clear = opened(card.ksn, card.encrypted[0]);
    expect(clear.slice(0, 72)).toMatch(/^%B4266\d{8}9999\^.*\?.$/);
    expect(clear.slice(72)).toMatch(/^;4266\d{8}9999=\d+\?.\0{5}$/);
  });

  test.each([
    ['original', ORIGINAL, 'tracks', 112],
    ['enhanced', ENHANCED, 'track2', 40],
  ] as const)('%s: may be used, and shows nothing but the ends of the number', (_, frame, layout, length) => {
    const reading = readSecureMagCard(cardOf(frame));
    if (reading.kind !== 'swipe') throw new Error(reading.kind);
    const { ksn, track, ...rest } = reading.swipe;
    expect(track).toHaveLength(length);
    expect(ksn).toHaveLength(10);
    expect(rest).toEqual({ layout, masked: '4266********9999', serial: '' });
  });

  test('put together as they were', () => {
    for (const frame of [ORIGINAL, ENHANCED]) {
      expect(hex(writeFrame(writeCard(readCard(cardOf(frame))!)))).toBe(hex(frame));
    }
  });

  test('in a HID report, after its nine bytes and before its padding', () => {
    const report = new Uint8Array(9 + 512);
    report.set([0, 0, 0, 72, 35, 107, 0, ENHANCED.length & 0xff, ENHANCED.length >> 8]);
    report.set(ENHANCED, 9);
    expect(readSecureMag(report)).toMatchObject({ kind: 'swipe' });
  });
});

describe('what is refused', () => {
  const base = readCard(cardOf(ENHANCED))!;
  const reading = (over: Partial<SecureMagCard>) => readSecureMagCard(writeCard({ ...base, ...over }));
  const none = new Uint8Array(0);
  const text = ';4761739001010010=30121010000000000000?';
  const clear = {
    encrypted: [none, none, none],
    hashes: [],
    ksn: none,
    sentStatus: 0,
  } as const satisfies Partial<SecureMagCard>;

  test.each<[string, Partial<SecureMagCard>, string]>([
    ['level 1: nothing encrypted, no key serial number', clear, 'not-encrypted'],
    ['a clear track', { ...clear, lengths: [0, text.length, 0], masked: ['', text, ''] }, 'not-encrypted'],
    [
      'track 2 left readable beside an encrypted track 1',
      { encrypted: [base.encrypted[0], none, none], sentStatus: 0xb9 },
      'not-encrypted',
    ],
    ['a key serial number of ones', { ksn: new Uint8Array(10).fill(0xff) }, 'no-key'],
    [
      'AES under a TDES key serial number',
      { maskStatus: 0x13, encrypted: [new Uint8Array(80), new Uint8Array(48), new Uint8Array(112)] },
      'unsupported',
    ],
    ['a fixed key', { maskStatus: 0x0b }, 'unsupported'],
  ])('%s', (_, over, reason) => {
    expect(reading(over)).toEqual({ kind: 'refused', reason });
  });

  test('the original structure without anything after its tracks', () => {
    const tracks = `%B4761739001010010^TEST/CARD^3012101?${text}`;
    const card = Uint8Array.of(0, 0x1b, 37, text.length, 0, ...Buffer.from(tracks));
    expect(readSecureMagCard(card)).toEqual({ kind: 'refused', reason: 'not-encrypted' });
  });

  test('a report without a frame but with a track in it', () => {
    expect(readSecureMag(Uint8Array.from(Buffer.from(text)))).toEqual({
      kind: 'refused',
      reason: 'not-encrypted',
    });
  });

  test.each<[string, Partial<SecureMagCard>]>([
    ['no bank card', { type: 3 }],
    ['track 2 was not read', { status: 0x39 }],
  ])('swipe again: %s', (_, over) => {
    expect(reading(over)).toEqual({ kind: 'unreadable' });
  });

  test('swipe again: fields that do not add up', () => {
    expect(readSecureMagCard(cardOf(ENHANCED).slice(0, -1))).toEqual({ kind: 'unreadable' });
    expect(readSecureMagCard(Uint8Array.of(0x80))).toEqual({ kind: 'unreadable' });
    expect(readSecureMag(new Uint8Array(0))).toEqual({ kind: 'unreadable' });
  });
});

test('newer units: options after the status fields, SHA-256, session id and serial number', () => {
  const card: SecureMagCard = {
    ...readCard(cardOf(ENHANCED))!,
    status: 0x7f,
    maskStatus: 0x83,
    sentStatus: 0xff,
    options: Uint8Array.of(0x01, 0x00),
    sessionId: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    hashes: [1, 2, 3].map((fill) => new Uint8Array(32).fill(fill)),
    serial: 'T134000064',
  };
  expect(readCard(writeCard(card))).toEqual(card);
  expect(readSecureMagCard(writeCard(card))).toMatchObject({
    kind: 'swipe',
    swipe: { serial: 'T134000064' },
  });
});

describe('a stream', () => {
  const card = cardOf(ENHANCED);

  test('begins again after noise, wrong check bytes, a lost end and a cut', () => {
    const badLrc = ENHANCED.slice();
    badLrc[badLrc.length - 3]! ^= 1;
    const badSum = ENHANCED.slice();
    badSum[badSum.length - 2]! ^= 1;
    const noEnd = ENHANCED.slice();
    noEnd[noEnd.length - 1] = 0;
    const noise = Uint8Array.of(0x55, 0x02, 0xff, 0xff, 0x03);
    const stream = [noise, badLrc, ENHANCED, badSum, noEnd, ENHANCED, ENHANCED.slice(0, 40)];
    const said = decode(Uint8Array.from(stream.flatMap((part) => [...part])));
    expect(said.flatMap((event) => (event.kind === 'card' ? [event.card] : []))).toEqual([card, card]);
    const reasons = said.flatMap((event) => (event.kind === 'bad' ? [event.reason] : []));
    expect(new Set(reasons)).toEqual(new Set(['bad-lrc', 'bad-sum', 'no-end', 'cut']));
    expect(said[0]).toEqual({ kind: 'bad', reason: 'bad-lrc', at: noise.length });
  });

  test('any split gives the same frames', () => {
    const stream = [...ORIGINAL, 0x02, 0x07, ...ENHANCED, 0x00, ...ENHANCED];
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 12 }), (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), stream.length];
        const decoder = new FrameDecoder();
        const said = places.flatMap((place, index) =>
          [...decoder.push(Uint8Array.from(stream.slice(place, places[index + 1] ?? place)))].filter(
            ({ kind }) => kind === 'card',
          ),
        );
        expect(said).toHaveLength(3);
      }),
      { numRuns: 50 },
    );
  });

  test('any bytes are survived, and a frame after them is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (noise) => {
        const decoder = new FrameDecoder();
        const said = [...decoder.push(noise), ...decoder.push(ENHANCED), ...decoder.end()];
        expect(said.flatMap((event) => (event.kind === 'card' ? [event.card] : []))).toContainEqual(card);
        readSecureMag(noise);
        readSecureMagCard(noise);
      }),
      { numRuns: 50 },
    );
  });
});
