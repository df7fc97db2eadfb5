import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StarParser } from './parser.ts';
import { StarPrinter, type StarPrinterOptions } from './star-printer.ts';

const bytes = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));

function listened(options: Partial<StarPrinterOptions> = {}) {
  const printer = new StarPrinter(options);
  const said: string[] = [];
  printer.onReply((reply) => said.push(Buffer.from(reply).toString('hex').toUpperCase()));
  const tell = (hex: string) => {
    printer.receive(bytes(hex));
    return said.splice(0);
  };
  return { printer, tell, said };
}

const HEALTHY = '230600000000000000';
const END = '230608000 00C000000'.replaceAll(' ', '');

describe('a Star printer without metal', () => {
  test('says its status when asked, at once and off line, too', () => {
    const { printer, tell } = listened();
    expect(tell('1B0601')).toEqual([HEALTHY]);
    printer.setCover(true);
    expect(tell('1B0601')).toEqual(['230628000000000000']);
  });

  test('says it by itself when told so, on every change and no other time', () => {
    const { printer, tell, said } = listened();
    printer.setPaper('near-end');
    expect(said).toEqual([]);
    expect(tell('1B1E6101')).toEqual(['230600000004000000']);
    printer.setPaper('end');
    printer.setPaper('end');
    expect(said.splice(0)).toEqual([END]);
    printer.setPaper('ok');
    expect(said.splice(0)).toEqual([HEALTHY]);
    tell('1B1E6100');
    printer.setPaper('near-end');
    expect(said).toEqual([]);
  });

  test('counts ETBs in five bits, and tells of one only once in its bit', () => {
    const { tell } = listened();
    tell('1B1E6101');
    expect(tell('17')).toEqual(['230602000000000200']);
    expect(tell('1B0601')).toEqual(['230600000000000200']);
    tell('17'.repeat(30));
    expect(tell('1B0601')).toEqual(['230600000000006E00']);
    tell('17');
    expect(tell('1B0601')).toEqual([HEALTHY]);
    tell('17');
    tell('1B1E4500');
    expect(tell('1B0601')).toEqual([HEALTHY]);
  });

  test('answers a question before what waits in its buffer, as real time does', () => {
    const { tell } = listened();
    tell('17');
    expect(tell('1B1E4500 1B0601')).toEqual(['230602000000000200']);
  });

  test('echoes a document with its counter: the manual’s two examples', () => {
    const { tell } = listened();
    expect(tell('1B1D03000000')).toEqual(['1B1D030000000000']);
    expect(tell('1B1D03010000')).toEqual(['1B1D030100000100']);
    tell('1B1D03020000');
    expect(tell('1B1D03010211')).toEqual(['1B1D030102110100']);
    expect(tell('1B1D03010212')).toEqual(['1B1D030102120200']);
  });

  test('proves nothing while it is off line, and everything when it goes on', () => {
    const { printer, tell, said } = listened();
    printer.setCover(true);
    expect(tell('41 0A 17 1B1D03010001')).toEqual([]);
    printer.setCover(false);
    expect(said).toEqual(['1B1D030100010100']);
    expect(printer.paper).toHaveLength(1);
  });

  test('joins bands of dots at 3 mm and leaves white between them at 4 mm', () => {
    const band = `1B6B0100${'FF'.repeat(24)}0A`;
    const close = listened();
    close.tell(`1B30 ${band}${band}`);
    expect(close.printer.paper).toMatchObject([{ kind: 'raster', height: 48 }]);
    const wide = listened();
    wide.tell(`1B7A01 ${band}`);
    expect(wide.printer.paper).toMatchObject([{ kind: 'raster', height: 32 }]);
  });

  test('without a Chinese font it prints none', () => {
    const { printer, tell } = listened({ font: 'latin' });
    tell('D0A1C6B1 41 0A');
    expect(printer.paper).toMatchObject([{ text: '\ufffd\ufffd\ufffd\ufffdA' }]);
  });

  test('any bytes in any pieces are the same operations, and never an exception', () => {
    const texts = (parts: readonly Uint8Array[]) => {
      const parser = new StarParser('any');
      let text = '';
      return parts
        .flatMap((part) => [...parser.push(part)])
        .flatMap((operation) => {
          if (operation.op === 'text') {
            text += operation.glyphs.map((glyph) => glyph.text).join('');
            return [];
          }
          const before = text;
          text = '';
          return [before, JSON.stringify(operation)];
        });
    };
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (chunks) => {
        const all = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        expect(texts(chunks)).toEqual(texts([all]));
      }),
      { numRuns: 300, seed: 20_265 },
    );
  });
});
