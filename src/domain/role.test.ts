import { expect, test } from 'vitest';
import { may, RIGHTS, ROLES } from './role.ts';

test('an owner may everything, and nobody below may more than the one above', () => {
  for (const right of RIGHTS) {
    expect(may('owner', right)).toBe(true);
    if (may('cashier', right)) expect(may('manager', right)).toBe(true);
  }
});

test('a cashier sells and reprints, and neither overrides nor sees the office', () => {
  expect(RIGHTS.filter((right) => may('cashier', right))).toEqual(['sell', 'reprint']);
  expect(ROLES).toContain('cashier');
});
