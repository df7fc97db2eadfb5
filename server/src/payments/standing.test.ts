import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../acquirers/acquirer.ts';
import { type Heard, type HeardBy, hear, isDefinite, ORDER_STATES, type Standing } from './standing.ts';

const approval = { channelId: 'c1' };
const OUTCOMES: readonly Outcome[] = [
  { state: 'approved', approval },
  { state: 'declined', reason: 'not-enough-money' },
  { state: 'waiting', reason: 'customer-password' },
  { state: 'not-found' },
  { state: 'reversed' },
  { state: 'unknown', reason: 'no-answer' },
];
const BY: readonly HeardBy[] = ['pay', 'query', 'notice', 'undo', 'give-back'];
const standingOf = (state: Standing['state'], change: Partial<Standing> = {}): Standing => ({
  state,
  reason: null,
  approval: state === 'approved' ? approval : null,
  surplus: null,
  ...change,
});
const heardBy = (standing: Standing, by: HeardBy, outcome: Outcome, isWindowOver = false) =>
  hear(standing, { by, outcome, isWindowOver });

/** Every standing an order can have: each state, with and without an approval and money that is due back. */
const STANDINGS = ORDER_STATES.flatMap((state) =>
  [null, approval].flatMap((known) =>
    ([null, 'due', 'returned'] as const).map((surplus) => standingOf(state, { approval: known, surplus })),
  ),
);
const EVERY: readonly (Heard & { readonly standing: Standing })[] = STANDINGS.flatMap((standing) =>
  BY.flatMap((by) =>
    OUTCOMES.flatMap((outcome) =>
      [false, true].map((isWindowOver) => ({ standing, by, outcome, isWindowOver })),
    ),
  ),
);

describe('every state against everything that can be heard', () => {
  it('a definite state never changes', () => {
    for (const { standing, ...heard } of EVERY.filter((each) => isDefinite(each.standing.state)))
      expect(hear(standing, heard).next.state).toBe(standing.state);
  });

  it('an approval once known is never forgotten', () => {
    for (const { standing, ...heard } of EVERY.filter((each) => each.standing.approval !== null))
      expect(hear(standing, heard).next.approval).toEqual(approval);
  });

  it('an order that is being undone never becomes approved', () => {
    for (const { standing, ...heard } of EVERY.filter((each) => each.standing.state === 'reversing'))
      expect(['reversing', 'reversed']).toContain(hear(standing, heard).next.state);
  });

  it('money that is known is never forgotten: undone only by a word that it is back', () => {
    for (const { standing, ...heard } of EVERY) {
      if (standing.state !== 'reversing' || standing.approval === null) continue;
      const isBack =
        heard.outcome.state === 'reversed' ||
        (heard.by === 'give-back' && heard.outcome.state === 'approved');
      expect(hear(standing, heard).next.state).toBe(isBack ? 'reversed' : 'reversing');
    }
  });

  it('only definite words make an open order definite', () => {
    for (const { standing, ...heard } of EVERY) {
      if (isDefinite(standing.state) || standing.state === 'reversing') continue;
      const isWord = ['approved', 'declined', 'reversed'].includes(heard.outcome.state);
      expect(isDefinite(hear(standing, heard).next.state)).toBe(isWord);
    }
  });
});

describe('one by one', () => {
  const [paid, declined, waiting, notFound, reversed, unknown] = OUTCOMES as [
    Outcome,
    Outcome,
    Outcome,
    Outcome,
    Outcome,
    Outcome,
  ];

  it.each([
    ['sending', 'pay', paid, 'approved'],
    ['sending', 'pay', declined, 'declined'],
    ['sending', 'pay', waiting, 'waiting'],
    ['sending', 'pay', unknown, 'unknown'],
    ['unknown', 'query', notFound, 'not-found'],
    ['not-found', 'query', paid, 'approved'],
    ['waiting', 'query', unknown, 'waiting'],
    ['waiting', 'query', notFound, 'waiting'],
    ['waiting', 'notice', paid, 'approved'],
    ['unknown', 'query', reversed, 'reversed'],
    ['reversing', 'undo', reversed, 'reversed'],
    ['reversing', 'query', declined, 'reversed'],
    ['reversing', 'undo', declined, 'reversing'],
    ['reversing', 'undo', unknown, 'reversing'],
    ['reversing', 'query', waiting, 'reversing'],
    ['reversing', 'give-back', paid, 'reversed'],
  ] as const)('%s, by %s: %o', (state, by, outcome, expected) => {
    const { next, isContradiction } = heardBy(standingOf(state), by, outcome);
    expect([next.state, isContradiction]).toEqual([expected, false]);
  });

  it('not found ends an undoing only when the request cannot be on the wire any more', () => {
    expect(heardBy(standingOf('reversing'), 'undo', notFound).next.state).toBe('reversing');
    expect(heardBy(standingOf('reversing'), 'undo', notFound, true).next).toMatchObject({
      state: 'reversed',
      reason: 'never-arrived',
    });
    expect(heardBy(standingOf('reversing', { approval }), 'query', notFound, true).next.state).toBe(
      'reversing',
    );
  });

  it('a success after the end is a contradiction, and its money is due back, once', () => {
    for (const state of ['reversed', 'declined'] as const) {
      const first = heardBy(standingOf(state), 'notice', paid);
      expect(first).toMatchObject({ next: { state, surplus: 'due', approval }, isContradiction: true });
      expect(heardBy(first.next, 'query', paid)).toEqual({ next: first.next, isContradiction: false });
      expect(heardBy(first.next, 'give-back', paid).next.surplus).toBe('returned');
    }
  });

  it('the opposite of an approval is a contradiction, and the approval stands', () => {
    for (const outcome of [declined, reversed])
      expect(heardBy(standingOf('approved'), 'notice', outcome)).toEqual({
        next: standingOf('approved'),
        isContradiction: true,
      });
    expect(heardBy(standingOf('reversing', { approval }), 'query', declined).isContradiction).toBe(true);
    expect(heardBy(standingOf('approved'), 'query', unknown).isContradiction).toBe(false);
  });

  it('any run of words leaves at most one definite state', () => {
    const words = fc.array(
      fc.record({
        by: fc.constantFrom(...BY),
        outcome: fc.constantFrom(...OUTCOMES),
        isWindowOver: fc.boolean(),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(words, (run) => {
        let standing = standingOf('sending');
        const states = run.map((heard) => {
          standing = hear(standing, heard).next;
          return standing;
        });
        const ends = new Set(states.map((each) => each.state).filter(isDefinite));
        expect(ends.size).toBeLessThanOrEqual(1);
      }),
      { seed: 20_261_122, numRuns: 2_000 },
    );
  });
});
