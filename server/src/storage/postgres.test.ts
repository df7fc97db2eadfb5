import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDatabase } from '../testing/database-conformance.ts';
import { seededRandom } from '../testing/fake-clock.ts';
import { testDatabaseUrl } from '../testing/test-database.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openPostgres } from './postgres.ts';
import { type Database, type Sql, StorageBusyError, StorageFaultError } from './sql.ts';

const MIGRATIONS = readMigrations(fileURLToPath(new URL('../../migrations', import.meta.url)));

let folder: string;
let url: string;
let opened: Database[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoji-pg-test-'));
  url = (await testDatabaseUrl(folder))!;
  opened = [];
});
afterEach(async () => {
  for (const each of opened) await each.close();
  rmSync(folder, { recursive: true, force: true });
});

const openAt = (at: string) => openPostgres({ url: at, random: seededRandom(1) });
const open = async (at = url): Promise<Database> => (await openAt(at)).database;

/** As one more server process has it. */
async function server(at = url): Promise<Database> {
  const database = await open(at);
  opened.push(database);
  return database;
}

describeDatabase('PostgreSQL', () => ({
  open: () => open(),
  reopen: async (database) => {
    await database.close();
    return open();
  },
  dispose: async () => undefined,
}));

const COUNTER = 'CREATE TABLE counter (merchant TEXT NOT NULL, n BIGINT NOT NULL, PRIMARY KEY (merchant))';

async function counting(): Promise<Database> {
  const database = await server();
  await database.transaction(async (sql) => {
    await sql.script(COUNTER);
    await sql.run("INSERT INTO counter (merchant, n) VALUES ('m', 0)");
  });
  return database;
}

const count = async (sql: Sql): Promise<number> =>
  (await sql.all<{ n: number }>("SELECT n FROM counter WHERE merchant = 'm'"))[0]!.n;

async function countOn(sql: Sql): Promise<void> {
  const n = await count(sql);
  await sql.run("UPDATE counter SET n = ? WHERE merchant = 'm'", [n + 1]);
}

/** Opens when `count` have come; whoever comes later walks through. */
function meeting(count: number): () => Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  let here = 0;
  return () => {
    here += 1;
    if (here === count) resolve();
    return promise;
  };
}

describe('several servers on one PostgreSQL', () => {
  it('let one of two win who each act on what the other has not done yet', async () => {
    const servers = [await counting(), await server()];
    const met = meeting(2);
    const answers = await Promise.all(
      servers.map((each, at) =>
        each.transaction(async (sql) => {
          const [row] = await sql.all<{ rows: number }>('SELECT COUNT(*) AS rows FROM counter');
          await met();
          if (row!.rows > 1) return 0;
          return sql.run('INSERT INTO counter (merchant, n) VALUES (?, 1)', [`m-${at}`]);
        }),
      ),
    );
    expect(answers.toSorted()).toEqual([0, 1]);
  });

  it('let one of two win who bring the same key at once', async () => {
    const servers = [await counting(), await server()];
    const met = meeting(2);
    const answers = await Promise.all(
      servers.map((each) =>
        each.transaction(async (sql) => {
          const known = await sql.all("SELECT n FROM counter WHERE merchant = 'new'");
          await met();
          return known.length > 0 ? 0 : sql.run("INSERT INTO counter (merchant, n) VALUES ('new', 1)");
        }),
      ),
    );
    expect(answers.toSorted()).toEqual([0, 1]);
  });

  it('lose none of each other’s changes to the same row', async () => {
    const servers = [await counting(), await server(), await server()];
    await Promise.all(servers.flatMap((each) => Array.from({ length: 20 }, () => each.transaction(countOn))));
    expect(await servers[0]!.read(count)).toBe(60);
  });

  it('tell a caller to come back when others win again and again', async () => {
    const [mine, other] = [await counting(), await server()];
    let tries = 0;
    const losing = mine.transaction(async (sql) => {
      tries += 1;
      const n = await count(sql);
      await other.transaction(countOn);
      await sql.run("UPDATE counter SET n = ? WHERE merchant = 'm'", [n + 100]);
    });
    await expect(losing).rejects.toThrow(StorageBusyError);
    expect(tries).toBe(10);
    expect(await mine.read(count)).toBe(10);
  });

  it('bring an empty database up once when they start at the same moment', async () => {
    const servers = await Promise.all(Array.from({ length: 4 }, () => server()));
    const ran = await Promise.all(servers.map((each) => migrate(each, MIGRATIONS, 0)));
    expect(ran.reduce((sum, each) => sum + each, 0)).toBe(MIGRATIONS.length);
  });
});

