import { describe, expect, test } from 'vitest';
import { Gb18030 } from '../gb18030/gb18030.ts';
import type { PoleCommand } from './command.ts';
import { encodePole } from './encode.ts';

const gb18030 = new Gb18030();
const hex = (command: PoleCommand): string =>
  Buffer.from(encodePole([command], gb18030))
    .toString('hex')
    .toUpperCase();

describe('ESC/POS pole commands', () => {
  test.each<[PoleCommand, string]>([
    [{ op: 'initialise' }, '1B40'],
    [{ op: 'clear' }, '0C'],
    [{ op: 'home' }, '0B'],
    [{ op: 'bottom' }, '1F42'],
    [{ op: 'cursor', column: 1, row: 2 }, '1F240102'],
    [{ op: 'clear-line' }, '18'],
    [{ op: 'cursor-shown', on: false }, '1F4300'],
    [{ op: 'brightness', percent: 100 }, '1F5804'],
    [{ op: 'kanji', on: true }, '1C26'],
    [{ op: 'text', text: '合计 1' }, 'BACFBCC62031'],
  ])('%o', (command, expected) => {
    expect(hex(command)).toBe(expected);
  });

  test('a text cannot be a command, and a column must be there', () => {
    expect(() => hex({ op: 'text', text: '\x0c' })).toThrowError();
    expect(() => hex({ op: 'cursor', column: 0, row: 1 })).toThrowError();
  });
});
