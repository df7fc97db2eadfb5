import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openPostgres, type PostgresOptions } from './postgres.ts';
import { type Database, StorageOpenError } from './sql.ts';
import { openSqlite } from './sqlite.ts';

/** How long one server waits for another that is reading or making the keys in the same directory, ms. */
const KEYS_WAIT_MS = 10_000;

/** An opened data directory and the database that goes with it. */
export interface DataDirectory {
  readonly path: string;
  readonly database: Database;
  /** Whether other processes may have the same database open. */
  readonly isShared: boolean;
  /** Events for the log that the owner should know of. */
  readonly warnings: readonly string[];
  /** Runs `work` while no other process does the same here: for files that are made when they are missing. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/**
 * Makes, locks and opens a data directory with its own SQLite database: this process alone uses it until `close`.
 * Throws StorageOpenError with a sentence for the person at the console.
 */
export function openDataDirectory(folder: string): DataDirectory {
  const path = writable(folder);
  const unlock = lock(path, 0);
  try {
    const file = join(path, 'xiaoji.db');
    const database = openSqlite(file);
    chmodSync(file, 0o600);
    return {
      path,
      database,
      isShared: false,
      warnings: [],
      exclusively: (work) => work(),
      async close() {
        await database.close();
        unlock();
      },
    };
  } catch {
    unlock();
    throw new StorageOpenError(
      'damaged',
      `The database in ${path} cannot be opened. Restore the directory from a backup.`,
    );
  }
}

/**
 * A data directory that holds only the server's secrets, beside a PostgreSQL database; several servers may share both.
 * Throws StorageOpenError with a sentence for the person at the console.
 */
export async function openSharedData(folder: string, options: PostgresOptions): Promise<DataDirectory> {
  const path = writable(folder);
  const { database, isFlushing } = await openPostgres(options);
  return {
    path,
    database,
    isShared: true,
    warnings: isFlushing ? [] : ['database-without-fsync'],
    async exclusively(work) {
      const unlock = lock(path, KEYS_WAIT_MS);
      try {
        return await work();
      } finally {
        unlock();
      }
    },
    close: () => database.close(),
  };
}

function writable(folder: string): string {
  const path = resolve(folder);
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return path;
  } catch {
    throw notWritable(path);
  }
}

const notWritable = (path: string): StorageOpenError =>
  new StorageOpenError(
    'not-writable',
    `The data directory ${path} cannot be written. Set DATA_DIR to one that can.`,
  );

/** Folder by folder: Node's recursive mkdir never returns where the file system refuses with ENOENT (/proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

/**
 * One process per directory, by an exclusive transaction on a small file of its own: the operating system takes the
 * lock back when the process dies, however it dies, and backups of the real database are still possible.
 */
function lock(path: string, waitMs: number): () => void {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(path, 'lock.db'), { timeout: waitMs });
    db.exec('BEGIN EXCLUSIVE');
    const held = db;
    return () => held.close();
  } catch (error) {
    db?.close();
    const isBusy = error instanceof Error && /locked|busy/i.test(error.message);
    throw isBusy
      ? new StorageOpenError(
          'in-use',
          `The data directory ${path} is in use by another process. Stop it, or set DATA_DIR.`,
        )
      : notWritable(path);
  }
}
