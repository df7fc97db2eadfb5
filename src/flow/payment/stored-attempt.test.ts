import { describe, expect, test } from 'vitest';
import { ATTEMPT_STATES, type Attempt, type AttemptState } from '../../domain/attempt.ts';
import type { EntryDraft, SignedEntry } from '../../domain/entry.ts';
import type { AttemptId, OperatorId, SaleId } from '../../domain/ids.ts';
import { JournalError } from '../../domain/journal.ts';
import { attemptOf } from '../testing/desk-rig.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { AttemptEntries, movedEntries } from './attempt-entries.ts';
import { lateRefundOf } from './late-refund.ts';
import type { Payment, StuckDuring } from './payment.ts';
import { storedAttempt } from './stored-attempt.ts';

const attempt = attemptOf();
const other = attemptOf({ attemptId: 'c'.repeat(32) as AttemptId });
const operator = 'cashier' as OperatorId;
const told = (state: AttemptState, at: number, more: object = {}, of: Attempt = attempt): SignedEntry =>
  ({ entry: { type: `attempt.${state}`, at, body: { attempt: of, ...more } } }) as SignedEntry;
const record = (state: AttemptState) => ({ attempt, state, at: 900, position: 7 });
const payment = (at: Payment['at'], more: object = {}): Payment => ({ attempt, at, ...more }) as Payment;

describe('an attempt read back from the journal', () => {
  test('is at its last state, with the last reason and the wall clock of sending', () => {
    const entries = [told('sending', 100), told('unknown', 200, { reason: 'timeout' })];
    expect(storedAttempt(record('unknown'), entries)).toStrictEqual({
      payment: payment('unknown', { reason: 'timeout' }),
      sentAt: 100,
    });
  });

  test('without a word of sending was sent when it was last written', () => {
    expect(storedAttempt(record('prepared'), [])).toStrictEqual({
      payment: payment('prepared'),
      sentAt: 900,
    });
  });

  test('has no reason when its last state has none', () => {
    const entries = [told('unknown', 1, { reason: 'timeout' }), told('approved-late', 2)];
    expect(storedAttempt(record('approved-late'), entries).payment).toStrictEqual(payment('approved-late'));
  });

  test('keeps what the channel said, and the last of it', () => {
    const entries = [
      told('approved-late', 1, { approval: { channelId: '41' } }),
      told('refund-due', 2, { approval: { channelId: '42' }, reason: 'timeout' }),
      told('refund-due', 3),
    ];
    expect(storedAttempt(record('refund-due'), entries).payment).toStrictEqual(
      payment('refund-due', { tries: 0, approval: { channelId: '42' } }),
    );
  });

  test('leaves other attempts and other things out', () => {
    const voided = { entry: { type: 'sale.voided', at: 1, body: { saleId: attempt.saleId, reason: 'x' } } };
    const entries = [
      told('sending', 100),
      voided as SignedEntry,
      told('sending', 200, { reason: 'y', approval: { channelId: '9' } }, other),
      told('refund-due', 300, {}, other),
    ];
    expect(storedAttempt(record('stuck'), entries)).toStrictEqual({
      payment: payment('stuck', { during: 'inquiring' }),
      sentAt: 100,
    });
  });

  test.each(ATTEMPT_STATES)('%s counts its tries from the start, where tries are counted', (state) => {
    const counts = state === 'inquiring' || state === 'reversing' || state === 'refund-due';
    const during = state === 'stuck' ? { during: 'inquiring' } : {};
    expect(storedAttempt(record(state), []).payment).toStrictEqual(
      payment(state, { ...(counts ? { tries: 0 } : {}), ...during }),
    );
  });

  test.each<[StuckDuring, readonly AttemptState[]]>([
    ['inquiring', ['sending', 'unknown', 'inquiring']],
    ['reversing', ['inquiring', 'reversing']],
    ['decision', ['reversing', 'approved-late']],
    ['refund-due', ['approved-late', 'refund-due']],
  ])('stuck during %s knows what it was about', (during, states) => {
    const entries = [...states, 'stuck' as const].map((state, at) => told(state, at));
    expect(storedAttempt(record('stuck'), entries).payment).toStrictEqual(payment('stuck', { during }));
  });
});

