import { describe, expect, test } from 'vitest';
import { Gb18030 } from '../gb18030/gb18030.ts';
import type { StarCommand } from './command.ts';
import { encodeStar } from './encode.ts';

const gb18030 = new Gb18030();
const hex = (command: StarCommand, charset: 'gb18030' | 'utf8' = 'gb18030'): string =>
  Buffer.from(encodeStar([command], charset, gb18030).bytes)
    .toString('hex')
    .toUpperCase();

describe('Star commands', () => {
  test.each<[StarCommand, string]>([
    [{ op: 'initialise' }, '1B40'],
    [{ op: 'font-a' }, '1B1E4600'],
    [{ op: 'utf8', on: true }, '1B1D295502003001'],
    [{ op: 'ambiguous-wide', on: true }, '1B1D295502004001'],
    [
      { op: 'hanzi-order', order: ['simplified', 'traditional', 'japanese', 'korean'] },
      '1B1D295505004102030104',
    ],
    [{ op: 'text', text: '合计￥12.50' }, 'BACFBCC6A3A431322E3530'],
    [{ op: 'line', texts: ['票'] }, 'C6B10A'],
    [{ op: 'line-feed' }, '0A'],
    [{ op: 'size', width: 2, height: 3 }, '1B690201'],
    [{ op: 'emphasis', on: true }, '1B45'],
    [{ op: 'emphasis', on: false }, '1B46'],
    [{ op: 'align', align: 'center' }, '1B1D6101'],
    [{ op: 'line-spacing', mm: 4 }, '1B7A01'],
    [{ op: 'line-spacing', mm: 3 }, '1B30'],
    [{ op: 'feed', lines: 4 }, '1B6104'],
    [{ op: 'feed-dots', dots: 8 }, '1B4908'],
    [{ op: 'raster', widthBytes: 2, data: Uint8Array.of(1, 2, 3, 4) }, '1B1D530102000200 0001020304'],
    [
      { op: 'raster-band', widthBytes: 1, data: new Uint8Array(24).fill(0xff) },
      `1B6B0100${'FF'.repeat(24)}0A`,
    ],
    [
      { op: 'qr', data: 'AB', moduleDots: 6, level: 'M' },
      '1B1D79533002 1B1D79533101 1B1D79533206 1B1D79443100 02004142 1B1D7950',
    ],
    [{ op: 'cut', partial: true }, '1B6403'],
    [{ op: 'cut', partial: false }, '1B6402'],
    // The vector of the open encoder: 100 ms on, 500 ms off, then BEL.
    [{ op: 'pulse', pin: 2, onMs: 100, offMs: 500 }, '1B070A3207'],
    [{ op: 'pulse', pin: 5, onMs: 100, offMs: 500 }, '1A'],
    [{ op: 'status-back', on: true }, '1B1E6101'],
    [{ op: 'ask-now' }, '1B0601'],
    [{ op: 'clear-etb' }, '1B1E4500'],
    [{ op: 'etb' }, '17'],
    [{ op: 'confirm', id: 0x0211 }, '1B1D03010211'],
  ])('%o', (command, expected) => {
    expect(hex(command)).toBe(expected.replaceAll(' ', ''));
  });

  test('UTF-8 text goes out as it is', () => {
    expect(hex({ op: 'text', text: '票' }, 'utf8')).toBe('E7A5A8');
  });

  test.each<[string, StarCommand]>([
    ['a character without a code', { op: 'text', text: '𠮷' }],
    ['a raster of half rows', { op: 'raster', widthBytes: 2, data: new Uint8Array(3) }],
    ['an empty raster', { op: 'raster', widthBytes: 2, data: new Uint8Array(0) }],
    ['a band of other than 24 rows', { op: 'raster-band', widthBytes: 1, data: new Uint8Array(23) }],
    ['an id of three bytes', { op: 'confirm', id: 0x10000 }],
    ['a QR code without data', { op: 'qr', data: '', moduleDots: 4, level: 'M' }],
    ['a module of nine dots', { op: 'qr', data: 'A', moduleDots: 9, level: 'M' }],
    ['a pulse that is too long', { op: 'pulse', pin: 2, onMs: 1_280, offMs: 500 }],
    ['fonts of three countries', { op: 'hanzi-order', order: ['korean', 'simplified', 'japanese'] }],
  ])('%s is refused', (_, command) => {
    expect(() => hex(command)).toThrowError(expect.objectContaining({ code: 'unsupported' }));
  });
});
