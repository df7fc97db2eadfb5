import { type CustomTypesConfig, DatabaseError, type PoolClient, type QueryResult, types } from 'pg';
import { withByteOrder, withNumbers } from './dialect.ts';
import { type Sql, type SqlValue, StorageFaultError, storable } from './sql.ts';

/** Longest time for one statement, ms; the server stops it, and a while later this end gives a silent connection up. */
export const STATEMENT_MS = 30_000;
export const SILENCE_MS = 40_000;
/** Longest time for one migration script, ms: an index over years of sales takes its time. */
const SCRIPT_MS = 3_600_000;

/** Statements kept prepared per connection: texts are constants of the source, so this is never reached unless one is not. */
const PREPARED_MAX = 500;

/** Type numbers of PostgreSQL's catalogue (`pg_type.oid`). COUNT gives int8, SUM of a BIGINT column gives numeric. */
const BOOL = 16;
const WHOLE_NUMBERS: readonly number[] = [20, 21, 23, 1700];

/** Columns as SQLite gives them: integers as numbers, truth as 1 and 0. Anything else is the driver's. */
export const columnTypes: CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (WHOLE_NUMBERS.includes(oid)) return safeInteger;
    if (oid === BOOL) return (text: string) => (text === 't' ? 1 : 0);
    return types.getTypeParser(oid, format);
  },
};

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError('a number of the database is no integer below 2^53');
  return value;
}

/** Our statements in PostgreSQL's words, each with the name it is prepared under. Shared by the connections of a pool. */
export class Statements {
  readonly #known = new Map<string, { readonly text: string; readonly name?: string }>();

  of(text: string): { readonly text: string; readonly name?: string } {
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    if (this.#known.size >= PREPARED_MAX) return { text: withNumbers(text) };
    const made = { text: withNumbers(text), name: `x${this.#known.size}` };
    this.#known.set(text, made);
    return made;
  }
}

/** Serialisation failure and deadlock; the second transaction of such a pair runs again. */
const CLASHES = ['40001', '40P01'];
/** A unique key, a table, its type that is there already. When both looked first and saw nothing, this is how the clash shows. */
const DUPLICATES = ['23505', '42P07', '42710'];

/** Classes of SQLSTATE after which the connection itself is gone: 08 connection exception, 57P shutdown. */
const isConnectionLost = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || /^(08|57P)/.test(error.code ?? '');

function faultCode(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'connection';
}

/** What `error` is to callers: coded, without the text, which may quote a row. */
export const asFault = (error: unknown): StorageFaultError =>
  new StorageFaultError(faultCode(error), { cause: error });

/** One transaction on one connection. Of no use after `commit` or `rollback`. */
export class PostgresSession implements Sql {
  readonly #client: PoolClient;
  readonly #statements: Statements;
  #failure: StorageFaultError | undefined;
  #isOver = false;
  #isBroken = false;
  #clash: 'surely' | 'perhaps' | undefined;

  constructor(client: PoolClient, statements: Statements) {
    this.#client = client;
    this.#statements = statements;
  }

  /** Whether another transaction was in the way, so that the same work may succeed when it is run again. */
  get clash(): 'surely' | 'perhaps' | undefined {
    return this.#clash;
  }

  /** Whether the connection must not be used for anything else. */
  get isBroken(): boolean {
    return this.#isBroken;
  }

  async all<R>(text: string, values: readonly SqlValue[] = []): Promise<readonly R[]> {
    // The driver cannot know the columns; the table modules name them, and their tests read them back.
    const rows: unknown = (await this.#query({ ...this.#statements.of(text), values: values.map(storable) }))
      .rows;
    return rows as readonly R[];
  }

  async run(text: string, values: readonly SqlValue[] = []): Promise<number> {
    const query = { ...this.#statements.of(text), values: values.map(storable) };
    return (await this.#query(query)).rowCount ?? 0;
  }

  async script(text: string): Promise<void> {
    const patient = `SET LOCAL statement_timeout = ${SCRIPT_MS}; ${withByteOrder(text)}`;
    await this.#query({ text: patient, query_timeout: SCRIPT_MS });
  }

  async begin(how: string): Promise<void> {
    await this.#query({ text: `BEGIN ${how}` });
  }

  /** Throws when any statement failed, even one whose error `work` caught: the database has dropped the rest already. */
  async commit(): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    const { command } = await this.#query({ text: 'COMMIT' });
    this.#isOver = true;
    if (command !== 'COMMIT') throw new StorageFaultError('rolled-back');
  }

  /** Never throws: a connection that cannot even roll back is marked broken, and the database forgets by itself. */
  async rollback(): Promise<void> {
    if (!this.#isOver && !this.#isBroken) await this.#query({ text: 'ROLLBACK' }).catch(() => undefined);
    this.#isOver = true;
  }

  async #query(query: {
    readonly text: string;
    readonly name?: string;
    readonly values?: SqlValue[];
    readonly query_timeout?: number;
  }): Promise<QueryResult> {
    if (this.#isOver) throw new Error('the transaction is over');
    try {
      return await this.#client.query(query);
    } catch (error) {
      const fault = asFault(error);
      this.#failure ??= fault;
      if (CLASHES.includes(fault.code)) this.#clash = 'surely';
      else if (DUPLICATES.includes(fault.code)) this.#clash ??= 'perhaps';
      this.#isBroken ||= isConnectionLost(error);
      throw fault;
    }
  }
}