describe('a connection to PostgreSQL', () => {
  const pidOf = async (sql: Sql): Promise<number> =>
    (await sql.all<{ pid: number }>('SELECT pg_backend_pid() AS pid'))[0]!.pid;
  const setting = async (database: Database, name: string): Promise<string> =>
    (
      await database.transaction((sql) => sql.all<{ is: string }>('SELECT current_setting(?) AS is', [name]))
    )[0]!.is;

  it('waits for the disk even where the login is set not to, and for nothing without a bound', async () => {
    const careless = await server(url.replace('options=', 'options=-c%20synchronous_commit%3Doff%20'));
    expect(await setting(careless, 'synchronous_commit')).toBe('on');
    for (const name of ['statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout']) {
      expect([name, await setting(careless, name)]).not.toEqual([name, '0']);
    }
    expect(await setting(careless, 'transaction_isolation')).toBe('serializable');
  });

  it('is one of eight at most, however many callers there are', async () => {
    const database = await counting();
    const pids = await Promise.all(
      Array.from({ length: 100 }, (_, at) => {
        return at % 2 === 0 ? database.read(pidOf) : database.transaction(pidOf);
      }),
    );
    expect(new Set(pids).size).toBeGreaterThan(1);
    expect(new Set(pids).size).toBeLessThanOrEqual(8);
  });

  it('that breaks costs its own caller a coded error, and nobody else anything', async () => {
    const database = await counting();
    const broken = database.transaction(async (sql) => {
      await countOn(sql);
      const mine = await pidOf(sql);
      await database.read((other) => other.all('SELECT pg_terminate_backend(?)', [mine]));
      await countOn(sql);
    });
    const error = await broken.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StorageFaultError);
    await Promise.all(Array.from({ length: 8 }, () => database.transaction(countOn)));
    expect(await database.read(count)).toBe(8);
  });

  it('that breaks while it is idle is replaced', async () => {
    const database = await counting();
    const other = await server();
    const idle = await Promise.all(Array.from({ length: 4 }, () => database.read(pidOf)));
    await other.read((sql) =>
      sql.all(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid IN (${idle.join(', ')})`),
    );
    // A call may still get one that was just ended; it costs that call an error, and no more.
    await expect
      .poll(() =>
        database.transaction(countOn).then(
          () => 'counted',
          () => 'failed',
        ),
      )
      .toBe('counted');
    expect(idle).not.toContain(await database.read(pidOf));
  });

  it('takes no statement after its transaction', async () => {
    const database = await counting();
    const late = await database.transaction(async (sql) => sql);
    await expect(late.run("UPDATE counter SET n = 7 WHERE merchant = 'm'")).rejects.toThrow('is over');
  });

  it('says nothing of the data in its errors', async () => {
    const database = await counting();
    const twice = database.transaction((sql) =>
      sql.run("INSERT INTO counter (merchant, n) VALUES ('m', 771133)"),
    );
    await expect(twice).rejects.toThrow(/^the database failed \(23505\)$/);
  });
});

describe('opening a PostgreSQL', () => {
  const change = (part: string, by: string) => url.replace(part, by);
  const asAdmin = async (...statements: readonly string[]) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    for (const each of statements) await client.query(each);
    await client.end();
  };

  it('tells that it does not flush', async () => {
    const { database, isFlushing } = await openAt(url);
    await database.close();
    expect(isFlushing).toBe(false); // The test server runs without fsync.
  });

  it('refuses one that is not there, in a sentence without the password', async () => {
    const gone = change('postgres:///postgres?', 'postgres://shop:secret@/nowhere?');
    await expect(open(gone)).rejects.toThrow(
      /^The database nowhere at \/\S+:5432 does not let us in \((28000|3D000)\)\. Check DATABASE_URL\.$/,
    );
    await expect(open('postgres://shop:secret@[/x')).rejects.toThrow(
      /^DATABASE_URL cannot be read: it has the form/,
    );
  });

  it('refuses one whose text is not UTF-8, and a user who may not make tables', async () => {
    await asAdmin(
      "CREATE DATABASE bytes ENCODING 'SQL_ASCII' LOCALE_PROVIDER libc LOCALE 'C' TEMPLATE template0",
      'CREATE ROLE guest LOGIN',
    );
    await expect(open(change('/postgres?', '/bytes?'))).rejects.toThrow(/keeps its text in SQL_ASCII/);
    await expect(open(change('user=xiaoji', 'user=guest'))).rejects.toThrow(
      /does not let this user make tables/,
    );
  });
});

describe('the schema on PostgreSQL', () => {
  it('puts the merchant first in every primary, unique and foreign key, and has no sequence and no trigger of its own', async () => {
    const database = await server();
    await migrate(database, MIGRATIONS, 0);
    const keys = await database.read((sql) =>
      sql.all<{ key: string; first: string; target: string | null }>(
        `SELECT c.conname AS key, a.attname AS first, f.attname AS target
         FROM pg_constraint c
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         LEFT JOIN pg_attribute f ON f.attrelid = c.confrelid AND f.attnum = c.confkey[1]
         WHERE c.connamespace = current_schema()::regnamespace AND c.contype IN ('p', 'u', 'f')`,
      ),
    );
    expect(keys.length).toBeGreaterThan(20);
    expect(
      keys.filter((each) => each.first !== 'merchant' || (each.target ?? 'merchant') !== 'merchant'),
    ).toEqual([]);
    const made = await database.read((sql) =>
      sql.all(
        `SELECT relname AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = current_schema()::regnamespace
         UNION ALL SELECT tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
         WHERE NOT tgisinternal AND c.relnamespace = current_schema()::regnamespace`,
      ),
    );
    expect(made).toEqual([]);
  });

  it('orders every text column by its bytes', async () => {
    const database = await server();
    await migrate(database, MIGRATIONS, 0);
    const others = await database.read((sql) =>
      sql.all(
        `SELECT table_name, column_name FROM information_schema.columns
         WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`,
      ),
    );
    expect(others).toEqual([]);
  });
});
