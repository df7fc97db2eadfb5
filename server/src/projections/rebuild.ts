import type { MerchantId } from '../../../src/domain/ids.ts';
import { journalPage } from '../storage/journal.ts';
import type { Sql } from '../storage/sql.ts';
import { project } from './sales.ts';

/** Children before parents. */
const TABLES = [
  'payment',
  'day_total',
  'sale',
  'day_refund',
  'refund',
  'open_attempt',
  'ledger_account',
] as const;

/** Entries read at a time. */
const PAGE = 1_000;

/**
 * Throws the projections of a merchant away and makes them again from the journal, till by till, in journal order.
 * Gives exactly what was kept along the way. Run it in one transaction. Returns how many entries were read.
 */
export async function rebuildProjections(sql: Sql, merchant: MerchantId): Promise<number> {
  for (const table of TABLES) {
    await sql.run(`DELETE FROM ${table} WHERE merchant = ?`, [merchant]);
  }
  let count = 0;
  let after = { till: '', ordinal: 0, seq: 0 };
  for (;;) {
    const page = await journalPage(sql, merchant, after, PAGE);
    for (const { signed, ordinal, receivedAt } of page) {
      await project(sql, merchant, signed, receivedAt);
      after = { till: signed.entry.till, ordinal, seq: signed.entry.seq };
    }
    count += page.length;
    if (page.length < PAGE) return count;
  }
}
