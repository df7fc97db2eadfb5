import { describe, expect, test } from 'vitest';
import { DAY, enrolment, freshPrefix, OPERATOR, openTab, printed, saleId, sold, tried } from './testing/books.ts';

describe('a journal in one tab', () => {
  test('what was appended is there after a reload, in order, with its lists', async () => {
    const prefix = freshPrefix();
    const first = await openTab(prefix);
    expect(first.journal.status.role).toBe('writer');
    expect(first.journal.status.head).toBeUndefined();
    await first.journal.createKey();
    await first.journal.enrol(enrolment());
    const entries = await first.journal.append([tried(1, 'prepared'), tried(1, 'approved'), sold(1)], OPERATOR);
    expect(entries.map((each) => each.entry.seq)).toEqual([2, 3, 4]);
    await first.journal.append([printed(1)], OPERATOR);
    await first.journal.append([tried(2, 'unknown')], OPERATOR);
    const status = first.journal.status;
    expect(status).toMatchObject({ copies: 'both', unsynced: 6, parked: 0 });
    first.worker.terminate();

    const { journal } = await openTab(prefix);
    expect(journal.status).toMatchObject({ role: 'writer', head: status.head, unsynced: 6 });
    expect(journal.status.repair).toBeUndefined();
    const sales = await journal.sales({ limit: 10 });
    expect(sales).toHaveLength(1);
    expect(sales[0]).toMatchObject({ position: 4, papers: 1, paper: 'printed' });
    expect((await journal.entriesOf(saleId(1))).map((each) => each.entry.type)).toEqual([
      'attempt.prepared',
      'attempt.approved',
      'sale.completed',
      'receipt.printed',
    ]);
    expect((await journal.unresolved()).map((each) => each.state)).toEqual(['unknown']);
    expect(await journal.totals(DAY)).toMatchObject({ sales: 1, total: 1_250, tenders: { cash: 1_250 } });
    expect(await journal.verify()).toEqual({ entries: 6, valid: 6 });
    await journal.close();
  });
});
