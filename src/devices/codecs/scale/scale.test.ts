import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ContinuousDecoder, readLine } from './continuous.ts';
import { checkByteOf, EnqDecoder } from './enq.ts';
import { NciDecoder } from './nci.ts';
import { type Weight, weightOf } from './weight.ts';

const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

interface Decoder<Event> {
  push(bytes: Uint8Array): readonly Event[];
}
/** Fed whole and one byte at a time: both must say the same. */
function decode<Event>(make: () => Decoder<Event>, text: string): readonly Event[] {
  const whole = make().push(bytes(text));
  const drops = make();
  expect([...bytes(text)].flatMap((byte) => [...drops.push(Uint8Array.of(byte))])).toEqual(whole);
  return whole;
}

describe('whole grams', () => {
  test.each<[string, string, Weight]>([
    ['1.234', 'kg', { state: 'stable', grams: 1_234 }],
    ['+0001.005', 'kg', { state: 'stable', grams: 1_005 }],
    ['0.0005', 'kg', { state: 'stable', grams: 1 }],
    ['0.0004', 'kg', { state: 'zero', grams: 0 }],
    ['12.5', 'g', { state: 'stable', grams: 13 }],
    ['-0.000', 'kg', { state: 'zero', grams: 0 }],
    ['-0.500', 'kg', { state: 'under' }],
    ['2.', 'KG', { state: 'stable', grams: 2_000 }],
    ['1.234', 'lb', { state: 'unknown' }],
    ['17', 'pcs', { state: 'unknown' }],
    ['', 'kg', { state: 'unknown' }],
    ['1.2.3', 'kg', { state: 'unknown' }],
    ['1234567890', 'kg', { state: 'unknown' }],
  ])('%s %s', (number, unit, weight) => {
    expect(weightOf(number, unit, false)).toEqual(weight);
  });

  test('every weight of three decimals comes back to the gram', () => {
    fc.assert(
      fc.property(fc.nat(99_999), (grams) => {
        const printed = (grams / 1_000).toFixed(3);
        expect(weightOf(printed, 'kg', true)).toEqual({ state: 'moving', grams });
      }),
    );
  });
});

describe('a scale that speaks all the time', () => {
  test.each<[string, string, Weight]>([
    ['Selleton', 'ST,GS,+  1.234kg', { state: 'stable', grams: 1_234 }],
    ['moving', 'US,NT,+  0.080kg', { state: 'moving', grams: 80 }],
    ['Tiger, a comma before the unit', 'ST,NT, 0001.23,kg', { state: 'stable', grams: 1_230 }],
    ['CAS, 22 bytes with device and lamps', 'ST,GS,1@,   1.234 kg', { state: 'stable', grams: 1_234 }],
    ['A&D, neither gross nor net', 'ST,+00123.0  g', { state: 'stable', grams: 123 }],
    ['nothing on it', 'ST,GS,+  0.000kg', { state: 'zero', grams: 0 }],
    ['less than nothing', 'ST,NT,-  0.120kg', { state: 'under' }],
    ['too much', 'OL,GS,+ 15.000kg', { state: 'over' }],
    ['too much, no number', 'OL,GS,+-------kg', { state: 'over' }],
    ['A&D, below its range', 'OL,-999999.9  g', { state: 'under' }],
    ['pounds', 'ST,GS,+  1.234lb', { state: 'unknown' }],
  ])('%s', (_, line, weight) => {
    expect(readLine(line)).toEqual(weight);
    expect(decode(() => new ContinuousDecoder(), `${line}\r\n`)).toEqual([weight]);
  });

  test.each(['', 'hello', 'ST,GS,', 'XX,GS,+1.0kg', 'ST;GS;1.0kg'])('%j is no weight', (line) => {
    expect(readLine(line)).toBeUndefined();
  });

  test('half a line at the beginning and noise without end do not spoil the next line', () => {
    const noise = 'x'.repeat(500);
    const said = decode(() => new ContinuousDecoder(), `.234kg\r\n${noise}\r\nST,GS,+  0.500kg\r\n`);
    expect(said).toEqual([{ state: 'stable', grams: 500 }]);
  });
});

