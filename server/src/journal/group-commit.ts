import type { Database, Sql } from '../storage/sql.ts';

/** Most pieces of work in one transaction: bounds how long the disk is asked to swallow at once. */
const GROUP_MAX = 128;

interface Waiting {
  run(sql: Sql): Promise<void>;
  fail(error: unknown): void;
  done(): void;
}

/**
 * Commits everything that arrived while the last commit was on its way to the disk in one transaction: one flush for
 * many tills. Each piece resolves only after its commit. Work must decide first and change after, as one that throws
 * takes its group's transaction with it; the others of the group then run again by themselves.
 */
export class GroupCommit {
  readonly #database: Database;
  /** Bounded by the requests in flight (`INGEST_IN_FLIGHT_MAX`). */
  #waiting: Waiting[] = [];
  #pumping: Promise<void> | undefined;

  constructor(database: Database) {
    this.#database = database;
  }

  submit<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let result: { readonly value: T } | undefined;
      this.#waiting.push({
        async run(sql) {
          result = { value: await work(sql) };
        },
        fail: reject,
        done: () => (result === undefined ? reject(new Error('work did not run')) : resolve(result.value)),
      });
      this.#pumping ??= this.#pump();
    });
  }

  async #pump(): Promise<void> {
    await new Promise((next) => setImmediate(next)); // Lets the other requests of this turn join.
    while (this.#waiting.length > 0) {
      await this.#commit(this.#waiting.splice(0, GROUP_MAX));
    }
    this.#pumping = undefined;
  }

  async #commit(group: readonly Waiting[]): Promise<void> {
    try {
      await this.#database.transaction(async (sql) => {
        for (const each of group) await each.run(sql);
      });
      for (const each of group) each.done();
    } catch (error) {
      const [only] = group;
      if (group.length === 1 && only !== undefined) only.fail(error);
      else for (const each of group) await this.#commit([each]);
    }
  }
}
