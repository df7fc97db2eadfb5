import { describe, expect, test } from 'vitest';
import { type Attempt, isUnresolved, type Purpose } from '../../domain/attempt.ts';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import { RAIL_TIMINGS, type RailTimingsData } from '../../domain/rails.ts';
import {
  type Conditions,
  inquiriesMax,
  isDefinite,
  mayStillCharge,
  newPayment,
  type Payment,
  type PaymentEffect,
  type PaymentEvent,
  type Question,
} from './payment.ts';
import type { RailAnswer } from './rail.ts';
import { recover, step } from './step.ts';

const attemptOf = (purpose?: Purpose): Attempt => ({
  attemptId: 'a'.repeat(32) as AttemptId,
  saleId: 'b'.repeat(32) as SaleId,
  tender: 'card',
  method: 'reader',
  amount: minor(1250),
  currency: 'CNY',
  ...(purpose === undefined ? {} : { purpose, original: 'c'.repeat(32) as AttemptId }),
});

/** Small bounds, so that the walk sees every count; the places of `elapsedMs` before, inside and after the windows. */
const timings: RailTimingsData = {
  firstInquiryMs: 1,
  inquireEveryMs: 10,
  windowMs: 10,
  reverseNotBeforeMs: 4,
  reverseEveryMs: 2,
  reverseLongestMs: 5,
  reversalsMax: 2,
  answerMs: 5,
};
const ELAPSED = [0, 5, 10];

const ANSWERS: readonly RailAnswer[] = [
  { kind: 'approved', approval: { channelId: 'x' } },
  { kind: 'declined', reason: 'x' },
  { kind: 'reversed' },
  { kind: 'refunded' },
  { kind: 'must-reverse', reason: 'card-refused', approval: { channelId: 'x' } },
  { kind: 'waiting' },
  { kind: 'accepted', reason: 'refund-processing' },
  { kind: 'not-found' },
  { kind: 'no-answer', reason: 'x' },
];
const QUESTIONS: readonly Question[] = ['send', 'inquire', 'reverse', 'refund'];
const EVENTS: readonly PaymentEvent[] = [
  { type: 'prepare' },
  { type: 'send' },
  { type: 'abandon', reason: 'x' },
  { type: 'due' },
  { type: 'reverse', reason: 'operator' },
  ...(['approved', 'declined', 'reversed', 'refunded', 'booked'] as const).map(
    (as) => ({ type: 'decided', as, evidence: 'statement' }) as const,
  ),
  ...QUESTIONS.flatMap((to) => ANSWERS.map((answer) => ({ type: 'answer', to, answer }) as const)),
];

const UNDOING = ['reversing', 'refund-due'] as const;
/** The arrows of design §5, and no other. A restart adds its own. */
const ARROWS: Readonly<Record<Payment['at'], readonly Payment['at'][]>> = {
  draft: ['prepared', 'abandoned'],
  prepared: ['sending', 'abandoned'],
  sending: ['approved', 'declined', 'unknown', 'accepted', 'reversing', 'reversed', 'stuck'],
  unknown: ['inquiring', 'approved', 'declined', 'accepted', 'reversing', 'reversed', 'stuck'],
  inquiring: ['approved', 'declined', 'accepted', 'not-found', 'reversing', 'reversed', 'stuck'],
  accepted: ['approved', 'stuck'],
  'not-found': ['reversing'],
  reversing: ['reversed', 'approved-late', 'stuck'],
  'approved-late': ['refund-due', 'stuck'],
  'refund-due': ['refunded', 'stuck'],
  stuck: ['approved', 'declined', 'reversed', 'refunded', 'approved-late', 'accepted', ...UNDOING],
  approved: [],
  declined: [],
  abandoned: [],
  reversed: [],
  refunded: [],
};

interface Move {
  readonly from: Payment;
  readonly to: Payment;
  readonly by: PaymentEvent | { readonly type: 'restart' };
  readonly effects: readonly PaymentEffect[];
  readonly given: Conditions;
  /** Charges sent on the way here, this move included. */
  readonly sends: number;
}

