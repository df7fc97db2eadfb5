import type { Database } from '../storage/sql.ts';

/** The process died: nothing after this moment happens any more. */
export class DeathError extends Error {}

/**
 * A database whose process dies at its n-th transaction, counted from 1: just before it begins, or just after it is on the disk
 * and before anyone hears of it. Everything asked of it later fails.
 */
export function dyingDatabase(
  database: Database,
  death: { readonly at: number; readonly when: 'before' | 'after' },
): Database & { readonly isDead: () => boolean } {
  let count = 0;
  let isDead = false;
  const alive = (): void => {
    if (isDead) throw new DeathError('dead');
  };
  return {
    isDead: () => isDead,
    async read(work) {
      alive();
      return database.read(work);
    },
    async transaction(work) {
      alive();
      count += 1;
      if (count !== death.at) return database.transaction(work);
      isDead = true;
      if (death.when === 'after') await database.transaction(work);
      throw new DeathError(`transaction ${count}`);
    },
    close: () => database.close(),
  };
}
