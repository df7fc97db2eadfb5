import fc from 'fast-check';
import { expect, test } from 'vitest';
import { businessDay, DEFAULT_DAY_RULE } from './business-day.ts';

const at = (text: string): number => Date.parse(text);

test.each([
  ['2026-11-22T03:59:59+08:00', '2026-11-21'],
  ['2026-11-22T04:00:00+08:00', '2026-11-22'],
  ['2026-11-22T23:59:59+08:00', '2026-11-22'],
  ['2026-01-01T00:30:00+08:00', '2025-12-31'],
  ['2024-03-01T01:00:00+08:00', '2024-02-29'],
])('%s belongs to %s in a shop that turns at four', (time, day) => {
  expect(businessDay(at(time), DEFAULT_DAY_RULE)).toBe(day);
});

test('follows the wall clock of the shop on the day clocks change', () => {
  const rule = { timeZone: 'Europe/Berlin', cutoffHour: 4 };
  expect(businessDay(at('2026-10-25T03:59:00+01:00'), rule)).toBe('2026-10-24');
  expect(businessDay(at('2026-10-25T04:00:00+01:00'), rule)).toBe('2026-10-25');
});

test('days never run backwards while time runs forwards', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000_000 }),
      fc.integer({ min: 0, max: 90_000_000 }),
      (start, later) => {
        expect(businessDay(start + later, DEFAULT_DAY_RULE) >= businessDay(start, DEFAULT_DAY_RULE)).toBe(
          true,
        );
      },
    ),
  );
});

test('an unknown time zone is an error, not a wrong day', () => {
  expect(() => businessDay(0, { timeZone: 'Mars/Olympus', cutoffHour: 4 })).toThrow(RangeError);
});
