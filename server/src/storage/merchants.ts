import type { PublicKey } from '../../../src/domain/entry.ts';
import type { MerchantId, TillId } from '../../../src/domain/ids.ts';
import type { Operator } from '../../../src/domain/role.ts';
import { type Shop, ShopSchema } from '../../../src/domain/shop.ts';
import { one, type Sql } from './sql.ts';

/** A key of a till as the server keeps it. A retired key may finish the epoch it is in and begin no other. */
export interface TillKey extends PublicKey {
  readonly retired: boolean;
}

/** What the office shows of one till. */
export interface TillState {
  readonly till: TillId;
  readonly head_epoch: string | null;
  readonly head_seq: number | null;
  readonly last_seen_at: number | null;
  readonly last_entry_at: number | null;
}

export async function hasMerchant(sql: Sql): Promise<boolean> {
  return (await firstMerchant(sql)) !== undefined;
}

/** The shop that was set up first: on an embedded server, the only one. */
export async function firstMerchant(sql: Sql): Promise<MerchantId | undefined> {
  const found = await one<{ merchant: MerchantId }>(
    sql,
    'SELECT merchant FROM merchant ORDER BY created_at, merchant LIMIT 1',
    [],
  );
  return found?.merchant;
}

export async function addMerchant(sql: Sql, merchant: MerchantId, shop: Shop, nowMs: number): Promise<void> {
  await sql.run('INSERT INTO merchant (merchant, shop, created_at) VALUES (?, ?, ?)', [
    merchant,
    JSON.stringify(shop),
    nowMs,
  ]);
}

export async function shopOf(sql: Sql, merchant: string): Promise<Shop | undefined> {
  const row = await one<{ shop: string }>(sql, 'SELECT shop FROM merchant WHERE merchant = ?', [merchant]);
  return row === undefined ? undefined : ShopSchema.parse(JSON.parse(row.shop));
}

/** Remembers a person's name and role; the newest word wins. */
export async function putOperator(sql: Sql, merchant: string, operator: Operator): Promise<void> {
  await sql.run(
    `INSERT INTO operator (merchant, operator_id, name, role) VALUES (?, ?, ?, ?)
     ON CONFLICT (merchant, operator_id) DO UPDATE SET name = excluded.name, role = excluded.role`,
    [merchant, operator.id, operator.name, operator.role],
  );
}

export async function operatorName(sql: Sql, merchant: string, id: string): Promise<string | undefined> {
  const text = 'SELECT name FROM operator WHERE merchant = ? AND operator_id = ?';
  return (await one<{ name: string }>(sql, text, [merchant, id]))?.name;
}

export async function tillsOf(sql: Sql, merchant: string): Promise<readonly TillState[]> {
  return sql.all<TillState>(
    'SELECT till, head_epoch, head_seq, last_seen_at, last_entry_at FROM till WHERE merchant = ? ORDER BY till',
    [merchant],
  );
}

/** Most tills of one shop: ids are printed on every receipt and have four characters at most. */
export const TILLS_MAX = 999;

/** The lowest free id: A1, A2 … Undefined when the shop has as many tills as ids. */
export async function nextTillId(sql: Sql, merchant: string): Promise<TillId | undefined> {
  const taken = new Set((await tillsOf(sql, merchant)).map((each) => each.till));
  for (let number = 1; number <= TILLS_MAX; number += 1) {
    const id = `A${number}` as TillId;
    if (!taken.has(id)) return id;
  }
  return undefined;
}

export async function addTill(sql: Sql, merchant: MerchantId, till: TillId, nowMs: number): Promise<void> {
  await sql.run('INSERT INTO till (merchant, till, created_at) VALUES (?, ?, ?)', [merchant, till, nowMs]);
}

export async function hasTill(sql: Sql, merchant: string, till: string): Promise<boolean> {
  const row = await one(sql, 'SELECT till FROM till WHERE merchant = ? AND till = ?', [merchant, till]);
  return row !== undefined;
}

/** Gives a till its new key; every key before it may only finish what it began. */
export async function putTillKey(
  sql: Sql,
  place: { readonly merchant: MerchantId; readonly till: TillId },
  key: PublicKey,
  nowMs: number,
): Promise<void> {
  const { merchant, till } = place;
  await sql.run(
    'UPDATE till_key SET retired_at = ? WHERE merchant = ? AND till = ? AND retired_at IS NULL AND kid <> ?',
    [nowMs, merchant, till, key.kid],
  );
  await sql.run(
    `INSERT INTO till_key (merchant, till, kid, alg, public_key, added_at) VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (merchant, till, kid) DO UPDATE SET retired_at = NULL`,
    [merchant, till, key.kid, key.alg, key.publicKey, nowMs],
  );
}

export async function keysOf(sql: Sql, merchant: string, till: string): Promise<readonly TillKey[]> {
  const rows = await sql.all<{
    kid: string;
    alg: PublicKey['alg'];
    public_key: string;
    retired_at: number | null;
  }>('SELECT kid, alg, public_key, retired_at FROM till_key WHERE merchant = ? AND till = ?', [
    merchant,
    till,
  ]);
  return rows.map((row) => ({
    kid: row.kid,
    alg: row.alg,
    publicKey: row.public_key,
    retired: row.retired_at !== null,
  }));
}
