import { expect, test } from 'vitest';
import { encodeMms } from '../../src/devices/codecs/mms/message.ts';
import { encodeNeo2 } from '../../src/devices/codecs/neo2/frame.ts';
import { bytesWithoutNames, withoutNames } from './hidden-names.ts';
import { mms } from './mms.ts';
import { neo2 } from './neo2.ts';

const NAME = 'HOGAN/PAUL';
const ascii = (text: string): string => Buffer.from(text).toString('hex').toUpperCase();
const bytesOf = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(hex, 'hex'));

test.each([
  ['%B545200******7189^HOGAN/PAUL      ^0804?', '%B545200******7189^*****/****      ^0804?'],
  ['%B4761730000000010^O. X-Y^30122010?', '%B4761730000000010^** ***^30122010?'],
  ['%*4761********0010^TEST/CARD^*****?*', '%*4761********0010^****/****^*****?*'],
  [';545200******7189=0804?', ';545200******7189=0804?'],
  ['price 2^3^4', 'price 2^3^4'],
])('%s', (track, shown) => {
  expect(withoutNames(track)).toBe(shown);
  expect(withoutNames(shown)).toBe(shown);
  expect(Buffer.from(bytesWithoutNames(Buffer.from(track, 'latin1'))).toString('latin1')).toBe(shown);
});

test('a masked track 1 in the payload of an MMS message shows no letter of the name anywhere', () => {
  const track = `%B545200******7189^${NAME}^08040000?`;
  const payload = bytesOf(`DFDF31${size(track)}${ascii(track)}DFDF2505${ascii('B0001')}`);
  const frame = encodeMms({ type: 'request', ref: 1, command: 0x1001, payload });
  const [shown] = mms.decode(frame);
  expect(shown).toHaveProperty('payload');
  expect(hidesName(shown)).toBe(true);
  const again = mms.encode!([shown]);
  expect(again).toHaveLength(frame.length);
  expect(mms.decode(Uint8Array.from(again))).toEqual([shown]);
});

test('a name object in the data of a NEO2 answer shows no letter of it anywhere', () => {
  const data = bytesOf(`00FFEE0104DFEE3001005F20${size(NAME)}${ascii(NAME)}9F02060000000012505F2A020156`);
  const frame = encodeNeo2({ direction: 'command', command: 0x02, code: 0x40, data });
  const [shown] = neo2.decode(frame);
  expect(shown).toMatchObject({ objects: expect.anything() });
  expect(hidesName(shown)).toBe(true);
  expect(neo2.decode(Uint8Array.from(neo2.encode!([shown])))).toEqual([shown]);
});

const size = (text: string): string => text.length.toString(16).padStart(2, '0');

const hidesName = (shown: unknown): boolean => {
  const text = JSON.stringify(shown).toUpperCase();
  return !text.includes('HOGAN') && !text.includes(ascii('HOGAN')) && !text.includes(ascii('PAUL'));
};