/** Visits every state that any order of events, times and restarts can reach. */
function walk(attempt: Attempt, undo: Conditions['undo'], visit: (move: Move) => void): number {
  const seen = new Set<string>();
  const rest: { payment: Payment; sends: number }[] = [{ payment: newPayment(attempt), sends: 0 }];
  for (let here = rest.pop(); here !== undefined; here = rest.pop()) {
    const key = JSON.stringify(here);
    if (seen.has(key)) continue;
    seen.add(key);
    const { payment: from } = here;
    for (const elapsedMs of ELAPSED) {
      const given: Conditions = { timings, undo, elapsedMs, surelyMs: elapsedMs };
      const moves = [
        ...EVENTS.map((by) => [by, step(from, by, given)] as const),
        [{ type: 'restart' } as const, recover(from, given)] as const,
      ];
      for (const [by, [to, effects]] of moves) {
        const sends = here.sends + effects.filter((effect) => effect.type === 'send').length;
        visit({ from, to, by, effects, given, sends });
        rest.push({ payment: to, sends });
      }
    }
  }
  return seen.size;
}

const RAILS: readonly (readonly [string, Attempt, Conditions['undo']])[] = [
  ['a sale', attemptOf(), 'reverse'],
  ['a void that the host can reverse', attemptOf('void'), 'reverse'],
  ['a refund that may only be asked about', attemptOf('refund'), 'ask'],
];

describe.each(RAILS)('on every path through the attempt machine, for %s', (_, attempt, undo) => {
  const moves: Move[] = [];
  const states = walk(attempt, undo, (move) => moves.push(move));
  const all = (visit: (move: Move) => void) => moves.forEach(visit);

  test('the charge is sent at most once', () => {
    expect(states).toBeGreaterThan(50);
    expect(Math.max(...moves.map(({ sends }) => sends))).toBe(1);
  });

  test('only the arrows of the design are taken', () => {
    all(({ from, to }) => {
      if (from.at !== to.at && !ARROWS[from.at].includes(to.at)) expect.fail(`${from.at} to ${to.at}`);
    });
  });

  test('a definite state never changes again, and asks for nothing', () => {
    all(({ from, to, effects }) => {
      if (isDefinite(from) && (to !== from || effects.length > 0)) expect.fail(`${from.at} to ${to.at}`);
    });
  });

  test('a restart while money may be moving becomes a question, and is never sent', () => {
    all(({ from, to, by, effects }) => {
      if (by.type !== 'restart') return;
      expect(effects.map((effect) => effect.type)).not.toContain('send');
      if (from.at === 'sending') expect(to.at).toBe('unknown');
    });
  });

  test('declined needs a definite answer to a charge or an inquiry, or a manager', () => {
    all(({ from, to, by }) => {
      if (to.at !== 'declined' || from === to) return;
      if (by.type === 'decided') return expect(from.at).toBe('stuck');
      expect(by).toMatchObject({ type: 'answer', answer: { kind: 'declined' } });
      expect(by.type === 'answer' && ['send', 'inquire']).toContain(by.type === 'answer' && by.to);
    });
  });

  test('once undoing has begun, nothing but a manager makes it a paid sale again', () => {
    all(({ from, to, by }) => {
      if (to.at !== 'approved' || from === to) return;
      if (mayStillCharge(from) || from.at === 'accepted') return;
      expect(by.type).toBe('decided');
    });
  });

  test('no undo request leaves before the rail allows it', () => {
    all(({ effects, given }) => {
      if (effects.some((effect) => effect.type === 'reverse'))
        expect(given.elapsedMs).toBeGreaterThanOrEqual(timings.reverseNotBeforeMs);
    });
  });

  test('an undo request that finds nothing settles it only after the window', () => {
    all(({ from, to, by, given }) => {
      if (from === to || to.at !== 'reversed' || by.type !== 'answer' || by.answer.kind !== 'not-found')
        return;
      expect(given.surelyMs).toBeGreaterThanOrEqual(timings.windowMs);
    });
  });

  test('what may only be asked about is never undone by machine', () => {
    if (undo === 'reverse') return;
    all(({ to, effects }) => {
      if (to.at === 'reversing' || effects.some(({ type }) => type === 'reverse')) expect.fail(to.at);
    });
  });

  test('every unresolved state goes on by itself, or waits for an answer, or for a manager', () => {
    all(({ from, to, effects }) => {
      if (from.at === to.at || isDefinite(to) || to.at === 'prepared') return;
      const goesOn = to.at === 'not-found' || to.at === 'approved-late'; // The runner takes `due` at once.
      expect(goesOn || effects.length > 0).toBe(true);
    });
  });

  test('silence ends with a manager, not in a loop, however the clock runs', () => {
    for (const elapsedMs of ELAPSED) {
      const given: Conditions = { timings, undo, elapsedMs, surelyMs: elapsedMs };
      for (const to of ['send', 'reverse'] as const) {
        let payment: Payment =
          to === 'send' ? { attempt, at: 'sending' } : { attempt, at: 'reversing', tries: 0 };
        for (let turn = 0; turn < 200 && payment.at !== 'stuck'; turn += 1) {
          [payment] = step(payment, { type: 'due' }, given);
          for (const question of QUESTIONS)
            [payment] = step(
              payment,
              { type: 'answer', to: question, answer: { kind: 'no-answer', reason: 'x' } },
              given,
            );
        }
        expect(payment.at).toBe('stuck');
      }
    }
  });

  test('what is neither definite nor unsent counts as suspense', () => {
    all(({ to }) => {
      if (to.at === 'draft' || to.at === 'prepared') return;
      if (isUnresolved(to.at) === isDefinite(to)) expect.fail(to.at);
    });
  });
});

