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
import { givesBack, undoOf } from './attempt-facts.ts';
import { reasonOf } from './moves.ts';
import { inquiriesMax, isDefinite, mayStillCharge, newPayment, type Payment } from './payment.ts';
import type { RailAnswer } from './rail.ts';
import { recover, step } from './step.ts';

/** What each state does with each event, arrow by arrow. That no path leads elsewhere is walked in payment.test.ts. */

describe('before anything is sent', () => {
  test('a new attempt is prepared', () => {
    expect(newPayment(attempt)).toStrictEqual(at('draft'));
    goes(at('draft'), { type: 'prepare' }, at('prepared'), []);
    ignores(at('draft'), ({ type }) => type === 'prepare');
  });

  test('a prepared one is sent, or given up', () => {
    goes(at('prepared'), { type: 'send' }, at('sending'), [{ type: 'send' }]);
    goes(
      at('prepared'),
      { type: 'abandon', reason: 'no-device' },
      at('abandoned', { reason: 'no-device' }),
      [],
    );
    ignores(at('prepared'), ({ type }) => type === 'send' || type === 'abandon');
  });
});

describe('on its way', () => {
  test('an approval keeps what the channel said, and what it remarked', () => {
    goes(
      at('sending'),
      hears('send', { kind: 'approved', approval, reason: 'unverified' }),
      at('approved', { approval, reason: 'unverified' }),
      [],
    );
    goes(at('unknown', { reason: 'x' }), hears('send', { kind: 'approved' }), at('approved'), []);
    goes(
      at('inquiring', { tries: 3 }),
      hears('inquire', { kind: 'approved', approval }),
      at('approved', { approval }),
      [],
    );
  });

  test('a definite no is one', () => {
    goes(
      at('sending'),
      hears('send', { kind: 'declined', reason: 'notenough' }),
      at('declined', { reason: 'notenough' }),
      [],
    );
    goes(
      at('inquiring', { tries: 0 }),
      hears('inquire', { kind: 'reversed' }),
      at('reversed', { reason: 'channel' }),
      [],
    );
    goes(
      at('inquiring', { tries: 0 }),
      hears('inquire', { kind: 'reversed', reason: 'closed' }),
      at('reversed', { reason: 'closed' }),
      [],
    );
  });

  test.each<[string, RailAnswer]>([
    ['timeout', silence],
    ['waiting', { kind: 'waiting' }],
    ['userpaying', { kind: 'waiting', reason: 'userpaying' }],
    ['not-found', { kind: 'not-found' }],
    ['refunded', { kind: 'refunded' }],
  ])('anything else makes it unknown, and it is asked about: %s', (reason, answer) => {
    goes(at('sending'), hears('send', answer), at('unknown', { reason }), [{ type: 'pause', ms: 5_000 }]);
    expect(reasonOf(answer)).toBe(reason);
  });

  test('money that the card did not accept is undone at once, or decided by a manager', () => {
    const answer: RailAnswer = { kind: 'must-reverse', reason: 'card-refused', approval };
    goes(
      at('sending'),
      hears('send', answer),
      at('reversing', { approval, tries: 0, reason: 'card-refused' }),
      [{ type: 'reverse' }],
    );
    goes(
      at('sending'),
      hears('send', answer),
      stuckAt('decision', { approval, reason: 'card-refused' }),
      callsManager,
      given(20_000, { undo: 'ask' }),
    );
  });

  test('unknown asks when its pause is over, and says why it had to', () => {
    goes(at('unknown', { reason: 'timeout' }), DUE, at('inquiring', { tries: 0, reason: 'timeout' }), [
      { type: 'inquire' },
    ]);
    goes(at('unknown'), DUE, at('inquiring', { tries: 0 }), [{ type: 'inquire' }]);
    stays(at('unknown'), hears('send', silence));
    stays(at('sending'), DUE);
  });

  test('inquiring asks again without a new state', () => {
    const asking = at('inquiring', { tries: 2 });
    goes(asking, DUE, asking, [{ type: 'inquire' }]);
  });

  test.each(['sending', 'unknown', 'inquiring'] as const)(
    '%s can be undone by the cashier, if the rail can',
    (state) => {
      const from = at(state, { tries: 1 });
      goes(from, REVERSE, at('reversing', { tries: 0, reason: 'operator' }), [{ type: 'reverse' }]);
      stays(from, REVERSE, given(20_000, { undo: 'ask' }));
      ignores(from, (event) => event.type === 'due' || event.type === 'reverse' || event.type === 'answer');
      for (const to of ['reverse', 'refund'] as const) stays(from, hears(to, { kind: 'approved' }));
    },
  );
});

