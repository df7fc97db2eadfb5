import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Lane } from './lane.ts';
import { type Database, type Sql, type SqlValue, storable } from './sql.ts';

/** How long a statement waits for another connection (a backup, a shell) before it fails, ms. */
const BUSY_TIMEOUT_MS = 5_000;

class SqliteConnection implements Sql {
  readonly #db: DatabaseSync;
  /** Bounded by the number of statements in the source: texts are constants, values are bound. */
  readonly #statements = new Map<string, StatementSync>();
  /** The first statement that failed in this transaction, if one did. */
  #failed: readonly unknown[] = [];

  constructor(db: DatabaseSync) {
    this.#db = db;
  }

  async all<R>(text: string, values: readonly SqlValue[] = []): Promise<readonly R[]> {
    // The driver cannot know the columns; the table modules name them, and their tests read them back.
    const rows: unknown = this.#noting(() => this.#prepared(text).all(...values.map(storable)));
    return rows as readonly R[];
  }

  async run(text: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.#noting(() => Number(this.#prepared(text).run(...values.map(storable)).changes));
  }

  async script(text: string): Promise<void> {
    this.#noting(() => this.#db.exec(text));
  }

  /** Runs `work` between `begin` and a commit; it throws when any statement failed, even one whose error was caught. */
  async transaction<T>(begin: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    this.#failed = [];
    this.#db.exec(begin);
    try {
      const result = await work(this);
      if (this.#failed.length > 0) throw this.#failed[0];
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk may have ended the transaction already; then there is nothing to roll back.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      throw error;
    }
  }

  #noting<T>(statement: () => T): T {
    try {
      return statement();
    } catch (error) {
      this.#failed = this.#failed.length === 0 ? [error] : this.#failed;
      throw error;
    }
  }

  #prepared(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const made = this.#db.prepare(text);
    this.#statements.set(text, made);
    return made;
  }
}

/** One writing and one reading connection to a file in WAL mode; every commit is on the disk before it is reported. */
class SqliteDatabase implements Database {
  readonly #writer: DatabaseSync;
  readonly #reader: DatabaseSync;
  readonly #write: SqliteConnection;
  readonly #read: SqliteConnection;
  readonly #writeLane = new Lane();
  readonly #readLane = new Lane();

  constructor(writer: DatabaseSync, reader: DatabaseSync) {
    this.#writer = writer;
    this.#reader = reader;
    this.#write = new SqliteConnection(writer);
    this.#read = new SqliteConnection(reader);
  }

  read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#readLane.run(() => this.#read.transaction('BEGIN', work));
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#writeLane.run(() => this.#write.transaction('BEGIN IMMEDIATE', work));
  }

  async close(): Promise<void> {
    await this.#readLane.run(async () => this.#reader.close());
    await this.#writeLane.run(async () => {
      this.#writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      this.#writer.close();
    });
  }
}

/** Opens or makes the database file. Throws what SQLite throws: the caller knows which directory it was. */
export function openSqlite(file: string): Database {
  const writer = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, enableForeignKeyConstraints: true });
  try {
    // FULL: WAL's default (NORMAL) may lose the last commits in a power cut, and an acknowledged sale is a promise.
    writer.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000;');
    const reader = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, readOnly: true });
    return new SqliteDatabase(writer, reader);
  } catch (error) {
    writer.close();
    throw error;
  }
}
