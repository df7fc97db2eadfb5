import { one, SERVER_ROWS, type Sql } from './sql.ts';

export type CodeKind = 'setup' | 'till' | 're-key';

/** An enrolment code as stored: only its hash, so that a copy of the database opens nothing. */
export interface StoredCode {
  readonly merchant: string;
  readonly code_hash: string;
  readonly kind: CodeKind;
  /** The till a re-key code is for; after use, the till that came of it. */
  readonly till: string | null;
  readonly expires_at: number;
  readonly spent_kid: string | null;
}

export async function findCode(sql: Sql, codeHash: string): Promise<StoredCode | undefined> {
  return one<StoredCode>(
    sql,
    'SELECT merchant, code_hash, kind, till, expires_at, spent_kid FROM enrolment_code WHERE code_hash = ?',
    [codeHash],
  );
}

export async function addCode(sql: Sql, code: Omit<StoredCode, 'spent_kid'>, nowMs: number): Promise<void> {
  await sql.run(
    'INSERT INTO enrolment_code (merchant, code_hash, kind, till, created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
    [code.merchant, code.code_hash, code.kind, code.till, nowMs, code.expires_at],
  );
}

/** Marks a code as used by a key. Returns false when it was used before: then nothing else may happen. */
export async function spendCode(
  sql: Sql,
  code: Pick<StoredCode, 'merchant' | 'code_hash'>,
  by: { readonly kid: string; readonly till: string },
  nowMs: number,
): Promise<boolean> {
  const changed = await sql.run(
    `UPDATE enrolment_code SET spent_at = ?, spent_kid = ?, till = ?
     WHERE merchant = ? AND code_hash = ? AND spent_at IS NULL`,
    [nowMs, by.kid, by.till, code.merchant, code.code_hash],
  );
  return changed === 1;
}

/** Forgets codes that expired without being used: at most a handful, when a new one is made. */
export async function dropExpiredCodes(sql: Sql, merchant: string, nowMs: number): Promise<void> {
  await sql.run('DELETE FROM enrolment_code WHERE merchant = ? AND expires_at < ? AND spent_at IS NULL', [
    merchant,
    nowMs,
  ]);
}

const SETUP_CODE = 'setup-code';

/** The set-up code in clear while there is no shop: it must be shown at every start. */
export async function setupCode(sql: Sql): Promise<string | undefined> {
  const text = 'SELECT value FROM server_state WHERE merchant = ? AND name = ?';
  return (await one<{ value: string }>(sql, text, [SERVER_ROWS, SETUP_CODE]))?.value;
}

export async function putSetupCode(sql: Sql, code: string): Promise<void> {
  await sql.run('INSERT INTO server_state (merchant, name, value) VALUES (?, ?, ?)', [
    SERVER_ROWS,
    SETUP_CODE,
    code,
  ]);
}

export async function dropSetupCode(sql: Sql): Promise<void> {
  await sql.run('DELETE FROM server_state WHERE merchant = ? AND name = ?', [SERVER_ROWS, SETUP_CODE]);
}
