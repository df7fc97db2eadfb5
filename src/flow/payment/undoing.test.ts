import { describe, expect, test } from 'vitest';
import type { Purpose } from '../../domain/attempt.ts';
import {
  approval,
  at,
  attempt,
  callsManager,
  DUE,
  given,
  goes,
  hears,
  ignores,
  REVERSE,
  silence,
  stays,
  stuckAt,
  timings,
} from '../testing/arrows.ts';
import { undoPause } from './moves.ts';
import { type Payment, REFUNDS_MAX } from './payment.ts';
import { step } from './step.ts';

describe('undoing', () => {
  const undoing = (more: object = {}): Payment => at('reversing', { tries: 0, reason: 'operator', ...more });
  test('waits until the rail allows it', () => {
    goes(undoing(), DUE, undoing(), [{ type: 'pause', ms: 1 }], given(14_999));
    goes(undoing(), DUE, undoing(), [{ type: 'reverse' }], given(15_000));
    // A wall clock's word is not enough after a restart.
    goes(undoing(), DUE, undoing(), [{ type: 'pause', ms: 15_000 }], given(40_000, { surelyMs: 0 }));
    ignores(undoing(), ({ type }) => type === 'due' || type === 'answer');
  });

  test('ends reversed, for the reason it was begun for', () => {
    goes(
      undoing(),
      hears('reverse', { kind: 'reversed', reason: 'late' }),
      at('reversed', { reason: 'operator' }),
      [],
    );
    goes(
      undoing(),
      hears('reverse', { kind: 'declined', reason: 'never-booked' }),
      at('reversed', { reason: 'operator' }),
      [],
    );
    goes(
      at('reversing', { tries: 0 }),
      hears('reverse', { kind: 'declined', reason: 'never-booked' }),
      at('reversed', { reason: 'never-booked' }),
      [],
    );
    goes(at('reversing', { tries: 0 }), hears('reverse', { kind: 'reversed' }), at('reversed'), []);
  });

  test('booked after all is money to be paid back', () => {
    goes(undoing(), hears('reverse', { kind: 'approved', approval }), at('approved-late', { approval }), []);
  });

  test('nothing found settles it only when the window has surely passed', () => {
    const found = hears('reverse', { kind: 'not-found' });
    goes(undoing(), found, at('reversed', { reason: 'not-found' }), [], given(45_000));
    goes(undoing(), found, undoing({ tries: 1 }), [{ type: 'pause', ms: 5_000 }], given(44_999));
    goes(
      undoing(),
      found,
      undoing({ tries: 1 }),
      [{ type: 'pause', ms: 5_000 }],
      given(45_000, { surelyMs: 44_999 }),
    );
  });

  test('is tried again and again, ever slower, and then a manager is called', () => {
    goes(undoing(), hears('reverse', silence), undoing({ tries: 1 }), [{ type: 'pause', ms: 5_000 }]);
    goes(at('reversing', { tries: 2 }), hears('reverse', silence), at('reversing', { tries: 3 }), [
      { type: 'pause', ms: 20_000 },
    ]);
    goes(undoing({ tries: 18 }), hears('reverse', silence), undoing({ tries: 19 }), [
      { type: 'pause', ms: 60_000 },
    ]);
    goes(
      undoing({ tries: 19 }),
      hears('reverse', silence),
      stuckAt('reversing', { reason: 'timeout' }),
      callsManager,
    );
    expect([0, 1, 2, 3, 4, 99].map((tries) => undoPause(timings, tries))).toEqual([
      5_000, 10_000, 20_000, 40_000, 60_000, 60_000,
    ]);
    expect(undoPause({ ...timings, reverseLongestMs: Number.MAX_SAFE_INTEGER }, 99)).toBe(5_000 * 2 ** 16);
  });

  test('hears the charge that was still on its way as evidence', () => {
    for (const to of ['send', 'inquire', 'refund'] as const)
      goes(undoing(), hears(to, { kind: 'approved', approval }), undoing({ approval }), []);
    stays(undoing(), hears('send', { kind: 'approved' }));
    stays(undoing(), hears('send', { kind: 'declined', reason: 'x' }));
  });
});

