/** What both dialects carry without loss: text (see `storable`), integers up to 2^53, null. */
export type SqlValue = string | number | null;

/**
 * A value as every engine can hold it. PostgreSQL has no NUL in text, and a name that contains one must not stop a journal:
 * it becomes U+FFFD, as half a surrogate pair does in any UTF-8. Signed entries are JSON, which escapes both.
 */
export function storable(value: SqlValue): SqlValue {
  return typeof value === 'string' ? value.replaceAll('\u0000', '\ufffd') : value;
}

/** One statement at a time, `?` placeholders, portable SQL only: the tables are written once for every engine. */
export interface Sql {
  /** Rows of a query. `R` names the columns asked for; the caller vouches for it, the table tests prove it. */
  all<R>(text: string, values?: readonly SqlValue[]): Promise<readonly R[]>;
  /** Runs a change and says how many rows it touched (0 for `ON CONFLICT DO NOTHING` that did nothing). */
  run(text: string, values?: readonly SqlValue[]): Promise<number>;
  /** Runs several statements without values: migrations. */
  script(text: string): Promise<void>;
}

/**
 * A store of the server. Any engine that passes `testing/database-conformance.ts` can take SQLite's place.
 * Both methods throw StorageBusyError when too many callers wait or clash, and whatever `work` throws. `work` may run more
 * than once, as other processes write too: whatever it does outside `sql`, it must bear doing again. Once a statement has
 * failed, nothing of `work` is kept, caught or not.
 */
export interface Database {
  /** All reads of `work` see one state. `work` must not change anything. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /**
   * Durable (on disk) when it resolves; nothing of it remains when it rejects, save that a connection lost during the commit
   * itself leaves that open: callers that try again must come to the same result. Transactions see each other's results in order.
   */
  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Waits for running work, then makes the files complete by themselves. */
  close(): Promise<void>;
}

/** Rows of the server itself carry this in their `merchant` column. */
export const SERVER_ROWS = '*';

/** Too many callers wait for the store: the caller answers 503 and the till tries again later. */
export class StorageBusyError extends Error {
  readonly code = 'unavailable';
  constructor() {
    super('too many requests wait for the database');
    this.name = 'StorageBusyError';
  }
}

/** The database failed or refused a statement. `code` is its own (an SQLSTATE, an errno); what it said may quote data, so it is the `cause`. */
export class StorageFaultError extends Error {
  readonly code: string;
  constructor(code: string, options?: ErrorOptions) {
    super(`the database failed (${code})`, options);
    this.name = 'StorageFaultError';
    this.code = code;
  }
}

/** Why the data directory or the database cannot be used. The message is one sentence for the person who started the server. */
export class StorageOpenError extends Error {
  readonly code:
    | 'in-use'
    | 'not-writable'
    | 'newer-schema'
    | 'changed-schema'
    | 'damaged'
    | 'key-missing'
    | 'unreachable'
    | 'unsuitable';
  constructor(code: StorageOpenError['code'], message: string) {
    super(message);
    this.name = 'StorageOpenError';
    this.code = code;
  }
}

/** The first row, or undefined. */
export async function one<R>(sql: Sql, text: string, values: readonly SqlValue[]): Promise<R | undefined> {
  return (await sql.all<R>(text, values))[0];
}
