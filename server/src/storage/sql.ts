/** What both dialects carry without loss: text, integers up to 2^53, null. */
export type SqlValue = string | number | null;

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
 * Both methods throw StorageBusyError when too many callers wait, and whatever `work` throws.
 */
export interface Database {
  /** All reads of `work` see one state. `work` must not change anything. */
  read<T>(work: (sql: Sql) => Promise<T>): Promise<T>;
  /** Durable (on disk) when it resolves; nothing of it remains when it rejects. Transactions see each other's results in order. */
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

/** Why the data directory cannot be used. The message is one sentence for the person who started the server. */
export class StorageOpenError extends Error {
  readonly code: 'in-use' | 'not-writable' | 'newer-schema' | 'damaged' | 'key-missing';
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
