import type { Signer } from '../../../src/domain/chain.ts';
import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';
import { SimDatabase } from './database.ts';
import { SimFolder, type User } from './files.ts';

/** What happens to a disk while the till is down (K19). */
export const DAMAGES = ['database-gone', 'database-tail', 'files-gone', 'byte-flipped'] as const;
export type Damage = (typeof DAMAGES)[number];

/** Everything of one till that outlives its page: database, files, the safe for keys, settings. */
export class Disk {
  readonly database: SimDatabase;
  readonly folder: SimFolder;
  /** In a bucket of its own that is written some times a year: no cut finds it open. */
  safe: Signer | undefined;
  readonly #settings = new Map<string, unknown>();
  readonly #rng: Rng;
  readonly #time: Time;
  /** One copy is damaged or may prove to be at the next start: damaging the other too would be two faults at once. */
  isWounded = false;

  constructor(time: Time, rng: Rng) {
    this.#time = time;
    this.#rng = rng;
    this.database = new SimDatabase(time, rng.fork('database'));
    this.folder = new SimFolder(time, rng.fork('folder'));
  }

  end(isPowerCut: boolean): void {
    this.database.end(isPowerCut);
    if (isPowerCut && this.folder.cut()) this.isWounded = true;
  }

  damage(kind: Damage): void {
    this.isWounded = true;
    if (kind === 'database-gone') this.database.wipe();
    else if (kind === 'database-tail') this.database.dropTail();
    else if (kind === 'files-gone') this.folder.wipe();
    else this.folder.flip();
  }

  /** Settings: strict and mirrored, so that only a change under way can be lost. */
  vault(user: User) {
    return {
      get: (key: string): Promise<unknown> =>
        user.alive ? Promise.resolve(this.#settings.get(key)) : never(),
      set: async (key: string, value: unknown): Promise<void> => {
        if (!user.alive) return never();
        if (user.isFull) throw new DOMException('no room', 'QuotaExceededError');
        await this.#time.wait(this.#rng.between(1, 4));
        if (!user.alive) return never();
        this.#settings.set(key, value);
      },
    };
  }
}
