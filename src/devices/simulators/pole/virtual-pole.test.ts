import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PoleParser } from './pole-parser.ts';
import { VirtualPole } from './virtual-pole.ts';

const bytes = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const ascii = (text: string): string => Buffer.from(text, 'latin1').toString('hex');

describe('a pole without metal', () => {
  test('in string mode the cursor is ignored until it is cleared', () => {
    const pole = new VirtualPole({ family: 'cd5220' });
    pole.receive(bytes(`1B5141 ${ascii('TOTAL')} 0D 1B6C0101 ${ascii('XX')}`));
    expect(pole.lines).toEqual(['TOTAL', '']);
    pole.receive(bytes(`0C 1B6C0302 ${ascii('YY')}`));
    expect(pole.lines).toEqual(['', '  YY']);
  });

  test('an ESC/POS pole writes at its cursor', () => {
    const pole = new VirtualPole({ family: 'escpos' });
    pole.receive(bytes(`0C ${ascii('A')} 1F42 ${ascii('B')} 1F24 1401 ${ascii('C')} 0B ${ascii('D')}`));
    expect(pole.lines).toEqual([`D${' '.repeat(18)}C`, 'B']);
    pole.receive(bytes('18'));
    expect(pole.lines).toEqual(['', 'B']);
  });

  test('a pole without hanzi shows two blocks for each', () => {
    const pole = new VirtualPole({ family: 'cd5220', hasChinese: false });
    pole.receive(bytes('1B5141 BACFBCC6 31 0D'));
    expect(pole.lines[0]).toBe('□□□□1');
  });

  test('a price pole shows numbers of up to eight digits and nothing else', () => {
    const pole = new VirtualPole({ family: 'led8' });
    pole.receive(bytes('1B40 0C 1B5141 352E3030 0D 1B7331'));
    expect([pole.number, pole.lamp]).toEqual(['5.00', 'price']);
    pole.receive(bytes(`1B5141 ${ascii('1234567.89')} 0D`));
    expect(pole.number).toBe('');
    pole.receive(bytes(`1B5141 ${ascii('TOTAL')} 0D`));
    expect(pole.number).toBe('');
  });

  test.each(['cd5220', 'escpos', 'led8'] as const)('%s: any bytes in any pieces are the same', (family) => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 }), (chunks) => {
        const all = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
        const parser = new PoleParser(family);
        expect(chunks.flatMap((chunk) => [...parser.push(chunk)])).toEqual(new PoleParser(family).push(all));
        new VirtualPole({ family }).receive(all);
      }),
      { numRuns: 300, seed: 20_266 },
    );
  });
});
