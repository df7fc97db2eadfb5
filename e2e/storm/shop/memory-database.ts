import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { Lane } from '../../../server/src/storage/lane.ts';
import type { Database, Sql, SqlValue } from '../../../server/src/storage/sql.ts';

/** SQLite in memory on one connection: the server's tables and statements without a disk. Outlives the servers over it. */
export class MemoryDatabase implements Database {
  readonly #db = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true });
  readonly #statements = new Map<string, StatementSync>();
  readonly #lane = new Lane();
  readonly #sql: Sql = {
    all: async <R>(text: string, values: readonly SqlValue[] = []) =>
      this.#prepared(text).all(...values) as unknown as readonly R[],
    run: async (text, values = []) => Number(this.#prepared(text).run(...values).changes),
    script: async (text) => this.#db.exec(text),
  };

  read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#lane.run(() => work(this.#sql));
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#lane.run(async () => {
      this.#db.exec('BEGIN');
      try {
        const result = await work(this.#sql);
        this.#db.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
        throw error;
      }
    });
  }

  /** For the outside checker. */
  rows<R>(text: string, ...values: SqlValue[]): readonly R[] {
    return this.#prepared(text).all(...values) as unknown as readonly R[];
  }

  async close(): Promise<void> {
    this.#db.close();
  }

  #prepared(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const made = this.#db.prepare(text);
    this.#statements.set(text, made);
    return made;
  }
}