describe('money that came too late', () => {
  test('is paid back at once', () => {
    for (const event of [DUE, REVERSE])
      goes(at('approved-late', { approval }), event, at('refund-due', { approval, tries: 0 }), [
        { type: 'refund' },
      ]);
    ignores(at('approved-late'), ({ type }) => type === 'due' || type === 'reverse');
  });

  test.each<Purpose>(['void', 'refund', 'authorisation-cancel', 'completion-cancel'])(
    'a %s that went out after all is for a manager',
    (purpose) => {
      const back = { ...attempt, purpose };
      expect(step({ attempt: back, at: 'approved-late' }, DUE, given())).toStrictEqual([
        { attempt: back, at: 'stuck', during: 'decision', reason: 'gave-back-after-all' },
        callsManager,
      ]);
    },
  );

  const owing = (tries = 0): Payment => at('refund-due', { approval, tries });
  test('is asked for again until it is back', () => {
    goes(owing(3), DUE, owing(3), [{ type: 'refund' }]);
    goes(owing(3), hears('refund', { kind: 'refunded' }), at('refunded', { approval }), []);
    goes(owing(1), hears('refund', silence), at('refund-due', { approval, tries: 2, reason: 'timeout' }), [
      { type: 'pause', ms: 10_000 },
    ]);
    ignores(owing(), (event) => event.type === 'due' || (event.type === 'answer' && event.to === 'refund'));
  });

  test('goes to a manager when the channel refuses, or never answers', () => {
    goes(
      owing(),
      hears('refund', { kind: 'declined', reason: 'balance' }),
      stuckAt('refund-due', { approval, reason: 'balance' }),
      callsManager,
    );
    expect(step(owing(REFUNDS_MAX - 2), hears('refund', silence), given())[0].at).toBe('refund-due');
    goes(
      owing(REFUNDS_MAX - 1),
      hears('refund', silence),
      stuckAt('refund-due', { approval, reason: 'timeout' }),
      callsManager,
    );
    expect(REFUNDS_MAX).toBe(20);
  });
});

describe('with a manager', () => {
  test.each(['approved', 'declined', 'reversed', 'refunded'] as const)(
    'his word makes it %s, with what he saw',
    (as) => {
      goes(
        stuckAt('reversing', { approval, reason: 'timeout' }),
        { type: 'decided', as, evidence: 'statement' },
        at(as, { approval, reason: 'manager', evidence: 'statement' }),
        [],
      );
    },
  );

  test('money that came and is not wanted is paid back', () => {
    goes(
      stuckAt('inquiring'),
      { type: 'decided', as: 'booked', evidence: 'statement' },
      at('approved-late', { reason: 'manager', evidence: 'statement' }),
      [],
    );
  });

  test('the machine may be told to try once more what it was about', () => {
    goes(stuckAt('inquiring'), DUE, stuckAt('inquiring'), [{ type: 'inquire' }]);
    goes(stuckAt('refund-due'), DUE, stuckAt('refund-due'), [{ type: 'refund' }]);
    goes(stuckAt('reversing'), DUE, stuckAt('reversing'), [{ type: 'reverse' }]);
    goes(stuckAt('reversing'), DUE, stuckAt('reversing'), [{ type: 'pause', ms: 14_000 }], given(1_000));
    stays(stuckAt('decision'), DUE);
  });

  test('undoing and paying back can begin anew; a question and a decision cannot be undone', () => {
    goes(
      stuckAt('reversing', { reason: 'timeout' }),
      REVERSE,
      at('reversing', { tries: 0, reason: 'operator' }),
      [{ type: 'reverse' }],
    );
    goes(stuckAt('refund-due', { approval }), REVERSE, at('refund-due', { approval, tries: 0 }), [
      { type: 'refund' },
    ]);
    stays(stuckAt('inquiring'), REVERSE);
    stays(stuckAt('decision'), REVERSE);
  });

  test('a definite answer to what was asked settles it', () => {
    goes(
      stuckAt('inquiring'),
      hears('inquire', { kind: 'approved', approval }),
      at('approved', { approval }),
      [],
    );
    goes(
      stuckAt('inquiring'),
      hears('inquire', { kind: 'declined', reason: 'no' }),
      at('declined', { reason: 'no' }),
      [],
    );
    goes(
      stuckAt('reversing', { reason: 'timeout' }),
      hears('reverse', { kind: 'reversed' }),
      at('reversed', { reason: 'timeout' }),
      [],
    );
    goes(stuckAt('reversing'), hears('reverse', { kind: 'approved' }), at('approved-late'), []);
    goes(
      stuckAt('refund-due', { approval }),
      hears('refund', { kind: 'refunded' }),
      at('refunded', { approval }),
      [],
    );
  });

  test('no answer, or the answer to another question, settles nothing', () => {
    for (const during of ['inquiring', 'reversing', 'refund-due', 'decision'] as const) {
      for (const to of ['send', 'inquire', 'reverse', 'refund'] as const)
        stays(stuckAt(during), hears(to, silence));
      for (const event of [{ type: 'prepare' }, { type: 'send' }, { type: 'abandon', reason: 'x' }] as const)
        stays(stuckAt(during), event);
      stays(stuckAt(during), hears('send', { kind: 'approved' }));
    }
    stays(stuckAt('inquiring'), hears('reverse', { kind: 'approved' }));
    stays(stuckAt('reversing'), hears('inquire', { kind: 'approved' }));
    stays(stuckAt('refund-due'), hears('refund', { kind: 'approved' }));
    stays(stuckAt('inquiring'), hears('refund', { kind: 'refunded' }));
    stays(stuckAt('decision'), hears('refund', { kind: 'refunded' }));
    stays(stuckAt('decision'), hears('inquire', { kind: 'approved' }));
    stays(stuckAt('decision'), hears('reverse', { kind: 'reversed' }));
  });
});