describe('what is written of a move', () => {
  const sent: readonly EntryDraft[] = [
    { type: 'attempt.prepared', body: { attempt } },
    { type: 'attempt.sending', body: { attempt } },
  ];
  test('what was never sent leaves no trace', () => {
    expect(movedEntries(payment('draft'), payment('draft'))).toStrictEqual([]);
    expect(movedEntries(payment('prepared'), payment('draft'))).toStrictEqual([]);
    expect(movedEntries(payment('abandoned', { reason: 'no-device' }), payment('draft'))).toStrictEqual([]);
  });
  test('prepared and sending are one commit', () => {
    expect(movedEntries(payment('sending', { reason: 'x' }), payment('prepared'))).toStrictEqual(sent);
  });
  test('an attempt given up after a restart is written', () => {
    expect(movedEntries(payment('abandoned', { reason: 'restart' }), payment('prepared'))).toStrictEqual([
      { type: 'attempt.abandoned', body: { attempt, reason: 'restart' } },
    ]);
  });
  test('a state is written with everything that is known of it, and nothing else', () => {
    const known = { reason: 'manager', approval: { channelId: '42' }, evidence: 'statement' };
    expect(movedEntries(payment('approved', known), payment('stuck'))).toStrictEqual([
      { type: 'attempt.approved', body: { attempt, ...known } },
    ]);
    expect(movedEntries(payment('inquiring', { tries: 4 }), payment('unknown'))).toStrictEqual([
      { type: 'attempt.inquiring', body: { attempt } },
    ]);
  });
});

