import { setTimeout as pause } from 'node:timers/promises';
import { Client, Pool, type PoolClient } from 'pg';
import type { Random } from '../../../src/domain/clock.ts';
import {
  asFault,
  columnTypes,
  PostgresSession,
  SILENCE_MS,
  STATEMENT_MS,
  Statements,
} from './postgres-session.ts';
import { type Database, type Sql, StorageBusyError, StorageFaultError, StorageOpenError } from './sql.ts';
import { Turnstile } from './turnstile.ts';

/** Connections of one process: a write may wait for its disk while others go on, and a read never waits for a write. */
const WRITERS_MAX = 4;
const READERS_MAX = 4;
/** How often one transaction is tried while other processes win; then the caller is told to come back. */
const TRIES_MAX = 10;
/** How often it is tried where the clash may as well be a mistake of its own; then that is what the caller is told. */
const DOUBTFUL_TRIES_MAX = 3;
/** Pause before a further try, ms: doubled each time up to the longest, by chance between none and all of it. */
const PAUSE_MS = 8;
const PAUSE_MAX_MS = 500;
/** Longest time to get a connection, ms. */
const CONNECT_MS = 5_000;
/** Longest wait for a row that another transaction holds, and longest silence within a transaction, ms. */
const LOCK_MS = 10_000;
const IDLE_IN_TRANSACTION_MS = 60_000;

/** A login's own settings must not weaken "on the disk when it resolves"; nor may anything wait for ever. */
const SESSION = `
  SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off';
  SET statement_timeout = ${STATEMENT_MS};
  SET lock_timeout = ${LOCK_MS};
  SET idle_in_transaction_session_timeout = ${IDLE_IN_TRANSACTION_MS};
  SET client_min_messages = warning`;

const WRITE = 'ISOLATION LEVEL SERIALIZABLE';
const READ = 'ISOLATION LEVEL REPEATABLE READ READ ONLY';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`, with the driver's parameters (`sslmode`, `host`, `options`). */
  readonly url: string;
  readonly random: Random;
}

export interface OpenedPostgres {
  readonly database: Database;
  /** Whether the database writes to its disk before it says so; when it does not, a power cut may lose what was acknowledged. */
  readonly isFlushing: boolean;
}

type Tried<T> =
  | { readonly value: T }
  | { readonly clash: NonNullable<PostgresSession['clash']>; readonly error: unknown };

/**
 * A pool of connections. Serialisable transactions run side by side; one that clashes runs again, alone among those of this
 * process, so that a clash within a process is over after one more try.
 */
class PostgresDatabase implements Database {
  readonly #pool: Pool;
  readonly #random: Random;
  readonly #statements = new Statements();
  readonly #writers = new Turnstile(WRITERS_MAX);
  readonly #readers = new Turnstile(READERS_MAX);

  constructor(pool: Pool, random: Random) {
    this.#pool = pool;
    this.#random = random;
  }

  read<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#run(this.#readers, READ, work);
  }

  transaction<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#run(this.#writers, WRITE, work);
  }

  async close(): Promise<void> {
    await Promise.all([this.#readers.emptied(), this.#writers.emptied()]);
    await this.#pool.end();
  }

  async #run<T>(turnstile: Turnstile, how: string, work: (sql: Sql) => Promise<T>): Promise<T> {
    for (let tries = 1; tries <= TRIES_MAX; tries += 1) {
      if (tries > 2) await pause(this.#pauseMs(tries));
      const done = await turnstile.run(() => this.#try(how, work), tries === 1 ? 'shared' : 'alone');
      if ('value' in done) return done.value;
      if (done.clash === 'perhaps' && tries >= DOUBTFUL_TRIES_MAX) throw done.error;
    }
    throw new StorageBusyError();
  }

  async #try<T>(how: string, work: (sql: Sql) => Promise<T>): Promise<Tried<T>> {
    const client = await this.#connect();
    const session = new PostgresSession(client, this.#statements);
    try {
      await session.begin(how);
      const value = await work(session);
      await session.commit();
      return { value };
    } catch (error) {
      await session.rollback();
      const { clash } = session;
      if (clash !== undefined) return { clash, error };
      throw error;
    } finally {
      client.release(session.isBroken);
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw asFault(error);
    }
  }

  #pauseMs(tries: number): number {
    const longest = Math.min(PAUSE_MS * 2 ** (tries - 2), PAUSE_MAX_MS);
    return (longest * (this.#random.bytes(1)[0] ?? 0)) / 255;
  }
}

function openPool(url: string): Pool {
  const pool = new Pool({
    connectionString: url,
    max: WRITERS_MAX + READERS_MAX,
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: SILENCE_MS,
    keepAlive: true,
    types: columnTypes,
    fallback_application_name: 'xiaoji',
    onConnect: async (client) => {
      await client.query(SESSION);
    },
  });
  // A connection that dies is dropped by the pool, and whoever used it is told by its query. Unheard, this ends the process.
  const heard = () => undefined;
  pool.on('error', heard);
  pool.on('connect', (client) => client.on('error', heard));
  return pool;
}

/** Connects and looks whether the database will do. Throws StorageOpenError with a sentence for the person at the console. */
export async function openPostgres(options: PostgresOptions): Promise<OpenedPostgres> {
  const place = placeOf(options.url);
  const pool = openPool(options.url);
  const database = new PostgresDatabase(pool, options.random);
  try {
    const found = await database.read(inspect).catch((error: unknown) => {
      throw unreachable(place, error instanceof StorageFaultError ? error.code : 'connection');
    });
    refuseUnsuitable(place, found);
    return { database, isFlushing: found.fsync !== 'off' };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** Which database, in words that may be shown: never the password. */
function placeOf(url: string): string {
  try {
    const { host, port, database } = new Client({ connectionString: url });
    return [database, 'at', `${host}:${port}`].filter(Boolean).join(' ');
  } catch {
    throw new StorageOpenError(
      'unreachable',
      'DATABASE_URL cannot be read: it has the form postgres://user:password@host:port/database.',
    );
  }
}

/** SQLSTATEs of a login that was refused: no such password, not allowed by the server's rules, no such database. */
const REFUSED = /^(28P01|28000|3D000|42501)$/;

function unreachable(place: string, code: string): StorageOpenError {
  const what = REFUSED.test(code)
    ? `The database ${place} does not let us in`
    : `The database ${place} cannot be reached`;
  return new StorageOpenError('unreachable', `${what} (${code}). Check DATABASE_URL.`);
}

interface Found {
  readonly encoding: string;
  readonly fsync: string | null;
  readonly may_create: number | null;
}

async function inspect(sql: Sql): Promise<Found> {
  const [found] = await sql.all<Found>(
    `SELECT current_setting('server_encoding') AS encoding, current_setting('fsync', true) AS fsync,
       has_schema_privilege(current_schema(), 'CREATE') AS may_create`,
  );
  if (found === undefined) throw new Error('a SELECT without FROM has one row');
  return found;
}

function refuseUnsuitable(place: string, { encoding, may_create }: Found): void {
  if (encoding !== 'UTF8') {
    throw new StorageOpenError(
      'unsuitable',
      `The database ${place} keeps its text in ${encoding}. Make one with ENCODING 'UTF8'.`,
    );
  }
  if (may_create !== 1) {
    throw new StorageOpenError(
      'unsuitable',
      `The database ${place} does not let this user make tables. Make the user its owner.`,
    );
  }
}
