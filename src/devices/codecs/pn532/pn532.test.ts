import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Command,
  firmwareVersion,
  listTag,
  passiveTries,
  readExchanged,
  readFirmware,
  readListed,
  readPages,
  samNormal,
} from './commands.ts';
import { ACK, FrameDecoder, type FrameEvent, NACK, WAKE, writeFrame } from './frame.ts';
import { areaBytes, findNdef } from './type2.ts';

const bytes = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex').toUpperCase();
const written = ({ code, data }: Command): string => hex(writeFrame('host', code, data));

/** Fed whole and one byte at a time: both must say the same. */
function decode(stream: Uint8Array): readonly FrameEvent[] {
  const whole = new FrameDecoder().push(stream);
  const drops = new FrameDecoder();
  expect([...stream].flatMap((byte) => [...drops.push(Uint8Array.of(byte))])).toEqual(whole);
  return whole;
}

describe('frames', () => {
  test.each([
    ['GetFirmwareVersion', firmwareVersion(), '0000FF02FED4022A00'],
    ['SAMConfiguration', samNormal(), '0000FF05FBD4140114010200'],
    ['InListPassiveTarget', listTag(), '0000FF04FCD44A0100E100'],
  ])('%s is the known frame', (_, command, frame) => {
    expect(written(command)).toBe(frame);
    expect(decode(bytes(frame))).toEqual([
      { kind: 'frame', from: 'host', ...command, at: 1, bytes: frame.length / 2 - 2 },
    ]);
  });

  test.each([
    ['RFConfiguration', passiveTries(2)],
    ['InDataExchange', readPages(4)],
  ])('%s: length and sum, each with its complement, by a second count', (_, command) => {
    const frame = bytes(written(command));
    const [length, check] = [frame[3]!, frame[4]!];
    expect((length + check) % 256).toBe(0);
    let sum = 0;
    for (let at = 5; at < 5 + length + 1; at += 1) sum = (sum + frame[at]!) % 256;
    expect(sum).toBe(0);
  });

  test('acknowledged, not acknowledged, not understood', () => {
    expect(decode(ACK)).toEqual([{ kind: 'ack', at: 1, bytes: 4 }]);
    expect(decode(NACK)).toMatchObject([{ kind: 'nack' }]);
    expect(decode(bytes('0000FF01FF7F8100'))).toMatchObject([{ kind: 'error' }]);
  });

  test('an answer behind its acknowledgement and noise', () => {
    const stream = bytes(`5555000000 ${hex(ACK)} 0000FF06FAD50332010607E800`);
    expect(decode(stream)).toMatchObject([
      { kind: 'ack' },
      { kind: 'frame', from: 'reader', code: 0x03, data: bytes('32010607') },
    ]);
  });

  test.each([
    ['wrong complement of the length', '0000FF02FDD4022A00', 'bad-length', 1],
    ['wrong sum', '0000FF02FED4022B00', 'bad-sum', 1],
    ['another sender', '0000FF02FED6022800', 'bad-sender', 1],
    ['an extended length that cannot be', '0000FFFFFFFFFF02', 'bad-length', 1],
  ])('%s is told, and the next frame is found', (_, broken, reason, at) => {
    const said = decode(bytes(`${broken} 0000FF02FED4022A00`));
    expect(said[0]).toEqual({ kind: 'bad', reason, at });
    expect(said.at(-1)).toMatchObject({ kind: 'frame', code: 0x02 });
  });

  test('any data, any split', () => {
    const data = fc.uint8Array({ maxLength: 263 }).map((each) => Uint8Array.from(each));
    fc.assert(
      fc.property(fc.array(data, { maxLength: 4 }), fc.nat(255), fc.array(fc.nat(900)), (all, code, cuts) => {
        const stream = Buffer.concat([WAKE, ...all.map((each) => writeFrame('reader', code, each))]);
        const places = [0, ...cuts.filter((cut) => cut < stream.length).sort((a, b) => a - b), stream.length];
        const decoder = new FrameDecoder();
        const said = places.flatMap((place, at) => [
          ...decoder.push(stream.subarray(place, places[at + 1] ?? place)),
        ]);
        expect(said).toMatchObject(all.map((each) => ({ kind: 'frame', from: 'reader', code, data: each })));
      }),
      { numRuns: 60 },
    );
  });

  test('any bytes are survived, and a frame behind enough of silence is found', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), (noise) => {
        const decoder = new FrameDecoder();
        decoder.push(noise);
        decoder.push(new Uint8Array(300));
        expect(decoder.push(bytes('0000FF02FED4022A00')).at(-1)).toMatchObject({ kind: 'frame', code: 0x02 });
      }),
    );
  });
});

describe('answers', () => {
  test('firmware', () => {
    expect(readFirmware(bytes('32010607'))).toEqual({ chip: 0x32, version: 1, revision: 6 });
    expect(readFirmware(bytes('3201'))).toBeUndefined();
  });

  test.each<[string, string, unknown]>([
    ['no tag', '00', 'none'],
    ['seven bytes', '010100440007 04A1B2C3D4E5F6', { uid: bytes('04A1B2C3D4E5F6'), selRes: 0 }],
    ['four bytes', '010100040804 DEADBEEF', { uid: bytes('DEADBEEF'), selRes: 8 }],
    ['cut off', '010100440007 04A1B2', undefined],
    ['a length that no tag has', '010100440005 0102030405', undefined],
    ['two tags', '020100440007 04A1B2C3D4E5F6', undefined],
    ['nothing', '', undefined],
  ])('a listed tag: %s', (_, data, tag) => {
    expect(readListed(bytes(data))).toEqual(tag);
  });

  test('pages', () => {
    expect(readExchanged(bytes(`00${'11'.repeat(16)}`))).toHaveLength(16);
    expect(readExchanged(bytes('01'))).toBeUndefined();
    expect(readExchanged(bytes(`00${'11'.repeat(4)}`))).toBeUndefined();
  });
});

describe('the message of a Type 2 tag', () => {
  test.each<[string, string, string | undefined]>([
    ['at the beginning', '0303D10100FE', 'D10100'],
    ['behind padding and lock control', '00000103A00C340303D10100FE', 'D10100'],
    ['with a long length', `03FF0100${'AB'.repeat(256)}FE`, 'AB'.repeat(256)],
    ['cut off', '0310D1', 'more'],
    ['cut off in its length', '03FF01', 'more'],
    ['not begun', '0000', 'more'],
    ['empty', '0300FE', undefined],
    ['none', 'FE', undefined],
  ])('%s', (_, area, ndef) => {
    const found = findNdef(bytes(area));
    expect(found instanceof Uint8Array ? hex(found) : found).toBe(ndef);
  });

  test('sizes of the data area', () => {
    expect(areaBytes(bytes('E1101200'))).toBe(144);
    expect(areaBytes(bytes('E110FF00'))).toBe(888);
    expect(areaBytes(bytes('00000000'))).toBe(0);
    expect(areaBytes(bytes(''))).toBe(0);
  });

  test('any bytes are survived', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 900 }), (area) => void findNdef(area)));
  });
});
