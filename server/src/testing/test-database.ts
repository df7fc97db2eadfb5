import { createHash } from 'node:crypto';
import { Client } from 'pg';
import type { Random } from '../../../src/domain/clock.ts';
import { type DataDirectory, openDataDirectory, openSharedData } from '../storage/data-directory.ts';

/** The PostgreSQL that the tests run on, when they run on one: the vitest project `postgres` sets it. */
const serverUrl = (): string | undefined => process.env['XIAOJI_TEST_DATABASE'];

/** Whether this run is on PostgreSQL, for the few tests that are about one engine. */
export const isOnPostgres = (): boolean => serverUrl() !== undefined;

/**
 * Where the data of `dataDir` are on PostgreSQL: a schema of its own, made when missing, the same for the same folder.
 * Undefined when the tests run on SQLite, whose data are in the folder.
 */
export async function testDatabaseUrl(dataDir: string): Promise<string | undefined> {
  const server = serverUrl();
  if (server === undefined) return undefined;
  const schema = `t_${createHash('sha256').update(dataDir).digest('hex').slice(0, 20)}`;
  const client = new Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
  } finally {
    await client.end();
  }
  return `${server}&options=${encodeURIComponent(`-c search_path=${schema}`)}`;
}

/** Opens the data of a folder on the engine of this run. */
export async function openTestData(dataDir: string, random: Random): Promise<DataDirectory> {
  const url = await testDatabaseUrl(dataDir);
  if (url === undefined) return openDataDirectory(dataDir);
  return openSharedData(dataDir, { url, random });
}
