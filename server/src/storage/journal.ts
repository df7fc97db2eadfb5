import type { Head, SignedEntry } from '../../../src/domain/entry.ts';
import type { Epoch, MerchantId, TillId } from '../../../src/domain/ids.ts';
import { one, type Sql } from './sql.ts';

export interface TillPlace {
  readonly merchant: MerchantId;
  readonly till: TillId;
}

/** Why an entry is kept aside: another entry has its number, its epoch is closed, or its figures do not agree. */
export type QuarantineReason = 'fork' | 'closed-epoch' | 'figures';

export interface HeldEntry {
  readonly epoch: string;
  readonly seq: number;
  readonly hash: string;
  readonly prev: string;
  readonly reason: QuarantineReason;
}

/** Most entries kept aside per till; a till that fills this is broken and says so in the office. */
export const QUARANTINE_MAX = 2_000;

export async function headOfTill(sql: Sql, merchant: string, till: string): Promise<Head | undefined> {
  const row = await one<{ head_epoch: Epoch | null; head_seq: number | null; head_hash: string | null }>(
    sql,
    'SELECT head_epoch, head_seq, head_hash FROM till WHERE merchant = ? AND till = ?',
    [merchant, till],
  );
  if (row === undefined || row.head_epoch === null || row.head_seq === null || row.head_hash === null)
    return undefined;
  return { epoch: row.head_epoch, seq: row.head_seq, hash: row.head_hash };
}

export async function setHead(
  sql: Sql,
  place: TillPlace,
  head: Head,
  seen: { readonly atMs: number; readonly entryAtMs: number },
): Promise<void> {
  await sql.run(
    `UPDATE till SET head_epoch = ?, head_seq = ?, head_hash = ?, last_seen_at = ?, last_entry_at = ?
     WHERE merchant = ? AND till = ?`,
    [head.epoch, head.seq, head.hash, seen.atMs, seen.entryAtMs, place.merchant, place.till],
  );
}

export async function setSeen(sql: Sql, place: TillPlace, atMs: number): Promise<void> {
  await sql.run('UPDATE till SET last_seen_at = ? WHERE merchant = ? AND till = ?', [
    atMs,
    place.merchant,
    place.till,
  ]);
}

export async function isEpochKnown(sql: Sql, place: TillPlace, epoch: string): Promise<boolean> {
  const text = 'SELECT ordinal FROM till_epoch WHERE merchant = ? AND till = ? AND epoch = ?';
  return (await one(sql, text, [place.merchant, place.till, epoch])) !== undefined;
}

/** `gap`: why the epoch does not begin where the server's head was; null when it does. */
export async function beginEpoch(
  sql: Sql,
  place: TillPlace,
  epoch: { readonly epoch: string; readonly prev: string; readonly gap: string | null },
  nowMs: number,
): Promise<void> {
  const last = await one<{ ordinal: number | null }>(
    sql,
    'SELECT MAX(ordinal) AS ordinal FROM till_epoch WHERE merchant = ? AND till = ?',
    [place.merchant, place.till],
  );
  await sql.run(
    'INSERT INTO till_epoch (merchant, till, epoch, ordinal, prev, gap, began_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
    [place.merchant, place.till, epoch.epoch, (last?.ordinal ?? 0) + 1, epoch.prev, epoch.gap, nowMs],
  );
}

/** A stretch wider than this is looked up number by number: a batch that jumps about must not read a whole epoch. */
const STRETCH_MAX = 1_000;

/** Hashes the server holds at some numbers of one epoch, by number. */
export async function hashesAt(
  sql: Sql,
  place: TillPlace,
  epoch: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const from = Math.min(...seqs);
  const to = Math.max(...seqs);
  const stretches = to - from <= STRETCH_MAX ? [[from, to] as const] : seqs.map((seq) => [seq, seq] as const);
  const found = new Map<number, string>();
  for (const [low, high] of stretches) {
    const rows = await sql.all<{ seq: number; hash: string }>(
      'SELECT seq, hash FROM journal WHERE merchant = ? AND till = ? AND epoch = ? AND seq BETWEEN ? AND ?',
      [place.merchant, place.till, epoch, low, high],
    );
    for (const row of rows) found.set(row.seq, row.hash);
  }
  return found;
}

