import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { describeDatabase } from '../testing/database-conformance.ts';
import { openDataDirectory } from './data-directory.ts';
import { LANE_WAITING_MAX, Lane } from './lane.ts';
import { migrate, readMigrations } from './migrate.ts';
import { openSqlite } from './sqlite.ts';

const MIGRATIONS = readMigrations(fileURLToPath(new URL('../../migrations', import.meta.url)));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoji-db-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describeDatabase('SQLite', () => ({
  open: async () => openSqlite(join(folder, 'x.db')),
  reopen: async (database) => {
    await database.close();
    return openSqlite(join(folder, 'x.db'));
  },
  dispose: async () => undefined,
}));

describe('durability of SQLite', () => {
  it('writes ahead, flushes every commit and checks foreign keys', async () => {
    const database = openSqlite(join(folder, 'x.db'));
    const settings = await database.transaction(async (sql) => ({
      ...(await sql.all('PRAGMA journal_mode'))[0]!,
      ...(await sql.all('PRAGMA synchronous'))[0]!,
      ...(await sql.all('PRAGMA foreign_keys'))[0]!,
    }));
    expect(settings).toEqual({ journal_mode: 'wal', synchronous: 2, foreign_keys: 1 });
    await database.close();
  });
});

describe('the schema', () => {
  it('puts the merchant first in every primary, unique and foreign key', async () => {
    const database = openSqlite(join(folder, 'x.db'));
    await migrate(database, MIGRATIONS, 0);
    const keys = await database.read(async (sql) => {
      const found: Record<string, string[]> = {};
      for (const { name } of await sql.all<{ name: string }>(
        "SELECT name FROM sqlite_master WHERE type = 'table'",
      )) {
        const columns = await sql.all<{ name: string; pk: number }>(`PRAGMA table_info(${name})`);
        const firsts = columns.filter((each) => each.pk === 1).map((each) => each.name);
        for (const index of await sql.all<{ name: string; unique: number }>(`PRAGMA index_list(${name})`)) {
          if (index.unique !== 1) continue;
          firsts.push((await sql.all<{ name: string }>(`PRAGMA index_info(${index.name})`))[0]!.name);
        }
        const foreign = await sql.all<{ seq: number; from: string; to: string }>(
          `PRAGMA foreign_key_list(${name})`,
        );
        for (const each of foreign) if (each.seq === 0) firsts.push(each.from, each.to);
        found[name] = firsts;
      }
      return found;
    });
    expect(Object.keys(keys).length).toBeGreaterThan(12);
    for (const [table, firsts] of Object.entries(keys)) {
      expect([table, firsts.length > 0, [...new Set(firsts)]]).toEqual([table, true, ['merchant']]);
    }
    await database.close();
  });

  it('uses no sequence, trigger or automatic number', () => {
    for (const { text } of MIGRATIONS) {
      expect(text.replaceAll(/--.*$/gm, '')).not.toMatch(/AUTOINCREMENT|SERIAL|SEQUENCE|TRIGGER|GENERATED/i);
    }
  });
});

describe('a data directory', () => {
  it('belongs to one opener at a time', async () => {
    const first = openDataDirectory(folder);
    expect(() => openDataDirectory(folder)).toThrow(/in use by another process/);
    await first.close();
    await openDataDirectory(folder).close();
  });

  it('keeps the database to its owner', async () => {
    const data = openDataDirectory(join(folder, 'new'));
    expect(statSync(join(folder, 'new', 'xiaoji.db')).mode & 0o077).toBe(0);
    await data.close();
  });

  it('says so when it is no directory, or holds a file that is no database', () => {
    writeFileSync(join(folder, 'file'), 'x');
    expect(() => openDataDirectory(join(folder, 'file'))).toThrow(/cannot be written/);
    writeFileSync(join(folder, 'xiaoji.db'), 'not a database, and long enough to be looked at');
    expect(() => openDataDirectory(folder)).toThrow(/Restore the directory from a backup/);
  });
});

describe('a lane', () => {
  it('turns callers away when too many wait, and serves those who do', async () => {
    const lane = new Lane();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const waiting = Array.from({ length: LANE_WAITING_MAX }, (_, index) =>
      lane.run(() => gate.then(() => index)),
    );
    await expect(lane.run(async () => 0)).rejects.toThrow('too many');
    open();
    expect(await Promise.all(waiting)).toHaveLength(LANE_WAITING_MAX);
  });
});
