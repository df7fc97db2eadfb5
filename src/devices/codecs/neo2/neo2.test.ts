import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { neo2Activate, neo2Command, neo2KeySlot, readKeySlot } from './commands.ts';
import { encodeNeo2, NEO2_FRAME_MAX, Neo2Decoder, type Neo2Frame, type Neo2Piece, neo2Crc } from './frame.ts';
import { neo2Objects } from './objects.ts';
import { Neo2ReportDecoder, neo2Reports } from './reports.ts';
import { attributionOf, readNeo2Result } from './result.ts';

const hex = (text: string) => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const upper = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex').toUpperCase();
const capture = (name: string) =>
  readFileSync(new URL(`../../drivers/neo2/captures/${name}.hex`, import.meta.url), 'latin1').trim();
const sent = (frame: Neo2Frame) => upper(encodeNeo2(frame));

/** The checksum once more, by a table of the polynomial's remainders. */
function tableCrc(bytes: Uint8Array): number {
  const table = Array.from({ length: 256 }, (_, index) => {
    let value = index << 8;
    for (let bit = 0; bit < 8; bit += 1) value = (value << 1) ^ ((value >> 15) * 0x11021);
    return value & 0xffff;
  });
  return bytes.reduce((crc, byte) => ((crc & 0xff) << 8) ^ table[(crc >> 8) ^ byte]!, 0xffff);
}

describe('the checksum', () => {
  test('has the published check value, and a second implementation agrees', () => {
    expect(neo2Crc(Buffer.from('123456789'))).toBe(0x29b1);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => neo2Crc(bytes) === tableCrc(bytes)),
      { seed: 31 },
    );
  });
});

describe('what the till sends', () => {
  test('is the vendor’s sample, or computed from its rules', () => {
    expect(sent(neo2Command('ping'))).toBe(capture('ping'));
    expect(sent(neo2Command('firmware'))).toBe(capture('firmware'));
    expect(sent(neo2Command('cancel'))).toBe(capture('cancel'));
    expect(upper(neo2KeySlot().data)).toBe('05');
  });

  test('an activate has the objects of the samples', () => {
    const frame = neo2Activate({
      timeoutS: 60,
      swipe: true,
      chip: true,
      contactless: true,
      hostS: 96,
      transactionType: 0,
      amount: 1000,
      currency: 156,
      date: '261122',
      time: '101500',
    });
    const [plain = ''] = [capture('activate').slice(28, -4)];
    expect(upper(frame.data)).toBe(`${plain}DFEF370107DFEF3C03000060`);
    expect(decodedWhole(capture('activate-guide'))).toMatchObject([
      { frame: { direction: 'command', command: 0x02 } },
    ]);
  });

  test('the key slot is told by the first byte', () => {
    expect(['014430544530', '00', ''].map((text) => readKeySlot(hex(text)))).toEqual([
      'present',
      'absent',
      undefined,
    ]);
  });
});

const decodedWhole = (text: string): readonly Neo2Piece[] => new Neo2Decoder().push(hex(text));
const frameOf = (text: string): Neo2Frame => {
  const [piece] = decodedWhole(text);
  if (piece?.kind !== 'frame') throw new Error('no frame');
  return piece.frame;
};

describe('a frame', () => {
  test.each([
    ['ping', 'command', 0x18, 0x01, 0],
    ['ping-answer', 'response', 0x18, 0x00, 0],
    ['firmware', 'command', 0x29, 0x00, 0],
    ['cancel', 'command', 0x05, 0x01, 0],
    ['activate', 'command', 0x02, 0x40, 0x26],
    ['activate-guide', 'command', 0x02, 0x40, 0x22],
    ['result', 'response', 0x02, 0x23, 0xc0],
  ] as const)('%s is read, whole and one byte at a time', (...[name, direction, command, code, size]) => {
    const bytes = hex(capture(name));
    const { data, ...frame } = frameOf(capture(name));
    expect(frame).toEqual({ direction, command, code });
    expect(data).toHaveLength(size);
    const decoder = new Neo2Decoder();
    expect([...bytes].flatMap((byte) => decoder.push(Uint8Array.of(byte)))).toEqual(
      decodedWhole(capture(name)),
    );
    expect(upper(encodeNeo2(frameOf(capture(name))))).toBe(capture(name));
  });

  const anyFrame = fc.record({
    direction: fc.constantFrom('command', 'response'),
    command: fc.nat({ max: 255 }),
    code: fc.nat({ max: 255 }),
    data: fc.uint8Array({ maxLength: 90 }).map((bytes) => Uint8Array.from(bytes)),
  }) as fc.Arbitrary<Neo2Frame>;

  test('any frames in any pieces, with noise between, come out the same', () => {
    const parts = fc.array(fc.tuple(fc.uint8Array({ maxLength: 6 }), anyFrame), {
      minLength: 1,
      maxLength: 4,
    });
    fc.assert(
      fc.property(parts, fc.integer({ min: 1, max: 40 }), (all, step) => {
        const line = all.flatMap(([noise, frame]) => [
          ...noise.filter((byte) => byte !== 0x56),
          ...encodeNeo2(frame),
        ]);
        const decoder = new Neo2Decoder();
        const pieces: Neo2Piece[] = [];
        for (let at = 0; at < line.length; at += step)
          pieces.push(...decoder.push(Uint8Array.from(line.slice(at, at + step))));
        const frames = pieces.flatMap((piece) =>
          piece.kind === 'frame' ? [upper(encodeNeo2(piece.frame))] : [],
        );
        expect(frames).toEqual(all.map(([, frame]) => sent(frame)));
      }),
      { seed: 32 },
    );
  });

  test('a wrong checksum is told, and the next frame is found', () => {
    const broken = capture('ping-answer').replace(/FA83$/, 'FA84');
    expect(
      decodedWhole(`${broken}${capture('ping-answer')}`).map((piece) =>
        'error' in piece ? piece.error : piece.kind,
      ),
    ).toEqual(['bad-crc', 'frame']);
  });

  test('a length beyond the guide’s limit is refused and keeps nothing', () => {
    const decoder = new Neo2Decoder();
    expect(decoder.push(hex('5669564F7465636832000200FFFF'))).toMatchObject([{ error: 'bad-length' }]);
    for (let turn = 0; turn < 50; turn += 1) decoder.push(new Uint8Array(NEO2_FRAME_MAX));
    expect(decoder.push(hex(capture('ping')))).toMatchObject([{ kind: 'frame' }]);
  });

  test('whatever comes, nothing throws and nothing blocks the frame behind it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 50 }), { maxLength: 10 }), (noise) => {
        const decoder = new Neo2Decoder();
        for (const chunk of noise) decoder.push(chunk);
        const pieces = [
          ...decoder.push(new Uint8Array(NEO2_FRAME_MAX + 1)),
          ...decoder.push(hex(capture('ping'))),
        ];
        expect(pieces.at(-1)).toMatchObject({ kind: 'frame' });
      }),
      { seed: 33, numRuns: 300 },
    );
  });
});

