import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CardData } from '../../domain/card-data.ts';
import { minor } from '../../domain/money.ts';
import type { CardRequest, ReaderEntry } from '../ports.ts';
import type { Effect, ReaderEvent, TillEvent } from './events.ts';
import { CHIP_TRIES_MAX, type DialogueState, IDLE, step } from './step.ts';

const ALL: readonly ReaderEntry[] = ['chip', 'contactless', 'swipe'];
const REQUEST: CardRequest = { amount: minor(1), currency: 'CNY', purpose: 'sale', timeoutMs: 60_000 };
const start = (entries = ALL, request: Partial<CardRequest> = {}): TillEvent => ({
  type: 'start',
  request: { ...REQUEST, ...request },
  entries,
});
const card = (entry: CardData['entry']): CardData => ({
  entry,
  scheme: 'dukpt-tdes',
  ksn: 'FF',
  track: 'AA',
});
const read = (entry: CardData['entry'], serviceCode?: string): ReaderEvent => ({
  type: 'read',
  card: card(entry),
  ...(serviceCode === undefined ? {} : { serviceCode }),
});
const resume = (approved: boolean): TillEvent => ({ type: 'resume', result: { approved } });
const failed: ReaderEvent = { type: 'chip-failed', isLast: false };
const inserted: ReaderEvent = { type: 'seen', entry: 'chip' };

/** What the last event caused, deadlines left out, and where it led. */
function outcomeOf(...events: readonly (ReaderEvent | TillEvent)[]): { at: string; does: readonly Effect[] } {
  let state: DialogueState = IDLE;
  let effects: readonly Effect[] = [];
  for (const event of events) [state, effects] = step(state, event);
  return { at: state.at, does: effects.filter((effect) => effect.do !== 'wait' && effect.do !== 'no-wait') };
}
const presented = (outcome: object): object => ({ do: 'presented', outcome });
const ask = (...entries: ReaderEntry[]): object => ({ do: 'ask', entries });
const prompt = (word: string): object => ({ do: 'prompt', prompt: word });

describe('asking for a card', () => {
  test.each([
    [ALL, undefined, ['chip', 'contactless', 'swipe'], 'present-card'],
    [ALL, ['chip'], ['chip'], 'insert-card'],
    [ALL, ['swipe'], ['swipe'], 'swipe-card'],
    [['swipe'], undefined, ['swipe'], 'swipe-card'],
    [ALL, ['chip', 'contactless'], ['chip', 'contactless'], 'present-card'],
  ] as const)('a reader with %j asked for %j', (has, wanted, asked, words) => {
    const request = wanted === undefined ? {} : { entries: wanted };
    expect(outcomeOf(start(has, request)).does).toEqual([prompt(words), ask(...asked)]);
  });

  test('a reader that has no such way in says so at once', () => {
    expect(outcomeOf(start(['swipe'], { entries: ['chip'] }))).toEqual({
      at: 'idle',
      does: [presented({ kind: 'failed', reason: 'unsupported' })],
    });
  });

  test('the card of the dialogue before must be taken out first', () => {
    const before = [start(), inserted, { type: 'declined', reason: 'card-declined' }, start()] as const;
    expect(outcomeOf(...before)).toEqual({ at: 'clearing', does: [prompt('remove-card')] });
    expect(outcomeOf(...before, { type: 'removed' }).does).toContainEqual(ask(...ALL));
    expect(outcomeOf(...before, { type: 'abort' }).does.at(-1)).toEqual(presented({ kind: 'cancelled' }));
    expect(outcomeOf(...before, { type: 'time-over' }).at).toBe('stopping');
  });
});

describe('technical fallback', () => {
  test('the chip may fail three times; then the stripe is taken, and marked', () => {
    expect(outcomeOf(start(), inserted, failed).does).toEqual([
      prompt('try-again'),
      ask('chip', 'contactless'),
    ]);
    const thrice = [start(), ...Array.from({ length: CHIP_TRIES_MAX }, () => failed)];
    expect(outcomeOf(...thrice).does).toEqual([prompt('swipe-card'), ask('swipe')]);
    for (const code of ['201', '601', undefined]) {
      expect(outcomeOf(...thrice, read('swipe', code)).does).toEqual([
        presented({ kind: 'online-request', card: card('fallback') }),
      ]);
    }
  });

  test('another card without a chip is no fallback', () => {
    const thrice = [start(), failed, failed, failed];
    expect(outcomeOf(...thrice, read('swipe', '101')).does).toEqual([
      presented({ kind: 'online-request', card: card('swipe') }),
    ]);
  });

  test('a reader that gives the chip up is believed at once', () => {
    expect(outcomeOf(start(), { type: 'chip-failed', isLast: true }).does).toEqual([
      prompt('swipe-card'),
      ask('swipe'),
    ]);
  });

  test('where no stripe is allowed the chip has failed', () => {
    const chips = start(ALL, { entries: ['chip', 'contactless'] });
    expect(outcomeOf(chips, failed, failed, failed).does).toEqual([
      presented({ kind: 'failed', reason: 'chip-failed' }),
    ]);
  });

  test('after the time is over nobody is asked to try again', () => {
    expect(outcomeOf(start(), inserted, { type: 'time-over' }, failed).does).toEqual([
      prompt('remove-card'),
      presented({ kind: 'failed', reason: 'chip-failed' }),
    ]);
  });
});

