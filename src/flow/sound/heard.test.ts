import { describe, expect, test } from 'vitest';
import type { Approval } from '../../domain/approval.ts';
import { ATTEMPT_STATES, type Attempt, PURPOSES } from '../../domain/attempt.ts';
import type { Entry } from '../../domain/entry.ts';
import { minor } from '../../domain/money.ts';
import { TENDERS, type Tender } from '../../domain/tender.ts';
import { entriesOf, recordOf } from '../../ui/testing/fake-data.ts';
import { heardOf } from './heard.ts';

const record = recordOf(7, minor(1_250));
const [first] = entriesOf(record);
const envelope = first!.entry;
const entry = (draft: Pick<Entry, 'type' | 'body'>, training = false): Entry =>
  ({ ...envelope, ...draft, training }) as Entry;
const [cash] = record.sale.payments;
const attempt = (change: Partial<Attempt> = {}): Attempt => ({
  ...cash!,
  saleId: record.sale.saleId,
  currency: 'CNY',
  tender: 'wechat',
  ...change,
});
const moved = (
  state: (typeof ATTEMPT_STATES)[number],
  change: Partial<Attempt> = {},
  approval?: Approval,
  training = false,
): Entry =>
  entry(
    {
      type: `attempt.${state}`,
      body: { attempt: attempt(change), ...(approval === undefined ? {} : { approval }) },
    },
    training,
  );
const completed = (tenders: readonly Tender[], training = false): Entry =>
  entry(
    {
      type: 'sale.completed',
      body: { ...record.sale, payments: tenders.map((tender) => ({ ...cash!, tender })) },
    },
    training,
  );

describe('what is announced', () => {
  test('money that its channel has verified, by the name of the channel and with its own amount', () => {
    expect(heardOf(moved('approved')).spoken).toEqual({
      kind: 'received',
      tender: 'wechat',
      amount: 1_250,
      currency: 'CNY',
      play: false,
    });
  });

  test('nothing that only a person vouches for, and nothing that the bank has not seen', () => {
    for (const tender of ['static-code', 'credit'] as const) {
      expect(heardOf(moved('approved', { tender })).spoken).toBeUndefined();
      expect(heardOf(completed([tender])).spoken).toBeUndefined();
    }
    expect(heardOf(moved('approved', { tender: 'card' }, { offline: true })).spoken).toBeUndefined();
  });

  test('no state of an attempt but approved', () => {
    for (const state of ATTEMPT_STATES.filter((each) => each !== 'approved'))
      for (const tender of TENDERS) expect(heardOf(moved(state, { tender })).spoken).toBeUndefined();
  });

  test('money that goes out or is only held is not announced as received', () => {
    for (const purpose of PURPOSES) {
      const isIn = ['sale', 'tip', 'completion'].includes(purpose);
      expect(heardOf(moved('approved', { purpose })).spoken !== undefined).toBe(isIn);
    }
  });

  test('cash once, with the sale; what was announced by its channel is not announced again with the sale', () => {
    expect(heardOf(moved('approved', { tender: 'cash' })).spoken).toBeUndefined();
    expect(heardOf(completed(['cash'])).spoken?.tender).toBe('cash');
    expect(heardOf(completed(['wechat'])).spoken).toBeUndefined();
    expect(heardOf(completed(['cash', 'wechat'])).spoken).toBeUndefined();
  });

  test('play money is called so: in training and from a sandbox', () => {
    expect(heardOf(moved('approved', {}, { demo: true })).spoken?.play).toBe(true);
    expect(heardOf(moved('approved', {}, undefined, true)).spoken?.play).toBe(true);
    expect(heardOf(completed(['cash'], true)).spoken?.play).toBe(true);
  });
});

describe('what each end sounds like', () => {
  test('a paid sale, one on trust, a refusal and an unknown result are four different sounds', () => {
    expect(heardOf(completed(['cash'])).cue).toBe('done');
    expect(heardOf(completed(['static-code'])).cue).toBe('noted');
    expect(heardOf(completed(['cash', 'credit'])).cue).toBe('noted');
    expect(heardOf(moved('declined')).cue).toBe('declined');
    for (const state of ['unknown', 'stuck', 'approved-late'] as const)
      expect(heardOf(moved(state)).cue).toBe('unknown');
  });

  test('an approval that has not made its sale whole has no sound of a finished sale', () => {
    expect(heardOf(moved('approved')).cue).toBeUndefined();
  });

  test('a cashier who says that no cash came needs no alarm', () => {
    expect(heardOf(moved('declined', { tender: 'cash' })).cue).toBeUndefined();
  });

  test('papers and openings are silent', () => {
    expect(heardOf(envelope)).toEqual({});
  });
});