describe('asking', () => {
  const asking = (tries: number): Payment => at('inquiring', { tries });
  test('goes on in its rhythm, and the last pause ends with the window', () => {
    goes(
      asking(0),
      hears('inquire', silence),
      at('inquiring', { tries: 1, reason: 'timeout' }),
      [{ type: 'pause', ms: 5_000 }],
      given(0),
    );
    goes(
      asking(3),
      hears('inquire', silence),
      at('inquiring', { tries: 4, reason: 'timeout' }),
      [{ type: 'pause', ms: 1 }],
      given(44_999),
    );
  });

  test('ends with the window in an undo, in "not found", or with a manager', () => {
    goes(
      asking(3),
      hears('inquire', silence),
      at('reversing', { tries: 0, reason: 'window' }),
      [{ type: 'reverse' }],
      given(45_000),
    );
    goes(asking(3), hears('inquire', { kind: 'not-found' }), at('not-found'), [], given(45_000));
    goes(
      asking(3),
      hears('inquire', { kind: 'not-found' }),
      stuckAt('inquiring', { reason: 'not-found' }),
      callsManager,
      given(45_000, { undo: 'ask' }),
    );
  });

  test('has a bound of its own: three windows and a few', () => {
    expect(inquiriesMax(timings)).toBe(3 * 9 + 8);
    expect(inquiriesMax({ ...timings, inquireEveryMs: 40_000 })).toBe(3 * 2 + 8);
    expect(inquiriesMax({ ...timings, inquireEveryMs: 0, windowMs: 10 })).toBe(3 * 10 + 8);
    expect(step(asking(33), hears('inquire', silence), given(0))[0].at).toBe('inquiring');
    expect(step(asking(34), hears('inquire', silence), given(0))[0].at).toBe('reversing');
  });

  test('what is not found is undone all the same', () => {
    for (const event of [DUE, REVERSE])
      goes(at('not-found'), event, at('reversing', { tries: 0, reason: 'not-found' }), [{ type: 'reverse' }]);
    ignores(at('not-found'), ({ type }) => type === 'due' || type === 'reverse');
  });
});

describe('a definite end', () => {
  test.each(['approved', 'declined', 'abandoned', 'reversed', 'refunded'] as const)(
    '%s absorbs everything',
    (state) => {
      ignores(at(state), () => false);
      expect(isDefinite(at(state))).toBe(true);
      expect(mayStillCharge(at(state))).toBe(false);
      expect(recover(at(state), given())).toStrictEqual([at(state), []]);
    },
  );

  test('everything else is none, and stands in the way of another attempt as long as it may still charge', () => {
    const open = ['draft', 'prepared', 'sending', 'unknown', 'inquiring', 'not-found'] as const;
    const undone = ['reversing', 'approved-late', 'refund-due'] as const;
    for (const state of [...open, ...undone]) expect(isDefinite(at(state)), state).toBe(false);
    for (const state of open) expect(mayStillCharge(at(state)), state).toBe(true);
    for (const state of undone) expect(mayStillCharge(at(state)), state).toBe(false);
    expect(isDefinite(stuckAt('inquiring'))).toBe(false);
    expect(mayStillCharge(stuckAt('inquiring'))).toBe(true);
    for (const during of ['reversing', 'refund-due', 'decision'] as const)
      expect(mayStillCharge(stuckAt(during))).toBe(false);
  });
});

describe('after a restart', () => {
  const now = { type: 'pause', ms: 0 };
  test.each(['draft', 'prepared'] as const)('%s was never sent', (state) => {
    expect(recover(at(state), given())).toStrictEqual([at('abandoned', { reason: 'restart' }), []]);
  });
  test('what was on its way is a question', () => {
    expect(recover(at('sending'), given())).toStrictEqual([at('unknown', { reason: 'restart' }), [now]]);
  });
  test.each(['unknown', 'inquiring', 'reversing', 'refund-due'] as const)('%s goes on at once', (state) => {
    const from = at(state, { tries: 0 });
    expect(recover(from, given())).toStrictEqual([from, [now]]);
  });
  test('what waits for nothing takes its next step', () => {
    expect(recover(at('not-found'), given())[0].at).toBe('reversing');
    expect(recover(at('approved-late'), given())[0].at).toBe('refund-due');
  });
  test('a manager is called again, and the machine tries too', () => {
    expect(recover(stuckAt('reversing'), given())).toStrictEqual([
      stuckAt('reversing'),
      [{ type: 'call-manager' }, now],
    ]);
  });
});

describe('what may be undone', () => {
  const purposes: Record<Purpose, boolean> = {
    sale: false,
    void: true,
    refund: true,
    authorisation: false,
    completion: false,
    'authorisation-cancel': true,
    'completion-cancel': true,
    tip: false,
  };
  test.each(Object.entries(purposes))('a %s gives money back or lets it go: %s', (purpose, isBack) => {
    const of = { ...attempt, purpose: purpose as Purpose };
    expect(givesBack(of)).toBe(isBack);
    expect(undoOf(of)).toBe(isBack ? 'ask' : 'reverse');
    expect(undoOf({ ...of, method: 'reader' })).toBe('reverse');
  });
  test('a sale takes money when nothing else is said', () => {
    expect(givesBack(attempt)).toBe(false);
  });
});