describe('a scale that is asked with ENQ and DC1', () => {
  const frame = (data: string, check = data.split('').reduce((all, each) => all ^ each.charCodeAt(0), 0)) =>
    `\x01\x02${data}${String.fromCharCode(check)}\x03\x04`;

  test.each<[string, string, Weight]>([
    ['stable', 'S  1.234kg', { state: 'stable', grams: 1_234 }],
    ['moving', 'U  0.080kg', { state: 'moving', grams: 80 }],
    ['five digits', 'S 12.345kg', { state: 'stable', grams: 12_345 }],
    ['nothing', 'S  0.000kg', { state: 'zero', grams: 0 }],
    ['less than nothing', 'S- 0.120kg', { state: 'under' }],
    ['too much', 'SF      kg', { state: 'over' }],
  ])('%s', (_, data, weight) => {
    expect(decode(() => new EnqDecoder(), `\x06${frame(data)}`)).toEqual([
      { kind: 'ready' },
      { kind: 'weight', weight },
    ]);
  });

  test('the check byte, counted bit by bit', () => {
    const data = bytes('S  1.234kg');
    let parity = 0;
    for (let bit = 0; bit < 8; bit += 1) {
      const ones = [...data].filter((byte) => (byte & (1 << bit)) !== 0).length;
      if (ones % 2 === 1) parity |= 1 << bit;
    }
    expect(checkByteOf(data)).toBe(parity);
  });

  test('a wrong check byte, a lost end and noise are no weight, and the next frame is', () => {
    const good = frame('S  1.234kg');
    const text = `\x15zz\x01\x01${frame('S  1.234kg', 0)}${good.slice(0, -2)}\x00\x00${good}`;
    const said = decode(() => new EnqDecoder(), text);
    expect(said.at(-1)).toEqual({ kind: 'weight', weight: { state: 'stable', grams: 1_234 } });
    expect(said.filter(({ kind }) => kind === 'weight')).toHaveLength(1);
    expect(said.filter(({ kind }) => kind === 'bad').length).toBeGreaterThan(0);
  });
});

describe('a scale that is asked with W', () => {
  test.each<[string, string, unknown]>([
    ['stable', '\n  1.234kg\r\n00\r\x03', { state: 'stable', grams: 1_234 }],
    ['moving', '\n  1.234kg\r\n10\r\x03', { state: 'moving', grams: 1_234 }],
    ['with four status bytes after S', '\n  1.234kg\r\nS0000\r\x03', { state: 'stable', grams: 1_234 }],
    ['status bytes with their fixed bits', '\n  0.000kg\r\n2ppp\r\x03', { state: 'zero', grams: 0 }],
    ['over', '\n^^^^^^^^kg\r\n02\r\x03', { state: 'over' }],
    ['under', '\n________kg\r\n01\r\x03', { state: 'under' }],
    ['no zero point', '\n--------kg\r\n00\r\x03', { state: 'unknown' }],
    ['less than nothing', '\n -0.120kg\r\n00\r\x03', { state: 'under' }],
  ])('%s', (_, text, weight) => {
    expect(decode(() => new NciDecoder(), text)).toEqual([{ kind: 'weight', weight }]);
  });

  test('its keys answer with a status, and what it does not know with a question mark', () => {
    expect(decode(() => new NciDecoder(), '\n20\r\x03\nS0p4p\r\x03\n?\r\x03')).toEqual([
      { kind: 'status', atZero: true, net: false },
      { kind: 'status', atZero: false, net: true },
      { kind: 'unknown-command' },
    ]);
  });

  test('parity in the eighth bit is not looked at', () => {
    const text = '\n  1.234kg\r\n00\r\x03';
    const even = bytes(text).map((byte) => byte | 0x80);
    expect(new NciDecoder().push(even)).toEqual(new NciDecoder().push(bytes(text)));
  });
});

test('any bytes are survived by each of them, and an answer after them is read', () => {
  const ends = [
    [() => new ContinuousDecoder(), '\r\nST,GS,+  0.500kg\r\n'],
    [
      () => new EnqDecoder(),
      `${'\0'.repeat(15)}\x01\x02S  0.500kg${String.fromCharCode(checkByteOf(bytes('S  0.500kg')))}\x03\x04`,
    ],
    [() => new NciDecoder(), '\x03\n  0.500kg\r\n00\r\x03'],
  ] as const;
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (noise) => {
      for (const [make, end] of ends) {
        const decoder = make();
        decoder.push(noise);
        expect(JSON.stringify(decoder.push(bytes(end)))).toContain('"grams":500');
      }
    }),
    { numRuns: 60 },
  );
});
