import { describe, expect, test } from 'vitest';
import { Gb18030 } from '../gb18030/gb18030.ts';
import type { Cd5220Command } from './command.ts';
import { encodeCd5220 } from './encode.ts';

const gb18030 = new Gb18030();
const hex = (command: Cd5220Command): string =>
  Buffer.from(encodeCd5220([command], gb18030))
    .toString('hex')
    .toUpperCase();

describe('CD5220 commands', () => {
  test.each<[Cd5220Command, string]>([
    [{ op: 'initialise' }, '1B40'],
    [{ op: 'clear' }, '0C'],
    [{ op: 'clear-line' }, '18'],
    // The manual's example string.
    [
      { op: 'line', row: 'upper', text: '0123456789ABCDEFGHIJ' },
      '1B5141303132333435363738394142434445464748494A0D',
    ],
    [{ op: 'line', row: 'lower', text: '合计' }, '1B5142BACFBCC60D'],
    [{ op: 'scroll', text: 'HI' }, '1B514448490D'],
    [{ op: 'cursor', column: 20, row: 2 }, '1B6C1402'],
    [{ op: 'text', text: 'A' }, '41'],
    [{ op: 'cursor-shown', on: false }, '1B5F00'],
    // A price pole: 25.500 beside the lit word for the total.
    [{ op: 'lamp', lamp: 'total' }, '1B7332'],
    [{ op: 'line', row: 'upper', text: '25.500' }, '1B514132352E3530300D'],
  ])('%o', (command, expected) => {
    expect(hex(command)).toBe(expected);
  });

  test.each<[string, Cd5220Command]>([
    ['a line of 21 columns', { op: 'line', row: 'upper', text: 'A'.repeat(21) }],
    ['eleven hanzi', { op: 'line', row: 'upper', text: '合'.repeat(11) }],
    ['a line that ends itself', { op: 'line', row: 'upper', text: '1\r\x1b@' }],
    ['a text that is a command', { op: 'text', text: '\x0c' }],
    ['a column that is not there', { op: 'cursor', column: 21, row: 1 }],
  ])('%s is refused', (_, command) => {
    expect(() => hex(command)).toThrowError(expect.objectContaining({ code: 'unsupported' }));
  });
});
