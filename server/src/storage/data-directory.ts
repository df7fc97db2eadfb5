import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Database, StorageOpenError } from './sql.ts';
import { openSqlite } from './sqlite.ts';

/** An opened data directory: this process alone writes it until `close`. */
export interface DataDirectory {
  readonly path: string;
  readonly database: Database;
  close(): Promise<void>;
}

/** Makes, locks and opens a data directory. Throws StorageOpenError with a sentence for the person at the console. */
export function openDataDirectory(folder: string): DataDirectory {
  const path = resolve(folder);
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    throw new StorageOpenError(
      'not-writable',
      `The data directory ${path} cannot be written. Set DATA_DIR to one that can.`,
    );
  }
  const unlock = lock(path);
  try {
    const file = join(path, 'xiaoji.db');
    const database = openSqlite(file);
    chmodSync(file, 0o600);
    return {
      path,
      database,
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
function lock(path: string): () => void {
  let db: DatabaseSync | undefined;
  try {
    db = new DatabaseSync(join(path, 'lock.db'), { timeout: 0 });
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
      : new StorageOpenError(
          'not-writable',
          `The data directory ${path} cannot be written. Set DATA_DIR to one that can.`,
        );
  }
}
