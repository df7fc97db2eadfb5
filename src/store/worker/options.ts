import type { Clock, Random } from '../../domain/clock.ts';
import type { Namespace } from '../protocol.ts';
import type { Faults } from './faults.ts';
import type { StoreSet } from './store-set.ts';

/** Size of one journal file. Large enough for a week of a busy shop, small enough to be read whole at start. */
export const SEGMENT_BYTES = 8 * 1024 * 1024;
/** Files made in advance besides the one in use. */
export const SPARE_SEGMENTS = 2;
/**
 * Entries at the end that the files hold although the server has them: what IndexedDB may lose with one hole in its log
 * (docs/reliability.md) is some tens, and a day of a busy shop is two thousand. Without them a sale that is paid could be found open.
 */
export const KEPT_ENTRIES = 2_000;
/**
 * How long a new file must live before it counts as a copy. In power cuts every record of files 3–7 s old was lost with the
 * file's name, and none of settled files (facts/reliability 1.1 and R2); ext4 and the kernel write back within 30 s.
 */
export const SETTLE_MS = 60_000;

/** Everything the worker takes from outside. */
export interface WorkerOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly faults: Faults;
  /** Beginning of the names of databases, folders, locks and channels. */
  readonly prefix: string;
  /** Store sets this build can read, oldest first; the last is the one it writes. */
  readonly storeSets: readonly [StoreSet, ...StoreSet[]];
  readonly segmentBytes: number;
  readonly spareSegments: number;
  readonly settleMs: number;
  readonly keptEntries: number;
}

/** Name of the database, the OPFS folder, the lock and the channel of one set of books. */
export const booksName = (options: WorkerOptions, namespace: Namespace): string =>
  `${options.prefix}-${namespace}`;