export async function isHashKnown(sql: Sql, place: TillPlace, hash: string): Promise<boolean> {
  const text = 'SELECT seq FROM journal WHERE merchant = ? AND till = ? AND hash = ? LIMIT 1';
  return (await one(sql, text, [place.merchant, place.till, hash])) !== undefined;
}

/** The sale an entry speaks about, where it speaks about one. */
export function saleIdOf(signed: SignedEntry): string | null {
  const body: object = signed.entry.body;
  if ('saleId' in body && typeof body.saleId === 'string') return body.saleId;
  if (!('attempt' in body)) return null;
  const { attempt } = body;
  const isAttempt = typeof attempt === 'object' && attempt !== null && 'saleId' in attempt;
  return isAttempt && typeof attempt.saleId === 'string' ? attempt.saleId : null;
}

export async function appendEntry(
  sql: Sql,
  merchant: MerchantId,
  signed: SignedEntry,
  nowMs: number,
): Promise<void> {
  const { till, epoch, seq, type } = signed.entry;
  await sql.run(
    `INSERT INTO journal (merchant, till, epoch, seq, hash, type, sale_id, signed, received_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [merchant, till, epoch, seq, signed.hash, type, saleIdOf(signed), JSON.stringify(signed), nowMs],
  );
}

interface SignedRow {
  readonly signed: string;
}

// What the journal holds was checked before it was written; reading it again need not check it again.
const parsed = (row: SignedRow): SignedEntry => JSON.parse(row.signed) as SignedEntry;

export async function entryAt(
  sql: Sql,
  place: TillPlace,
  epoch: string,
  seq: number,
): Promise<SignedEntry | undefined> {
  const text = 'SELECT signed FROM journal WHERE merchant = ? AND till = ? AND epoch = ? AND seq = ?';
  const row = await one<SignedRow>(sql, text, [place.merchant, place.till, epoch, seq]);
  return row === undefined ? undefined : parsed(row);
}

/** Most entries of one sale that the office shows. */
const SALE_ENTRIES_MAX = 500;

export async function entriesOfSale(
  sql: Sql,
  merchant: string,
  saleId: string,
): Promise<readonly SignedEntry[]> {
  const rows = await sql.all<SignedRow>(
    `SELECT j.signed FROM journal j
     JOIN till_epoch e ON e.merchant = j.merchant AND e.till = j.till AND e.epoch = j.epoch
     WHERE j.merchant = ? AND j.sale_id = ? ORDER BY j.till, e.ordinal, j.seq LIMIT ${SALE_ENTRIES_MAX}`,
    [merchant, saleId],
  );
  return rows.map(parsed);
}

/** The entry in which a till wrote down that this attempt was approved, wherever it stands in the journal of its sale. */
export async function approvalEntry(
  sql: Sql,
  merchant: string,
  { attempt_id, sale_id }: { readonly attempt_id: string; readonly sale_id: string },
): Promise<SignedEntry | undefined> {
  const text = `SELECT signed FROM journal
     WHERE merchant = ? AND sale_id = ? AND type = 'attempt.approved' AND signed LIKE ? LIMIT 1`;
  const row = await one<SignedRow>(sql, text, [merchant, sale_id, `%"attemptId":"${attempt_id}"%`]);
  return row === undefined ? undefined : parsed(row);
}

/** A page of a merchant's journal: by till, epoch in order of beginning, number. `after` is the last of the page before. */
export async function journalPage(
  sql: Sql,
  merchant: string,
  after: { readonly till: string; readonly ordinal: number; readonly seq: number },
  limit: number,
): Promise<
  readonly { readonly signed: SignedEntry; readonly ordinal: number; readonly receivedAt: number }[]
> {
  const rows = await sql.all<SignedRow & { ordinal: number; received_at: number }>(
    `SELECT j.signed, j.received_at, e.ordinal FROM journal j
     JOIN till_epoch e ON e.merchant = j.merchant AND e.till = j.till AND e.epoch = j.epoch
     WHERE j.merchant = ? AND (j.till > ? OR (j.till = ? AND (e.ordinal > ? OR (e.ordinal = ? AND j.seq > ?))))
     ORDER BY j.till, e.ordinal, j.seq LIMIT ?`,
    [merchant, after.till, after.till, after.ordinal, after.ordinal, after.seq, limit],
  );
  return rows.map((row) => ({ signed: parsed(row), ordinal: row.ordinal, receivedAt: row.received_at }));
}
