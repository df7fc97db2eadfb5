import { describe, expect, it } from 'vitest';
import type { Outcome } from '../acquirers/acquirer.ts';
import { type HeardBy, hear, isDefinite, isOpen, ORDER_STATES, type Standing } from './standing.ts';

/** What an order becomes by each word, field by field. That no run of words does more is proved in standing.test.ts. */

const approval = { channelId: 'c1' };
const late = { channelId: 'c2' };
const paid: Outcome = { state: 'approved', approval: late };
const declined: Outcome = { state: 'declined', reason: 'notenough' };
const reversed: Outcome = { state: 'reversed' };
const waiting: Outcome = { state: 'waiting', reason: 'userpaying' };
const notFound: Outcome = { state: 'not-found' };
const unknown: Outcome = { state: 'unknown', reason: 'no-answer' };

const at = (state: Standing['state'], more: Partial<Standing> = {}): Standing => ({
  state,
  reason: 'earlier',
  approval: null,
  surplus: null,
  ...more,
});
type Word = [from: Standing, by: HeardBy, outcome: Outcome, next: Standing, isWindowOver?: boolean];
const becomes = (...[from, by, outcome, next, isWindowOver = false]: Word): void => {
  expect(hear(from, { by, outcome, isWindowOver })).toStrictEqual({ next, isContradiction: false });
};
const contradicts = (from: Standing, by: HeardBy, outcome: Outcome, next: Standing): void => {
  expect(hear(from, { by, outcome, isWindowOver: true })).toStrictEqual({ next, isContradiction: true });
};

it('an order is open until a definite word, or until somebody wants it undone', () => {
  expect(ORDER_STATES.filter(isOpen)).toEqual(['sending', 'waiting', 'unknown', 'not-found']);
  expect(ORDER_STATES.filter(isDefinite)).toEqual(['approved', 'declined', 'reversed']);
});

describe.each(['sending', 'unknown', 'not-found'] as const)('an order that is %s', (state) => {
  it.each<[string, Outcome, Standing]>([
    ['paid', paid, at('approved', { reason: null, approval: late })],
    ['declined', declined, at('declined', { reason: 'notenough' })],
    ['closed by its channel', reversed, at('reversed', { reason: 'closed-by-channel' })],
    ['shown to be there', waiting, at('waiting', { reason: 'userpaying' })],
    ['shown to be there, without a word', { state: 'waiting' }, at('waiting', { reason: null })],
    ['not found', notFound, at('not-found', { reason: null })],
    ['in doubt', unknown, at('unknown', { reason: 'no-answer' })],
  ])('is %s', (_, outcome, next) => {
    for (const by of ['pay', 'query', 'notice'] as const) becomes(at(state), by, outcome, next);
  });
});

describe('an order that waits for the customer', () => {
  it('stays there when a question goes unanswered, and ends by a definite word', () => {
    becomes(at('waiting'), 'query', unknown, at('waiting'));
    becomes(at('waiting'), 'query', notFound, at('waiting'));
    becomes(at('waiting'), 'query', declined, at('declined', { reason: 'notenough' }));
  });
});

