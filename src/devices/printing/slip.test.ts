import { describe, expect, test } from 'vitest';
import { Gb18030 } from '../codecs/gb18030/gb18030.ts';
import { receiptParts } from '../drivers/escpos/compile.ts';
import { printerProfile } from '../printer-profile.ts';
import type { Rasteriser } from '../receipt/bitmap.ts';
import { blockRasteriser } from '../testing/block-raster.ts';
import { sixtyLines } from '../testing/sixty-lines.ts';
import { joined } from './slip.ts';

/** A page's way to draw, which counts. */
function counting() {
  const drawn = { lines: 0 };
  const raster: Rasteriser = (line) => {
    drawn.lines += 1;
    return blockRasteriser(line);
  };
  return { drawn, press: { gb18030: new Gb18030(), raster } };
}

describe('a slip in parts', () => {
  test('a drawn slip is sent line by line: the printer has the first before the last is drawn', () => {
    const { drawn, press } = counting();
    const parts = receiptParts(sixtyLines(), printerProfile('raster-80'), press, false)[Symbol.iterator]();
    expect(parts.next().done).toBe(false);
    expect(drawn.lines).toBe(1);
  });

  test('a slip of text is one part', () => {
    const { drawn, press } = counting();
    expect([...receiptParts(sixtyLines(), printerProfile('generic-80'), press, false)]).toHaveLength(1);
    expect(drawn.lines).toBe(0);
  });

  test('a single rare character draws its own line and no other', () => {
    const { drawn, press } = counting();
    const document = sixtyLines();
    const rare = { ...document, blocks: [...document.blocks, { kind: 'text' as const, text: '𠮷' }] };
    const parts = [...receiptParts(rare, printerProfile('generic-80'), press, false)];
    expect(drawn.lines).toBe(1);
    expect(parts.length).toBeGreaterThan(1);
  });

  test('put together, parts keep their ends of commands', () => {
    const part = (length: number, ...ends: number[]) => ({
      bytes: new Uint8Array(length).fill(length),
      ends,
    });
    expect(joined([part(2, 1, 2), part(3, 3)])).toEqual({
      bytes: Uint8Array.of(2, 2, 3, 3, 3),
      ends: [1, 2, 5],
    });
  });
});