describe('the window of a rail', () => {
  const given = (elapsedMs: number): Conditions => ({
    timings: RAIL_TIMINGS['wechat/customer-code']!,
    undo: 'reverse',
    elapsedMs,
    surelyMs: elapsedMs,
  });
  const attempt = attemptOf();
  const waits: PaymentEvent = { type: 'answer', to: 'inquire', answer: { kind: 'waiting' } };
  const asking = (tries = 0): Payment => ({ attempt, at: 'inquiring', tries });

  test('the last inquiry is at its end, and the undoing follows at once', () => {
    expect(step(asking(), waits, given(43_000))[1]).toEqual([{ type: 'pause', ms: 2_000 }]);
    const [next, effects] = step(asking(), waits, given(45_000));
    expect(next).toMatchObject({ at: 'reversing', reason: 'window' });
    expect(effects).toEqual([{ type: 'reverse' }]);
  });

  test('a cashier who gives up early waits for the time the rail wants before it is undone', () => {
    const [next, effects] = step(asking(), { type: 'reverse', reason: 'operator' }, given(6_000));
    expect(next.at).toBe('reversing');
    expect(effects).toEqual([{ type: 'pause', ms: 9_000 }]);
    expect(step(next, { type: 'due' }, given(7_000))[1]).toEqual([{ type: 'pause', ms: 8_000 }]);
  });

  test('a clock that stands still does not keep the customer for ever', () => {
    const most = inquiriesMax(RAIL_TIMINGS['wechat/customer-code']!);
    expect(step(asking(most - 1), waits, given(0))[0].at).toBe('reversing');
    expect(step(asking(most - 2), waits, given(0))[0].at).toBe('inquiring');
  });

  test('not found counts only after it', () => {
    const notFound: PaymentEvent = { type: 'answer', to: 'inquire', answer: { kind: 'not-found' } };
    expect(step(asking(), notFound, given(44_000))[0].at).toBe('inquiring');
    expect(step(asking(), notFound, given(45_000))[0].at).toBe('not-found');
  });
});

describe('money that came after the till had given up', () => {
  const given: Conditions = { timings, undo: 'reverse', elapsedMs: 10, surelyMs: 10 };
  const booked: PaymentEvent = {
    type: 'answer',
    to: 'reverse',
    answer: { kind: 'approved', approval: { channelId: '42' } },
  };

  test('is paid back, with what the channel said of it', () => {
    const [late] = step({ attempt: attemptOf(), at: 'reversing', tries: 0 }, booked, given);
    expect(late).toMatchObject({ at: 'approved-late', approval: { channelId: '42' } });
    const [due, effects] = step(late, { type: 'due' }, given);
    expect([due.at, effects]).toEqual(['refund-due', [{ type: 'refund' }]]);
    const [back] = step(due, { type: 'answer', to: 'refund', answer: { kind: 'refunded' } }, given);
    expect(back).toMatchObject({ at: 'refunded', approval: { channelId: '42' } });
  });

  test('and went to the customer is left to a manager', () => {
    const [late] = step({ attempt: attemptOf('void'), at: 'reversing', tries: 0 }, booked, given);
    expect(step(late, { type: 'due' }, given)[0]).toMatchObject({ at: 'stuck', during: 'decision' });
  });

  test('a charge that answers while it is being undone is kept as evidence, and the undoing goes on', () => {
    const reversing: Payment = { attempt: attemptOf(), at: 'reversing', tries: 0 };
    const [next, effects] = step(reversing, { ...booked, to: 'send' } as PaymentEvent, given);
    expect(next).toMatchObject({ at: 'reversing', approval: { channelId: '42' } });
    expect(effects).toEqual([]);
  });
});