describe('a stripe', () => {
  test.each(['201', '221', '601', '620'])('with service code %s is sent to the slot', (code) => {
    expect(outcomeOf(start(), read('swipe', code))).toEqual({
      at: 'asking',
      does: [prompt('insert-card'), ask('chip', 'contactless')],
    });
  });

  test.each([
    ['a card without a chip', ALL, '101'],
    ['a reader that does not show the code', ALL, undefined],
    ['a reader without a slot', ['swipe'] as const, '201'],
  ])('%s is taken', (_, has, code) => {
    expect(outcomeOf(start(has), read('swipe', code)).at).toBe('host');
  });

  test('that the reader itself calls a fallback stays one', () => {
    expect(outcomeOf(start(), read('fallback')).does).toEqual([
      presented({ kind: 'online-request', card: card('fallback') }),
    ]);
  });
});

describe('a contactless card', () => {
  test('that wants another way in is asked for its chip', () => {
    expect(outcomeOf(start(), { type: 'use-other' }).does).toEqual([
      prompt('insert-card'),
      ask('chip', 'swipe'),
    ]);
    const taps = start(ALL, { entries: ['contactless'] });
    expect(outcomeOf(taps, { type: 'use-other' }).does).toEqual([
      presented({ kind: 'declined', reason: 'card-declined' }),
    ]);
  });
});

describe('the end', () => {
  const atHost = (entry: CardData['entry']) => [
    start(),
    ...(entry === 'chip' ? [inserted] : []),
    read(entry),
  ];

  test('what the chip makes of an approval is what counts', () => {
    const refused = { type: 'final', final: { kind: 'refused', reason: 'chip-refused' } } as const;
    expect(outcomeOf(...atHost('chip'), resume(true), refused).does).toEqual([
      prompt('remove-card'),
      { do: 'final', final: refused.final },
    ]);
    expect(outcomeOf(...atHost('swipe'), resume(true), refused).does.at(-1)).toEqual({
      do: 'final',
      final: { kind: 'accepted' },
    });
    expect(outcomeOf(...atHost('chip'), resume(false), refused).does.at(-1)).toEqual({
      do: 'final',
      final: { kind: 'accepted' },
    });
  });

  test.each([
    ['the reader gave up waiting for the host', { type: 'ended', reason: 'timeout' }, 'timeout'],
    ['the reader started again', { type: 'ended', reason: 'restarted' }, 'restarted'],
  ] as const)('%s: an approval must be undone', (_, event, reason) => {
    expect(outcomeOf(...atHost('chip'), event, resume(true)).does.at(-1)).toEqual({
      do: 'final',
      final: { kind: 'refused', reason },
    });
    expect(outcomeOf(...atHost('chip'), resume(true), event).does.at(-1)).toEqual({
      do: 'final',
      final: { kind: 'refused', reason },
    });
  });

  test('a chip that thinks too long is stopped, and the money undone', () => {
    expect(outcomeOf(...atHost('chip'), resume(true), { type: 'time-over' }).does).toEqual([
      { do: 'stop' },
      prompt('remove-card'),
      { do: 'final', final: { kind: 'refused', reason: 'timeout' } },
    ]);
  });

  test('a chip that approves without its bank sends nothing', () => {
    expect(outcomeOf(start(), { type: 'final', final: { kind: 'accepted' } }).does).toEqual([
      presented({ kind: 'declined', reason: 'not-online' }),
    ]);
  });

  test('a host that never answers frees the reader', () => {
    expect(outcomeOf(...atHost('chip'), { type: 'time-over' })).toEqual({
      at: 'idle',
      does: [{ do: 'stop' }],
    });
  });
});

/** Everything that can happen, in any order. */
const anyEvent = fc.constantFrom<ReaderEvent | TillEvent>(
  start(),
  start(ALL, { entries: ['chip'] }),
  { type: 'abort' },
  { type: 'time-over' },
  { type: 'lost' },
  resume(true),
  resume(false),
  inserted,
  { type: 'seen', entry: 'contactless' },
  { type: 'removed' },
  { type: 'prompt', prompt: 'enter-pin' },
  read('chip'),
  read('swipe', '201'),
  read('swipe', '101'),
  { type: 'declined', reason: 'card-declined' },
  failed,
  { type: 'use-other' },
  { type: 'final', final: { kind: 'accepted' } },
  { type: 'ended', reason: 'cancelled' },
  { type: 'unfit', reason: 'not-encrypted' },
);

describe('whatever happens', () => {
  test('every start is answered once, every resume too, and nobody waits without a deadline', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), (events) => {
        let state: DialogueState = IDLE;
        const open = { presented: 0, final: 0 };
        let hasDeadline = false;
        for (const event of events) {
          // The runner lets nobody in while a dialogue runs.
          if (event.type === 'start' && state.at !== 'idle') continue;
          if (event.type === 'resume' && state.at !== 'host') continue;
          if (event.type === 'start') open.presented += 1;
          if (event.type === 'resume') open.final += 1;
          if (event.type === 'time-over') hasDeadline = false;
          const [next, effects] = step(state, event);
          for (const effect of effects) {
            if (effect.do === 'presented' || effect.do === 'final') open[effect.do] -= 1;
            if (effect.do === 'wait') hasDeadline = true;
            if (effect.do === 'no-wait') hasDeadline = false;
          }
          expect(open.presented).toBe(
            ['clearing', 'asking', 'reading', 'stopping'].includes(next.at) ? 1 : 0,
          );
          expect(open.final).toBe(next.at === 'finishing' ? 1 : 0);
          expect(hasDeadline).toBe(next.at !== 'idle');
          state = next;
        }
      }),
      { seed: 41, numRuns: 2_000 },
    );
  });
});
