import { describe, expect, test } from 'vitest';
import { REFUSALS, type Refusal } from '../../contract/api.ts';
import type { NetworkAnswer } from './attempt-network.ts';
import { asked, charged, paidBack, undone } from './server-rail.ts';

const UNREACHABLE: NetworkAnswer = { kind: 'unreachable' };
const ok = (
  state: 'approved' | 'declined' | 'waiting' | 'not-found' | 'reversed' | 'unknown',
): NetworkAnswer => ({
  kind: 'ok',
  value: { state, reason: 'because' },
});
const kinds = (hear: (answer: NetworkAnswer) => { readonly kind: string }) =>
  [
    ok('approved'),
    ok('declined'),
    ok('waiting'),
    ok('not-found'),
    ok('reversed'),
    ok('unknown'),
    UNREACHABLE,
  ].map((answer) => hear(answer).kind);

describe('what the server says', () => {
  test('means one thing after a charge or a question', () => {
    const heard = ['approved', 'declined', 'waiting', 'not-found', 'reversed', 'no-answer', 'no-answer'];
    expect(kinds(charged)).toEqual(heard);
    expect(kinds(asked)).toEqual(heard);
  });

  test('and another after an undo: only the tombstone is certain', () => {
    expect(kinds(undone)).toEqual([
      'approved',
      'declined',
      'no-answer',
      'no-answer',
      'reversed',
      'no-answer',
      'no-answer',
    ]);
  });

  test('and another after a refund', () => {
    expect(kinds(paidBack)[0]).toBe('refunded');
    expect(kinds(paidBack)).not.toContain('approved');
  });
});

describe('what the server refuses', () => {
  const all = Object.keys(REFUSALS) as Refusal[];
  const refused = (code: Refusal): NetworkAnswer => ({ kind: 'refused', problem: { code } });

  test('is definite for a charge only when it says that nothing was stored and nobody asked', () => {
    expect(all.filter((code) => charged(refused(code)).kind === 'declined').sort()).toEqual([
      'amount-beyond-original',
      'attempt-tombstoned',
      'malformed-body',
      'malformed-json',
      'original-unknown',
      'rail-unavailable',
      'too-large',
      'training-entry',
      'unsupported-contract',
    ]);
  });

  test('says nothing of the money when it is a question or an undo', () => {
    for (const code of all)
      expect([asked(refused(code)), undone(refused(code))]).toEqual([
        { kind: 'no-answer', reason: code },
        { kind: 'no-answer', reason: code },
      ]);
  });
});
