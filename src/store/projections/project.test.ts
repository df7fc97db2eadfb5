import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry, EntryDraft } from '../../domain/entry.ts';
import { DAY, printed, refunded, saleId, sold, tried } from '../testing/books.ts';
import { MemoryRows } from './memory-rows.ts';
import { project } from './project.ts';
import { Projector } from './projector.ts';
import { lastOfEach } from './rows.ts';

const entryOf = (draft: EntryDraft, at: number): Entry => ({ ...draft, at }) as never;

const draft = fc.oneof(
  fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom(DAY, '2026-11-23' as typeof DAY))
    .map(([n, day]) => sold(n, day)),
  fc.integer({ min: 1, max: 40 }).map((n) => printed(n)),
  fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 900 }))
    .map(([n, amount]) => refunded(n, amount)),
  fc
    .tuple(fc.integer({ min: 1, max: 40 }), fc.constantFrom('prepared', 'sending', 'unknown', 'approved'))
    .map(([n, state]) => tried(n, state as 'prepared')),
);

function rebuilt(drafts: readonly EntryDraft[]): MemoryRows {
  const rows = new MemoryRows();
  for (const [at, each] of drafts.entries()) rows.apply(project(entryOf(each, at), at + 1, rows));
  return rows;
}

describe('the lists beside the journal', () => {
  test('written as the entries come, in groups of any size and with any rows forgotten, they are what the journal alone gives', async () => {
    const runs = fc.array(
      fc.record({ drafts: fc.array(draft, { minLength: 1, maxLength: 6 }), forget: fc.boolean() }),
    );
    await fc.assert(
      fc.asyncProperty(runs, async (groups) => {
        const stored = new MemoryRows();
        const projector = new Projector({
          sale: async (id) => stored.sale(id),
          totals: async (day) => stored.totals(day),
        });
        const all: EntryDraft[] = [];
        for (const { drafts, forget } of groups) {
          if (forget) projector.forget();
          const entries = drafts.map((each, at) => entryOf(each, all.length + at));
          stored.apply(lastOfEach(await projector.prepare(entries, all.length + 1)));
          all.push(...drafts);
        }
        const wanted = rebuilt(all);
        expect(stored.sales).toEqual(wanted.sales);
        expect(stored.days).toEqual(wanted.days);
        expect(stored.attempts).toEqual(wanted.attempts);
        expect(stored.saleEntries).toEqual(wanted.saleEntries);
      }),
    );
  });

  test('an attempt leaves the list with its definite end, and only then', () => {
    expect([...rebuilt([tried(1, 'prepared')]).attempts.values()].map((each) => each.state)).toEqual([
      'prepared',
    ]);
    expect(
      [...rebuilt([tried(1, 'sending'), tried(1, 'unknown')]).attempts.values()].map((each) => each.state),
    ).toEqual(['unknown']);
    expect(rebuilt([tried(1, 'sending'), tried(1, 'approved')]).attempts.size).toBe(0);
  });

  test('a day counts its sales and tenders, and papers count nothing', () => {
    const again = {
      ...printed(1, true),
      body: { ...printed(1, true).body, jobId: 'b'.repeat(32) },
    } as EntryDraft;
    const rows = rebuilt([sold(1), printed(1), printed(1), again, sold(2)]);
    expect(rows.totals(DAY)).toEqual({
      day: DAY,
      currency: 'CNY',
      sales: 2,
      total: 2_500,
      tenders: { cash: 2_500 },
    });
    expect(rows.sale(saleId(1))).toMatchObject({ papers: 2, paper: 'printed', position: 1 });
  });

  test('money that went back is told of its day and of its sale', () => {
    const rows = rebuilt([sold(1), refunded(1, 300), sold(2), refunded(1, 200)]);
    expect(rows.totals(DAY)).toMatchObject({
      sales: 2,
      total: 2_500,
      refunds: 2,
      refunded: 500,
      tenders: { cash: 2_000 },
    });
    expect(rows.sale(saleId(1))).toMatchObject({ refunded: 500 });
    expect(rows.sale(saleId(2))?.refunded).toBeUndefined();
  });
});
