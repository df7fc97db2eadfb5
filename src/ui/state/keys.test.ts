import { expect, test } from 'vitest';
import { keyMeaning } from './keys.ts';

test('digits, point and sums are amount keys, also as a Chinese keyboard sends them', () => {
  for (const [typed, key] of [
    ['7', '7'],
    ['.', '.'],
    ['。', '.'],
    [',', '.'],
    ['+', '+'],
    ['*', '×'],
    ['x', '×'],
    ['Backspace', 'back'],
  ] as const) {
    expect(keyMeaning(typed)).toEqual({ kind: 'amount', key });
  }
});

test('Enter and F9 confirm, Escape cancels, F2 adds, F8 prints', () => {
  for (const [typed, command] of [
    ['Enter', 'confirm'],
    ['F9', 'confirm'],
    ['Escape', 'cancel'],
    ['F2', 'add'],
    ['F8', 'print'],
    ['F4', 'undo'],
  ] as const) {
    expect(keyMeaning(typed)).toEqual({ kind: 'command', command });
  }
});

test('keys that are not the till’s mean nothing', () => {
  for (const typed of ['a', 'Tab', 'F5', 'ArrowUp', '10']) expect(keyMeaning(typed)).toBeUndefined();
});
