import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { PoleFamily } from '../../simulators/pole/pole-operation.ts';
import { VirtualPole } from '../../simulators/pole/virtual-pole.ts';

const captures = readFileSync(new URL('./captures/poles.hex', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => /^(cd5220|led8|escpos) /.test(line))
  .map((line) => line.split(/[ #]+/, 2) as [PoleFamily, string]);

test('the captures show on a pole what they should', () => {
  const shown = captures.map(([family, hex]) => {
    const pole = new VirtualPole({ family });
    pole.receive(Uint8Array.from(Buffer.from(hex, 'hex')));
    return [...pole.lines, pole.number, pole.lamp].filter((text) => text !== '' && text !== 'off');
  });
  expect(shown).toEqual([['0123456789ABCDEFGHIJ'], ['5.00', 'price'], ['25.500', 'total'], ['BL']]);
});
