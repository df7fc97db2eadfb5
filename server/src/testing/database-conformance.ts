import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, readMigrations } from '../storage/migrate.ts';
import { type Database, StorageOpenError } from '../storage/sql.ts';

const MIGRATIONS = readMigrations(fileURLToPath(new URL('../../migrations', import.meta.url)));

/** An engine under test: `reopen` closes and opens the same data, as a restart does. */
export interface Engine {
  readonly open: () => Promise<Database>;
  readonly reopen: (database: Database) => Promise<Database>;
  readonly dispose: () => Promise<void>;
}

/** What the server relies on from any database: run this against each engine. */
export function describeDatabase(name: string, engine: () => Engine): void {
  describe(`the database promises of ${name}`, () => {
    let on: Engine;
    let database: Database;
    beforeEach(async () => {
      on = engine();
      database = await on.open();
      await database.transaction((sql) =>
        sql.script(
          'CREATE TABLE t (merchant TEXT NOT NULL, id TEXT NOT NULL, n BIGINT, PRIMARY KEY (merchant, id))',
        ),
      );
    });
    afterEach(async () => {
      await database.close();
      await on.dispose();
    });
    const put = (id: string, n: number | null) =>
      database.transaction((sql) =>
        sql.run('INSERT INTO t (merchant, id, n) VALUES (?, ?, ?)', ['m', id, n]),
      );
    const all = () =>
      database.read((sql) => sql.all<{ id: string; n: number | null }>('SELECT id, n FROM t ORDER BY id'));

    it('carries text of any script, integers up to 2^53 - 1 and null without loss', async () => {
      const text = "汉字 😀 '; DROP TABLE t; -- \n \\";
      await put(text, Number.MAX_SAFE_INTEGER);
      await put('~', null);
      expect(await all()).toEqual(
        [
          { id: '~', n: null },
          { id: text, n: Number.MAX_SAFE_INTEGER },
        ].sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
    });

    it('has no NUL and no half character in a text: both become U+FFFD', async () => {
      await put('a\u0000b', 1);
      await put('c\ud83d', 2);
      expect((await all()).map((row) => row.id)).toEqual(['a\ufffdb', 'c\ufffd']);
    });

    it('orders and compares text by its bytes, whatever the language of the system', async () => {
      const ids = ['A1', 'A10', 'A2', 'B', 'a', 'b', 'é', '汉', '￮', '😀'];
      for (const id of ids.toReversed()) await put(id, null);
      expect((await all()).map((row) => row.id)).toEqual(ids);
      const after = await database.read((sql) => sql.all("SELECT id FROM t WHERE id > 'B' ORDER BY id"));
      expect(after).toHaveLength(6);
    });

    it('gives counts, sums and truths as numbers, and none for a sum of nothing', async () => {
      await put('a', 2);
      await put('b', 3);
      const text = `SELECT COUNT(*) AS count, SUM(n) AS sum, MAX(n) AS most, MIN(n) < MAX(n) AS differ,
        (SELECT SUM(n) FROM t WHERE n > 9) AS none FROM t`;
      expect(await database.read((sql) => sql.all(text))).toEqual([
        { count: 2, sum: 5, most: 3, differ: 1, none: null },
      ]);
    });

    it('throws rather than round an integer that a number cannot carry', async () => {
      await database.transaction((sql) =>
        sql.run("INSERT INTO t (merchant, id, n) VALUES ('m', 'a', 9007199254740993)"),
      );
      await expect(all()).rejects.toThrow();
      await database.transaction((sql) => sql.run("UPDATE t SET n = 1 WHERE id = 'a'"));
      expect(await all()).toEqual([{ id: 'a', n: 1 }]);
    });

    it('takes a question mark in quotes and comments for what it is', async () => {
      const rows = await database.read((sql) =>
        sql.all(`SELECT 'what? it''s ?' AS "q?", ? AS v /* ? */ -- ?\n`, ['x']),
      );
      expect(rows).toEqual([{ 'q?': "what? it's ?", v: 'x' }]);
    });

    it('keeps nothing of a transaction that throws, and the next one works', async () => {
      const failing = database.transaction(async (sql) => {
        await sql.run("INSERT INTO t (merchant, id, n) VALUES ('m', 'a', 1)");
        throw new Error('changed my mind');
      });
      await expect(failing).rejects.toThrow('changed my mind');
      await put('b', 2);
      expect(await all()).toEqual([{ id: 'b', n: 2 }]);
    });

    it('keeps nothing of a transaction whose last statement breaks a unique key', async () => {
      await put('a', 1);
      const failing = database.transaction(async (sql) => {
        await sql.run("INSERT INTO t (merchant, id, n) VALUES ('m', 'b', 2)");
        await sql.run("INSERT INTO t (merchant, id, n) VALUES ('m', 'a', 3)");
      });
      await expect(failing).rejects.toThrow();
      expect(await all()).toEqual([{ id: 'a', n: 1 }]);
    });

    it('keeps nothing of a transaction in which a statement failed, even when its error was caught', async () => {
      await put('a', 1);
      const failing = database.transaction(async (sql) => {
        await sql.run("INSERT INTO t (merchant, id, n) VALUES ('m', 'b', 2)");
        await sql.run("INSERT INTO t (merchant, id, n) VALUES ('m', 'a', 3)").catch(() => undefined);
        return 'fine';
      });
      await expect(failing).rejects.toThrow();
      expect(await all()).toEqual([{ id: 'a', n: 1 }]);
    });

    it('says how many rows a change touched, none for a conflict that does nothing', async () => {
      await put('a', 1);
      await database.transaction(async (sql) => {
        const nothing =
          "INSERT INTO t (merchant, id, n) VALUES ('m', 'a', 9) ON CONFLICT (merchant, id) DO NOTHING";
        expect(await sql.run(nothing)).toBe(0);
        expect(await sql.run('UPDATE t SET n = n + 1')).toBe(1);
        const upsert = `INSERT INTO t (merchant, id, n) VALUES ('m', 'a', 5)
          ON CONFLICT (merchant, id) DO UPDATE SET n = t.n + excluded.n`;
        expect(await sql.run(upsert)).toBe(1);
      });
      expect(await all()).toEqual([{ id: 'a', n: 7 }]);
    });

    it('lets concurrent read-modify-write transactions each see the one before', async () => {
      await put('a', 0);
      await Promise.all(
        Array.from({ length: 50 }, () =>
          database.transaction(async (sql) => {
            const [row] = await sql.all<{ n: number }>("SELECT n FROM t WHERE id = 'a'");
            await new Promise((next) => setImmediate(next));
            await sql.run("UPDATE t SET n = ? WHERE id = 'a'", [row!.n + 1]);
          }),
        ),
      );
      expect(await all()).toEqual([{ id: 'a', n: 50 }]);
    });

    it('lets only one of many win who each act on what the others have not done yet', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, at) =>
          database.transaction(async (sql) => {
            const [row] = await sql.all<{ count: number }>('SELECT COUNT(*) AS count FROM t');
            await new Promise((next) => setImmediate(next));
            if (row!.count > 0) return 0;
            return sql.run("INSERT INTO t (merchant, id, n) VALUES ('m', ?, 1)", [`${at}`]);
          }),
        ),
      );
      expect(answers.reduce((sum, each) => sum + each, 0)).toBe(1);
      expect(await all()).toHaveLength(1);
    });

    it('shows a reader one state, and nothing that is not committed', async () => {
      await put('a', 1);
      const seen = await database.read(async (sql) => {
        const before = await sql.all('SELECT n FROM t');
        await database.transaction((writer) => writer.run('UPDATE t SET n = 2'));
        return [before, await sql.all('SELECT n FROM t')];
      });
      expect(seen[0]).toEqual(seen[1]);
      expect(await all()).toEqual([{ id: 'a', n: 2 }]);
    });

    it('refuses to write while reading', async () => {
      await expect(
        database.read((sql) => sql.run("INSERT INTO t (merchant, id) VALUES ('m', 'x')")),
      ).rejects.toThrow();
    });

    it('has after a restart what was committed before it', async () => {
      await put('a', 1);
      database = await on.reopen(database);
      expect(await all()).toEqual([{ id: 'a', n: 1 }]);
    });
  });

  describe(`the migrations on ${name}`, () => {
    let on: Engine;
    let database: Database;
    beforeEach(async () => {
      on = engine();
      database = await on.open();
    });
    afterEach(async () => {
      await database.close();
      await on.dispose();
    });

    it('run once, and are refused when they are older than the data', async () => {
      expect(await migrate(database, MIGRATIONS, 0)).toBe(MIGRATIONS.length);
      expect(await migrate(database, MIGRATIONS, 0)).toBe(0);
      await expect(migrate(database, MIGRATIONS.slice(0, 1), 0)).rejects.toThrow(StorageOpenError);
    });

    it('are refused when a step that was taken has been changed since, and nothing is touched', async () => {
      await migrate(database, MIGRATIONS, 0);
      const edited = MIGRATIONS.map((step) =>
        step.version === 3 ? { ...step, text: step.text.replace('  account TEXT,\n', '') } : step,
      );
      const more = {
        version: MIGRATIONS.length + 1,
        name: 'more',
        text: 'CREATE TABLE more (merchant TEXT)',
      };
      await expect(migrate(database, [...edited, more], 0)).rejects.toMatchObject({
        code: 'changed-schema',
        message: expect.stringContaining('0003-payments.sql'),
      });
      await expect(database.read((sql) => sql.all('SELECT * FROM more'))).rejects.toThrow();
      const windows = MIGRATIONS.map((step) => ({ ...step, text: step.text.replaceAll('\n', '\r\n') }));
      expect(await migrate(database, windows, 0)).toBe(0);
    });

    it('that were taken before steps had fingerprints get them at the next start', async () => {
      await migrate(database, MIGRATIONS, 0);
      const prints = "SELECT name FROM server_state WHERE name LIKE 'migration-%'";
      await database.transaction((sql) => sql.run("DELETE FROM server_state WHERE name LIKE 'migration-%'"));
      expect(await migrate(database, MIGRATIONS, 0)).toBe(0);
      expect(await database.read((sql) => sql.all(prints))).toHaveLength(MIGRATIONS.length);
    });

    it('stay at the last whole step when a step fails', async () => {
      const broken = {
        version: MIGRATIONS.length + 1,
        name: 'broken',
        text: 'CREATE TABLE half (merchant TEXT); CREATE NONSENSE;',
      };
      await expect(migrate(database, [...MIGRATIONS, broken], 0)).rejects.toThrow();
      await expect(database.read((sql) => sql.all('SELECT * FROM half'))).rejects.toThrow();
      expect(await migrate(database, MIGRATIONS, 0)).toBe(0);
    });
  });
}
