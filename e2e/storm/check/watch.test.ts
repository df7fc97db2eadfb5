import { expect, test } from 'vitest';
import type { SignedEntry } from '../../../src/domain/entry.ts';
import { Watch } from './watch.ts';

const NONE = new Set<string>();

/** Of a day on which both copies may be damaged at once. */
const reopened = (elsewhere: ReadonlySet<string>, mayLose: boolean): Watch => {
  const watch = new Watch('A1', ({ what }) => expect.fail(what));
  const kept = { hash: 'kept', entry: { epoch: 'E', seq: 1, type: 'enrolment.completed', body: {} } };
  watch.reopened([kept as unknown as SignedEntry], elsewhere, mayLose);
  return watch;
};

test('what only the server still knows, of a till whose two copies were damaged, makes its sums untold', () => {
  expect(reopened(new Set(['kept', 'sent-and-gone']), true).isLossy).toBe(true);
});

test.each([
  ['the server knows nothing more', new Set(['kept']), true],
  ['nothing was sent', NONE, true],
  ['no two copies were damaged', new Set(['kept', 'sent-and-gone']), false],
] as const)('sums are told while %s', (_, elsewhere, mayLose) => {
  expect(reopened(elsewhere, mayLose).isLossy).toBe(false);
});
