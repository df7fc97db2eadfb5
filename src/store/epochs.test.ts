import { expect, test } from 'vitest';
import type { Epoch } from '../domain/ids.ts';
import { begunEpochs, positionOf, withEpoch } from './epochs.ts';

const A = 'AAAAAA' as Epoch;
const B = 'BBBBBB' as Epoch;
const EPOCHS = [
  { epoch: A, first: 1 },
  { epoch: B, first: 11 },
];

test.each([
  [A, 1, 1],
  [A, 10, 10],
  [A, 11, undefined],
  [A, 0, undefined],
  [B, 1, 11],
  [B, 5, 15],
  [B, 6, undefined],
  ['CCCCCC' as Epoch, 1, undefined],
])('entry %s-%i stands at %s', (epoch, seq, position) => {
  expect(positionOf(EPOCHS, { epoch, seq }, 15)).toBe(position);
});

test('an epoch met in the middle of its run is put where it began', () => {
  expect(withEpoch([], { epoch: A, seq: 4, prev: '' }, 104)).toEqual([{ epoch: A, first: 101 }]);
  expect(withEpoch(EPOCHS, { epoch: B, seq: 3, prev: '' }, 13)).toBe(EPOCHS);
});

test('an epoch whose first entry is not there was never begun', () => {
  expect(begunEpochs(EPOCHS, 10)).toEqual([{ epoch: A, first: 1 }]);
  expect(begunEpochs(EPOCHS, 11)).toBe(EPOCHS);
});