describe('an order that is being undone', () => {
  const undoing = at('reversing', { reason: 'operator' });
  const taken = at('reversing', { reason: 'operator', approval });

  it('keeps the first word that money moved, and goes on', () => {
    for (const by of ['pay', 'query', 'notice', 'undo'] as const) {
      becomes(undoing, by, paid, { ...undoing, approval: late });
      becomes(taken, by, paid, taken);
    }
  });

  it('ends when the money is back, whoever says so', () => {
    becomes(taken, 'give-back', paid, { ...taken, state: 'reversed', reason: 'given-back' });
    for (const by of ['pay', 'query', 'notice', 'undo', 'give-back'] as const)
      becomes(taken, by, reversed, { ...taken, state: 'reversed' });
  });

  it('ends when it was declined, but not when only its undoing was', () => {
    for (const by of ['pay', 'query', 'notice'] as const) {
      becomes(undoing, by, declined, { ...undoing, state: 'reversed', reason: 'notenough' });
      contradicts(taken, by, declined, taken);
    }
    for (const by of ['undo', 'give-back'] as const) becomes(taken, by, declined, taken);
    becomes(undoing, 'undo', declined, undoing);
  });

  it('never arrived when it is not found after its window, by a question or an undo', () => {
    for (const by of ['query', 'notice', 'undo', 'give-back'] as const)
      becomes(undoing, by, notFound, { ...undoing, state: 'reversed', reason: 'never-arrived' }, true);
    becomes(undoing, 'query', notFound, undoing, false);
    becomes(undoing, 'pay', notFound, undoing, true);
    becomes(taken, 'query', notFound, taken, true);
  });

  it('goes on by any other word', () => {
    for (const by of ['pay', 'query', 'undo', 'give-back'] as const)
      becomes(undoing, by, unknown, undoing, true);
    for (const by of ['pay', 'query', 'undo'] as const) becomes(undoing, by, waiting, undoing, true);
  });

  it('whose refund the channel has accepted is on its way back until that ends', () => {
    const onItsWay = { ...taken, reason: 'refund-processing' };
    becomes(taken, 'give-back', { state: 'waiting', reason: 'refund-processing' }, onItsWay);
    becomes(onItsWay, 'give-back', unknown, onItsWay);
    const back = { ...taken, state: 'reversed', reason: 'given-back' } as const;
    becomes(onItsWay, 'give-back', paid, back);
    becomes(onItsWay, 'query', reversed, back);
    becomes(onItsWay, 'undo', declined, onItsWay);
    becomes(onItsWay, 'give-back', declined, { ...taken, reason: 'give-back-refused' });
  });
});

describe('an order with an end', () => {
  const approved = at('approved', { reason: null, approval });

  it('that was paid stays paid; the opposite is a contradiction unless it answers an undo', () => {
    for (const outcome of [declined, reversed]) {
      for (const by of ['pay', 'query', 'notice'] as const) contradicts(approved, by, outcome, approved);
      becomes(approved, 'undo', outcome, approved);
      becomes(approved, 'give-back', outcome, approved);
    }
    for (const outcome of [paid, waiting, notFound, unknown]) becomes(approved, 'query', outcome, approved);
  });

  it.each(['declined', 'reversed'] as const)('%s and paid after all owes the money back', (state) => {
    for (const by of ['pay', 'query', 'notice', 'undo'] as const)
      contradicts(at(state), by, paid, at(state, { approval: late, surplus: 'due' }));
    // What was known before it was undone says nothing new.
    becomes(at(state, { approval }), 'notice', paid, at(state, { approval }));
    for (const outcome of [declined, reversed, waiting, notFound, unknown])
      becomes(at(state), 'query', outcome, at(state));
  });

  it('owes it until a refund is done', () => {
    const owing = at('reversed', { approval, surplus: 'due' });
    for (const outcome of [paid, reversed])
      becomes(owing, 'give-back', outcome, { ...owing, surplus: 'returned' });
    for (const outcome of [declined, notFound, unknown]) becomes(owing, 'give-back', outcome, owing);
    const returning = { ...owing, surplus: 'returning' } as const;
    becomes(owing, 'give-back', waiting, returning);
    for (const outcome of [waiting, notFound, unknown]) becomes(returning, 'give-back', outcome, returning);
    becomes(returning, 'give-back', declined, owing);
    for (const surplus of ['returning', 'kept'] as const)
      becomes({ ...owing, surplus }, 'give-back', paid, { ...owing, surplus: 'returned' });
    becomes(at('reversed'), 'give-back', paid, at('reversed'));
    becomes({ ...owing, surplus: 'returned' }, 'give-back', paid, { ...owing, surplus: 'returned' });
  });
});