describe('reports', () => {
  test('a long frame is first, middle and last; a short one is whole', () => {
    expect(neo2Reports(hex(capture('result'))).map(({ id }) => id)).toEqual([2, 3, 3, 4]);
    expect(upper(neo2Reports(hex(capture('result')))[3]!.data)).toMatch(/^.{38}0+$/);
    expect(neo2Reports(hex(capture('ping'))).map(({ id }) => id)).toEqual([1]);
  });

  test('any frame comes together again, and zeros behind it are nothing', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const frame = { direction: 'command', command: 1, code: 2, data: Uint8Array.from(bytes) } as const;
        const decoder = new Neo2ReportDecoder();
        const pieces = neo2Reports(encodeNeo2(frame)).flatMap((report) => decoder.push(report));
        expect(pieces).toHaveLength(1);
        expect(pieces[0]).toMatchObject({ kind: 'frame', frame: { data: frame.data } });
      }),
      { seed: 34 },
    );
  });

  test('a lost, doubled or foreign report costs its frame and no other', () => {
    const reports = neo2Reports(hex(capture('result')));
    for (const order of [[0, 1, 3], [0, 1, 1, 2, 3], [1, 2, 3], [0], [3]]) {
      const decoder = new Neo2ReportDecoder();
      for (const at of order) decoder.push(reports[at]!);
      decoder.push({ id: 9, data: new Uint8Array(63) });
      const pieces = reports.flatMap((report) => decoder.push(report));
      expect(pieces.at(-1)).toMatchObject({ kind: 'frame' });
    }
  });
});

describe('data objects', () => {
  test('marked ones are told apart, and what follows is not lost', () => {
    const result = readNeo2Result(frameOf(capture('result')).data)!;
    expect(upper(result.ksn)).toBe('FFFF9876543210E00001');
    expect(result.attribution).toEqual({
      read: 'contactless',
      cipher: 'tdes',
      isEmvEncrypted: true,
      isStripeEncrypted: true,
    });
    const of = (tag: number) =>
      result.objects
        .filter((each) => each.tag === tag)
        .map(({ attribute, value }) => [attribute, upper(value)]);
    expect(of(0x57)).toEqual(
      [
        ['masked', '5413CCCCCCCC0434D3012CCCCCCCCCCCCCCCCC'],
        ['encrypted', '2B41A28328216158EA77301EF112C298F8633A4CD092DD65'],
      ].map(([attribute, value]) => [attribute, expect.stringContaining(value!.slice(0, 8))]),
    );
    expect(of(0x9f39)).toEqual([['plain', '07']]);
  });

  test.each(['57', '57A1', '57A105AA', '5783010203', '9F', '9FFFFFFFFF01'])('%s does not add up', (text) => {
    expect(neo2Objects(hex(text))).toBeUndefined();
  });

  test('templates are opened, zeros skipped, long lengths read', () => {
    const objects = neo2Objects(hex(`00FFEE01 04 9F390105 00 DF01 8180${'AA'.repeat(128)}`))!;
    expect(objects.map(({ tag, value }) => [tag, value.length])).toEqual([
      [0x9f39, 1],
      [0xdf01, 128],
    ]);
  });

  test('the attribution byte', () => {
    expect([0xc0, 0xc1, 0xd1, 0xc8, 0xc9, 0x02, 0x04].map((byte) => attributionOf(byte))).toMatchObject([
      { read: 'contact', isEmvEncrypted: true },
      { read: 'contactless' },
      { read: 'contactless-stripe' },
      { read: 'swipe' },
      { read: 'swipe' },
      { read: 'contact', cipher: 'aes', isEmvEncrypted: false, isStripeEncrypted: false },
      { cipher: 'unknown' },
    ]);
  });

  test('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readNeo2Result(bytes);
      }),
      { seed: 35, numRuns: 500 },
    );
    expect(readNeo2Result(new Uint8Array())).toBeUndefined();
  });
});
