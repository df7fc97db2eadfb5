import { expect, test } from 'vitest';
import { choiceOf, newRefundDraft, reasonOf } from './refund-draft.ts';

const draft = newRefundDraft('refund');

test('a new draft, and none at all, ask for everything that is left', () => {
  expect(choiceOf(draft, 'CNY')).toEqual({ by: 'all' });
  expect(choiceOf(undefined, 'CNY')).toEqual({ by: 'all' });
});

test('an amount is asked for in minor units, and one that is not typed yet is nothing', () => {
  expect(choiceOf({ ...draft, by: 'amount', amount: '12.5' }, 'CNY')).toEqual({
    by: 'amount',
    amount: 1_250,
  });
  expect(choiceOf({ ...draft, by: 'amount', amount: '' }, 'CNY')).toEqual({ by: 'amount', amount: 0 });
});

test('lines that were put back to none are not asked for', () => {
  const lines = new Map([
    ['tea', 2_000],
    ['cake', 0],
  ]);
  expect(choiceOf({ ...draft, by: 'lines', lines }, 'CNY')).toEqual({
    by: 'lines',
    lines: [{ lineId: 'tea', quantityMilli: 2_000 }],
  });
});

test('a void is whole, whatever was chosen before', () => {
  expect(choiceOf({ ...newRefundDraft('void'), by: 'amount', amount: '1' }, 'CNY')).toEqual({ by: 'all' });
});

test('a reason of blanks is none', () => {
  expect(reasonOf({ ...draft, reason: '  ' })).toEqual({});
  expect(reasonOf({ ...draft, reason: ' 过期 ' })).toEqual({ reason: '过期' });
});
