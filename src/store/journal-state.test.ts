import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { firstNeeded, isJoint, type JournalState, unsyncedCount } from './journal-state.ts';

const stateOf = (acknowledged: number, parked: readonly number[]): JournalState =>
  ({
    acknowledged: acknowledged === 0 ? undefined : { position: acknowledged },
    parked: parked.map((position) => ({ position, reason: 'chain-gap', parkedAt: 0 })),
  }) as never;

describe('what the server does not hold', () => {
  test('the count is what a scan would find', () => {
    const places = fc.record({
      last: fc.nat(60),
      acknowledged: fc.nat(60),
      parked: fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 10 }),
    });
    fc.assert(
      fc.property(places, ({ last, acknowledged, parked }) => {
        const held = parked.filter((position) => position <= last);
        const scanned = Array.from({ length: last }, (_, at) => at + 1).filter(
          (position) => position > acknowledged || held.includes(position),
        );
        expect(unsyncedCount(stateOf(acknowledged, held), last)).toBe(scanned.length);
      }),
    );
  });

  test('a parked entry keeps its segment from being used again', () => {
    expect(firstNeeded(stateOf(100, []))).toBe(101);
    expect(firstNeeded(stateOf(100, [40, 200]))).toBe(40);
    expect(firstNeeded(stateOf(0, []))).toBe(1);
  });
});

test('a chain may be broken only where that is known', () => {
  const state = stateOf(0, [5]);
  expect([isJoint(state, 5, 4), isJoint(state, 6, 5), isJoint(state, 7, 6)]).toEqual([true, true, false]);
  expect(isJoint(state, 9, 7)).toBe(true);
  expect(isJoint(state, 1, undefined)).toBe(true);
});
