import type { SignedEntry } from '../../../src/domain/entry.ts';
import { type HeldEntry, QUARANTINE_MAX, type QuarantineReason, type TillPlace } from './journal.ts';
import { one, type Sql } from './sql.ts';

/** What the office warns about. `detail` is coded. */
export type AlarmKind =
  | 'fork'
  | 'closed-epoch'
  | 'figures'
  | 'epoch-gap'
  | 'quarantine-full'
  | 'sale-repeated'
  | 'refund-repeated'
  | 'attempt-repeated'
  | 'payment-contradiction'
  | 'payment-amount'
  | 'payment-second-wallet'
  | 'payment-not-held'
  | 'refund-not-made'
  | 'refund-failed'
  | 'refund-held'
  | 'refund-slow'
  | 'payment-stuck';

export interface Alarm {
  readonly kind: AlarmKind;
  readonly till: string;
  readonly epoch: string;
  readonly seq: number;
  readonly detail: string;
}

export async function heldOf(sql: Sql, place: TillPlace, epoch: string): Promise<readonly HeldEntry[]> {
  return sql.all<HeldEntry>(
    'SELECT epoch, seq, hash, prev, reason FROM quarantine WHERE merchant = ? AND till = ? AND epoch = ? ORDER BY seq',
    [place.merchant, place.till, epoch],
  );
}

export async function isHashHeld(sql: Sql, place: TillPlace, hash: string): Promise<boolean> {
  const text = 'SELECT seq FROM quarantine WHERE merchant = ? AND till = ? AND hash = ?';
  return (await one(sql, text, [place.merchant, place.till, hash])) !== undefined;
}

export async function quarantineCount(sql: Sql, merchant: string, till?: string): Promise<number> {
  const all = 'SELECT COUNT(*) AS held FROM quarantine WHERE merchant = ?';
  const row = await one<{ held: number }>(
    sql,
    till === undefined ? all : `${all} AND till = ?`,
    till === undefined ? [merchant] : [merchant, till],
  );
  return row?.held ?? 0;
}

/**
 * Keeps entries aside, whole; one that is there already stays as it is. Returns false, and keeps nothing,
 * when the till has no room left.
 */
export async function hold(
  sql: Sql,
  place: TillPlace,
  entries: readonly { readonly signed: SignedEntry; readonly reason: QuarantineReason }[],
  nowMs: number,
): Promise<boolean> {
  const fresh = [];
  for (const each of entries) {
    if (!(await isHashHeld(sql, place, each.signed.hash))) fresh.push(each);
  }
  if ((await quarantineCount(sql, place.merchant, place.till)) + fresh.length > QUARANTINE_MAX) return false;
  for (const { signed, reason } of fresh) {
    const { epoch, seq, prev } = signed.entry;
    await sql.run(
      `INSERT INTO quarantine (merchant, till, hash, epoch, seq, prev, reason, signed, received_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      [place.merchant, place.till, signed.hash, epoch, seq, prev, reason, JSON.stringify(signed), nowMs],
    );
  }
  return true;
}

/** Raises an alarm once: the same thing said again changes nothing. Returns whether it is new. */
export async function raise(sql: Sql, merchant: string, alarm: Alarm, nowMs: number): Promise<boolean> {
  const { kind, till, epoch, seq, detail } = alarm;
  const changed = await sql.run(
    `INSERT INTO alarm (merchant, alarm_id, kind, till, epoch, seq, detail, raised_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (merchant, alarm_id) DO NOTHING`,
    [merchant, `${kind}:${till}:${epoch}:${seq}:${detail}`, kind, till, epoch, seq, detail, nowMs],
  );
  return changed === 1;
}

/** The newest alarms; the office shows no more than a page of them. */
export async function newestAlarms(
  sql: Sql,
  merchant: string,
  limit: number,
): Promise<readonly (Alarm & { readonly raised_at: number })[]> {
  return sql.all(
    `SELECT kind, till, epoch, seq, detail, raised_at FROM alarm
     WHERE merchant = ? ORDER BY raised_at DESC, alarm_id LIMIT ?`,
    [merchant, limit],
  );
}