describe('writing a move when the disk is not sure', () => {
  const approved = movedEntries(
    payment('approved', { approval: { channelId: '42', fee: 6 } }),
    payment('sending'),
  );
  const writing = (journal: MemoryJournal) => new AttemptEntries(journal, attempt.saleId);
  const faulty = (...faults: readonly ['refused' | 'stored-but-refused', ...unknown[]]): MemoryJournal => {
    const journal = new MemoryJournal();
    for (const [index, fault] of faults.entries()) journal.faults.set(index + 1, fault as 'refused');
    return journal;
  };

  test('nothing to write is no write', async () => {
    const journal = faulty('refused');
    await writing(journal).append([], operator);
    await expect(writing(journal).append(approved, operator)).rejects.toBeInstanceOf(JournalError);
  });

  test('a refusal is told, and the next try writes', async () => {
    const journal = faulty('refused');
    const entries = writing(journal);
    await expect(entries.append(approved, operator)).rejects.toMatchObject({ code: 'disk' });
    await entries.append(approved, operator);
    expect(journal.types).toEqual(['attempt.approved']);
  });

  test('what was stored after all is not written again', async () => {
    const journal = faulty('stored-but-refused');
    const entries = writing(journal);
    await expect(entries.append(approved, operator)).rejects.toMatchObject({ maybeStored: true });
    await entries.append(approved, operator);
    expect(journal.types).toEqual(['attempt.approved']);
  });

  test('a doubt lasts through later refusals', async () => {
    const journal = faulty('stored-but-refused', 'refused');
    const entries = writing(journal);
    await entries.append(approved, operator).catch(() => undefined);
    const next = movedEntries(payment('refunded'), payment('approved'));
    await entries.append(next, operator).catch(() => undefined);
    await entries.append(approved, operator);
    expect(journal.types).toEqual(['attempt.approved']);
  });

  test('without a doubt the same is written as often as it is asked for', async () => {
    const journal = new MemoryJournal();
    const entries = writing(journal);
    await entries.append(approved, operator);
    await entries.append(approved, operator);
    expect(journal.types).toHaveLength(2);
  });

  test.each<[string, EntryDraft]>([
    [
      'another state',
      { type: 'attempt.declined', body: { attempt, approval: { channelId: '42', fee: 6 as never } } },
    ],
    [
      'another attempt',
      { type: 'attempt.approved', body: { attempt: other, approval: { channelId: '42', fee: 6 as never } } },
    ],
    [
      'more than was stored',
      {
        type: 'attempt.approved',
        body: { attempt, approval: { channelId: '42', fee: 6 as never }, reason: 'x' },
      },
    ],
    ['less than was stored', { type: 'attempt.approved', body: { attempt } }],
    [
      'another figure',
      { type: 'attempt.approved', body: { attempt, approval: { channelId: '42', fee: 7 as never } } },
    ],
    [
      'nothing where there was something',
      { type: 'attempt.approved', body: { attempt, approval: null as never } },
    ],
    [
      'a text where there was a list of facts',
      { type: 'attempt.approved', body: { attempt, approval: 'x' as never } },
    ],
  ])('%s is another fact, and is written', async (_, draft) => {
    const journal = faulty('stored-but-refused');
    const entries = writing(journal);
    await entries.append(approved, operator).catch(() => undefined);
    await entries.append([draft], operator);
    expect(journal.entries).toHaveLength(2);
  });

  test('an outright refusal is no doubt: the fact is written, whatever stands there already', async () => {
    const journal = faulty('refused');
    const entries = writing(journal);
    await entries.append(approved, operator).catch(() => undefined);
    await journal.append(approved, operator);
    await entries.append(approved, operator);
    expect(journal.types).toHaveLength(2);
  });

  test('of several facts all must be there', async () => {
    const journal = faulty('stored-but-refused');
    const entries = writing(journal);
    await entries.append(approved, operator).catch(() => undefined);
    const voided: EntryDraft = {
      type: 'sale.voided',
      body: { saleId: attempt.saleId as SaleId, reason: 'x' },
    };
    await entries.append([...approved, voided], operator);
    expect(journal.types).toEqual(['attempt.approved', 'attempt.approved', 'sale.voided']);
  });

  test('the order of fields does not matter: what was read back may be sorted', async () => {
    const journal = faulty('stored-but-refused');
    const entries = writing(journal);
    await entries.append(approved, operator).catch(() => undefined);
    await entries.append(
      [{ type: 'attempt.approved', body: { approval: { fee: 6 as never, channelId: '42' }, attempt } }],
      operator,
    );
    expect(journal.entries).toHaveLength(1);
  });

  test('the last twenty entries of the sale are looked at', async () => {
    const twenty = Array.from(
      { length: 20 },
      (): EntryDraft => ({ type: 'attempt.unknown', body: { attempt: other } }),
    );
    for (const [between, written] of [
      [twenty.slice(1), 1],
      [twenty, 2],
    ] as const) {
      const journal = faulty('stored-but-refused');
      const entries = writing(journal);
      await entries.append(approved, operator).catch(() => undefined);
      await journal.append(between, operator);
      await entries.append(approved, operator);
      expect(journal.types.filter((type) => type === 'attempt.approved')).toHaveLength(written);
    }
  });
});

describe('the refund of money that came too late', () => {
  test('has the turned-over id of what it gives back, and its way', () => {
    const { method, ...plain } = attemptOf({ attemptId: '0123456789abcdef'.repeat(2) as AttemptId });
    const back = {
      ...plain,
      attemptId: 'fedcba9876543210'.repeat(2),
      purpose: 'refund',
      original: plain.attemptId,
    };
    expect(lateRefundOf(plain)).toStrictEqual(back);
    expect(lateRefundOf({ ...plain, method: 'shop-code', account: 'G-7' })).toStrictEqual({
      ...back,
      method: 'shop-code',
      account: 'G-7',
    });
    expect(method).toBe('customer-code');
  });

  test.each([
    ['sale', 'refund'],
    ['tip', 'refund'],
    ['authorisation', 'authorisation-cancel'],
    ['completion', 'completion-cancel'],
  ] as const)('of a %s is a %s', (purpose, back) => {
    expect(lateRefundOf(attemptOf({ purpose })).purpose).toBe(back);
  });
});
