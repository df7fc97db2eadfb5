import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode } from 'fast-png';
import { afterAll, describe, expect, test } from 'vitest';
import { wire } from './command.ts';
import { loadDotFont } from './dot-font.ts';

const folder = mkdtempSync(join(tmpdir(), 'wire-'));
afterAll(() => rmSync(folder, { recursive: true }));

const SLIP = '1B40 1C26 BACFBCC6 A3A4 31322E3530 0A 1D7630000100020080 01 1D564200';

describe('wire', () => {
  test.each([
    // 䶮 has a place in GB 18030 that GBK leaves empty.
    ['gb18030', '1C26 BACFBCC6 FE9F 0A', '合计䶮'],
    ['gbk', '1C26 BACFBCC6 FE9F 0A', '合计\ufffd'],
    ['utf8', 'E59088E8AEA1 EFBFA5 31 0A', '合计￥1'],
  ])('renders as a printer of %s does', (charset, bytes, line) => {
    const file = join(folder, `${charset}.bin`);
    writeFileSync(file, Buffer.from(bytes.replaceAll(' ', ''), 'hex'));
    expect(wire(['render', file, '--charset', charset])).toMatchObject({ lines: [line] });
  });

  test('decodes a capture given as hex or as a file', () => {
    const file = join(folder, 'slip.bin');
    writeFileSync(file, Buffer.from(SLIP.replaceAll(' ', ''), 'hex'));
    const expected = {
      codec: 'escpos',
      messages: [
        { op: 'initialise' },
        { op: 'kanji', on: true },
        { op: 'text', text: '合计￥12.50' },
        { op: 'line-feed' },
        { op: 'raster', widthBytes: 1, data: '8001' },
        { op: 'cut', partial: true },
      ],
    };
    expect(wire(['decode', 'escpos', SLIP])).toEqual(expected);
    expect(wire(['decode', 'escpos', file])).toEqual(expected);
  });

  test('encodes commands, and what it encodes decodes to the same', () => {
    const commands = [
      { op: 'kanji', on: true },
      { op: 'text', text: '小票 A' },
      { op: 'line-feed' },
      { op: 'raster', widthBytes: 1, data: '8001' },
      { op: 'pulse', pin: 5, onMs: 100, offMs: 500 },
    ];
    const { hex } = wire(['encode', 'escpos', JSON.stringify(commands)]) as { hex: string };
    expect(wire(['decode', 'escpos', hex])).toEqual({ codec: 'escpos', messages: commands });
  });

  test('draws a capture as a picture with readable characters', () => {
    const file = join(folder, 'slip.hex');
    const out = join(folder, 'slip.png');
    writeFileSync(file, SLIP);
    expect(wire(['render', file, '--out', out, '--columns', '32'])).toEqual({
      out,
      columns: 32,
      lines: ['合计￥12.50', '[raster 8 × 2]', '[cut]'],
    });
    const picture = decode(readFileSync(out));
    expect(picture.width).toBe(32 * 24 + 96);
    // The first character, 合, as the font has it: 16 × 16 dots, each 3 × 3 in the picture.
    const glyph = loadDotFont()('合')!;
    for (let y = 0; y < 16; y += 1) {
      for (let x = 0; x < 16; x += 1) {
        const at = (48 + y * 3 + 1) * picture.width + 48 + x * 3 + 1;
        expect(picture.data[at] === 0).toBe(glyph.isBlack(x, y));
      }
    }
  });

  test('the dot font has hanzi, ASCII and ￥, each with ink of its own', () => {
    const glyphs = loadDotFont();
    const picture = (text: string) => {
      const glyph = glyphs(text)!;
      return Array.from({ length: 16 }, (_, y) =>
        Array.from({ length: glyph.width }, (_, x) => (glyph.isBlack(x, y) ? '#' : '.')).join(''),
      ).join('\n');
    };
    expect(picture('中')).toContain('#');
    expect(new Set(['中', '文', '￥', 'A', '8', '。', '①'].map(picture)).size).toBe(7);
    expect([glyphs('A')?.width, glyphs('中')?.width]).toEqual([8, 16]);
    // Upright and the right way round: 'L' has its stroke left and its foot at the bottom.
    const rows = picture('L')
      .split('\n')
      .filter((row) => row.includes('#'));
    expect(rows[0]?.indexOf('#')).toBe(rows.at(-1)?.indexOf('#'));
    expect(rows.at(-1)?.split('#').length).toBeGreaterThan(rows[0]?.split('#').length ?? 99);
  });

  test.each([
    [['decode', 'escpos', 'zz'], 'bad-hex'],
    [['decode', 'nothing', '00'], 'unknown-codec'],
    [['decode', 'toString', '00'], 'unknown-codec'],
    [['encode', 'escpos', '{'], 'bad-json'],
    [['encode', 'escpos', '{"op":"nothing"}'], 'bad-command'],
    [['encode', 'escpos', '{"op":"text","text":"𠀀"}'], 'bad-command'],
    [['encode', 'escpos-status', '{}'], 'unknown-codec'],
    [['render', '/no/such/file'], 'no-such-file'],
    [['render', 'x', '--columns', '7'], 'usage'],
    [['render', 'x', '--charset', 'big5'], 'usage'],
    [['render', 'x', '--strange'], 'usage'],
    [[], 'usage'],
  ])('%j is refused with %s', (args, code) => {
    expect(() => wire(args)).toThrowError(expect.objectContaining({ code }));
  });

  test('runs as a command: JSON last, exit code 2 for wrong input', () => {
    const run = (...args: string[]) =>
      spawnSync(process.execPath, ['--no-warnings', 'scripts/wire.ts', ...args], { encoding: 'utf8' });
    const good = run('decode', 'escpos', '1B40');
    expect([good.status, JSON.parse(good.stdout.trim().split('\n').at(-1) ?? '')]).toEqual([
      0,
      { codec: 'escpos', messages: [{ op: 'initialise' }] },
    ]);
    const bad = run('decode', 'escpos', 'xyz');
    expect([bad.status, JSON.parse(bad.stdout)]).toEqual([2, { error: 'bad-hex' }]);
  });
});
