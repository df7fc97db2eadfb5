import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, one, SERVER_ROWS, type Sql, StorageOpenError } from './sql.ts';

const NAME = /^(\d{4})-[a-z0-9-]+\.sql$/;

export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly text: string;
}

/** The numbered scripts of a folder, in order. Throws when a number is missing or twice. */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((each) => NAME.test(each))
    .sort();
  return names.map((name, index) => {
    const version = Number(name.slice(0, 4));
    if (version !== index + 1) throw new Error(`migration ${index + 1} is missing or doubled: ${name}`);
    return { version, name, text: readFileSync(join(folder, name), 'utf8') };
  });
}

const VERSION_TABLE = `CREATE TABLE IF NOT EXISTS schema_version (
  merchant TEXT NOT NULL, version BIGINT NOT NULL, name TEXT NOT NULL, applied_at BIGINT NOT NULL,
  PRIMARY KEY (merchant, version)
)`;

/**
 * Brings the schema to the newest version, each step in a transaction of its own. Returns how many steps ran here.
 * Throws StorageOpenError `newer-schema` when the data was written by a newer release: an old one must not touch it.
 */
export async function migrate(
  database: Database,
  migrations: readonly Migration[],
  nowMs: number,
): Promise<number> {
  const current = await database.transaction(async (sql) => {
    await sql.script(VERSION_TABLE);
    return versionOf(sql);
  });
  if (current > migrations.length) {
    throw new StorageOpenError(
      'newer-schema',
      `The data was written by a newer version (schema ${current}, this one knows ${migrations.length}). Start the newer version.`,
    );
  }
  let ran = 0;
  for (const step of migrations.slice(current)) {
    ran += await database.transaction((sql) => take(sql, step, nowMs));
  }
  return ran;
}

/** The row goes in first: of two servers that start at once, one waits here and then finds the step done. Returns 1 or 0. */
async function take(sql: Sql, step: Migration, nowMs: number): Promise<number> {
  const taken = await sql.run(
    `INSERT INTO schema_version (merchant, version, name, applied_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (merchant, version) DO NOTHING`,
    [SERVER_ROWS, step.version, step.name, nowMs],
  );
  if (taken === 1) await sql.script(step.text);
  return taken;
}

async function versionOf(sql: Sql): Promise<number> {
  const row = await one<{ version: number | null }>(
    sql,
    'SELECT MAX(version) AS version FROM schema_version WHERE merchant = ?',
    [SERVER_ROWS],
  );
  return row?.version ?? 0;
}
