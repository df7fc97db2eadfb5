import { createHash } from 'node:crypto';
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
 * Throws StorageOpenError: `newer-schema` when the data was written by a newer release, which an old one must not touch;
 * `changed-schema` when a step that was taken before is not the one that is here, so that nobody knows which tables there are.
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
  await database.transaction((sql) => checkTaken(sql, migrations.slice(0, current)));
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
  if (taken === 0) return 0;
  await sql.script(step.text);
  await keepPrint(sql, step);
  return taken;
}

const printName = ({ version }: Migration): string => `migration-${version}`;

/** What a script says, whatever ends its lines. */
export const fingerprintOf = ({ text }: Migration): string =>
  createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex');

async function keepPrint(sql: Sql, step: Migration): Promise<void> {
  await sql.run(
    'INSERT INTO server_state (merchant, name, value) VALUES (?, ?, ?) ON CONFLICT (merchant, name) DO NOTHING',
    [SERVER_ROWS, printName(step), fingerprintOf(step)],
  );
}

/** A step is never edited once somebody has data: another one comes after it. Data from before there were prints get them now. */
async function checkTaken(sql: Sql, taken: readonly Migration[]): Promise<void> {
  for (const step of taken) {
    await keepPrint(sql, step);
    const text = 'SELECT value FROM server_state WHERE merchant = ? AND name = ?';
    const kept = await one<{ value: string }>(sql, text, [SERVER_ROWS, printName(step)]);
    if (kept?.value !== fingerprintOf(step))
      throw new StorageOpenError(
        'changed-schema',
        `The data was made with another ${step.name} than this version has. Start the version that made it, or begin with an empty data directory.`,
      );
  }
}

async function versionOf(sql: Sql): Promise<number> {
  const row = await one<{ version: number | null }>(
    sql,
    'SELECT MAX(version) AS version FROM schema_version WHERE merchant = ?',
    [SERVER_ROWS],
  );
  return row?.version ?? 0;
}
