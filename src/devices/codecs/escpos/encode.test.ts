import { describe, expect, test } from 'vitest';
import { Gb18030 } from '../gb18030/gb18030.ts';
import type { EscPosCommand } from './command.ts';
import { encodeEscPos } from './encode.ts';

const gb18030 = new Gb18030();
const hex = (...commands: EscPosCommand[]): string =>
  Buffer.from(encodeEscPos(commands, 'gb18030', gb18030).bytes)
    .toString('hex')
    .toUpperCase();

describe('ESC/POS commands', () => {
  test.each<[EscPosCommand, string]>([
    [{ op: 'initialise' }, '1B40'],
    [{ op: 'code-page', page: 0 }, '1B7400'],
    [{ op: 'kanji', on: true }, '1C26'],
    [{ op: 'kanji', on: false }, '1C2E'],
    [{ op: 'text', text: '合计￥12.50' }, 'BACFBCC6A3A431322E3530'],
    [{ op: 'line', texts: ['票'] }, 'C6B10A'],
    [{ op: 'line-feed' }, '0A'],
    [{ op: 'size', width: 2, height: 2 }, '1C210C1D2111'],
    [{ op: 'size', width: 2, height: 3 }, '1C210C1D2112'],
    [{ op: 'size', width: 1, height: 1 }, '1C21001D2100'],
    [{ op: 'emphasis', on: true }, '1B4501'],
    [{ op: 'align', align: 'center' }, '1B6101'],
    [{ op: 'line-spacing', dots: 30 }, '1B331E'],
    [{ op: 'feed', lines: 4 }, '1B6404'],
    [{ op: 'raster', widthBytes: 2, data: Uint8Array.of(1, 2, 3, 4) }, '1D7630000200020001020304'],
    [
      { op: 'qr', data: 'AB', moduleDots: 6, level: 'M' },
      '1D286B0400314132001D286B03003143061D286B03003145311D286B050031503041421D286B0300315130',
    ],
    [{ op: 'cut', partial: true }, '1D564200'],
    [{ op: 'pulse', pin: 2, onMs: 100, offMs: 500 }, '1B700032FA'],
    [{ op: 'pulse', pin: 5, onMs: 100, offMs: 500 }, '1B700132FA'],
    [{ op: 'ask-now', about: 'printer' }, '100401'],
    [{ op: 'ask-now', about: 'offline' }, '100402'],
    [{ op: 'ask-now', about: 'error' }, '100403'],
    [{ op: 'ask-now', about: 'paper' }, '100404'],
    [{ op: 'status-back', mask: 0x4f }, '1D614F'],
    [{ op: 'ask', about: 'paper' }, '1D7201'],
    [{ op: 'ask', about: 'drawer' }, '1D7202'],
    [{ op: 'confirm', id: 'ab~ ' }, '1D284806003030' + '61627E20'],
    [{ op: 'identify', what: 'model' }, '1D4943'],
  ])('%o', (command, expected) => {
    expect(hex(command)).toBe(expected);
  });

  test.each<EscPosCommand>([
    { op: 'text', text: '𠀀' },
    { op: 'size', width: 9, height: 1 },
    { op: 'feed', lines: 256 },
    { op: 'raster', widthBytes: 2, data: Uint8Array.of(1, 2, 3) },
    { op: 'raster', widthBytes: 1, data: new Uint8Array(257) },
    { op: 'confirm', id: 'abc' },
    { op: 'confirm', id: 'ab\n ' },
    { op: 'qr', data: '', moduleDots: 3, level: 'M' },
    { op: 'pulse', pin: 2, onMs: 1_000, offMs: 0 },
  ])('what the wire cannot carry is refused: %o', (command) => {
    expect(() => hex(command)).toThrowError(expect.objectContaining({ code: 'unsupported' }));
  });

  test('the ends of the commands are known', () => {
    const { bytes, ends } = encodeEscPos(
      [{ op: 'initialise' }, { op: 'line', texts: ['中A'] }],
      'gb18030',
      gb18030,
    );
    expect(ends).toEqual([2, 6]);
    expect(bytes).toHaveLength(6);
  });

  test('text can go out as UTF-8', () => {
    const { bytes } = encodeEscPos([{ op: 'line', texts: ['中'] }], 'utf8', gb18030);
    expect([...bytes]).toEqual([0xe4, 0xb8, 0xad, 0x0a]);
  });
});
