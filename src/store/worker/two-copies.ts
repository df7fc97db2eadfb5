import { type Copies, JournalError, type StorageTrouble } from '../../domain/journal.ts';
import { isNoRoom, troubleOf } from '../trouble.ts';
import type { Commit } from './books.ts';
import type { FirstCopy } from './idb-copy.ts';
import type { OpfsCopy } from './opfs-copy.ts';

/** What a failing copy needs from outside: another try at opening, and word that it was given up. */
export interface CopyCare {
  /** Opens IndexedDB again after the browser closed it. Rejects when it does not open. */
  reopenIdb(): Promise<FirstCopy>;
  /** IndexedDB will not come back: from now on the books are read from memory and written to OPFS alone. */
  idbLost(): Promise<void>;
}

/** Work for which a commit leaves time. */
export interface During {
  /** While the rows travel to the browser process. What it throws stops the commit: nothing is stored before it returns. */
  check(): void;
  /** While the disks are awaited. */
  waiting(): void;
}

/**
 * Writes each commit to both copies at once and keeps them agreeing. No room is a refusal: what one copy took is taken back.
 * Any other failure of one copy is healed if it can be; if it cannot, the copy is given up, visibly, and the other goes on.
 */
export class TwoCopies {
  #idb: FirstCopy | undefined;
  #opfs: OpfsCopy | undefined;
  readonly #care: CopyCare;
  /** A take-back that failed. Nothing is written before it has succeeded. */
  #owed: (() => Promise<void>) | undefined;
  /** Why the last write was refused or a copy was given up. */
  trouble: StorageTrouble | undefined;

  constructor(idb: FirstCopy | undefined, opfs: OpfsCopy | undefined, care: CopyCare) {
    this.#idb = idb;
    this.#opfs = opfs;
    this.#care = care;
  }

  get idb(): FirstCopy | undefined {
    return this.#idb;
  }

  get opfs(): OpfsCopy | undefined {
    return this.#opfs;
  }

  get copies(): Copies {
    if (this.#idb === undefined) return this.#opfs === undefined ? 'none' : 'opfs-only';
    if (this.#opfs === undefined) return 'indexeddb-only';
    return this.#opfs.settled ? 'both' : 'settling';
  }

  /** Resolves when the commit is durable in every copy there is. Rejects with JournalError, or with what `check` throws. */
  async write(commit: Commit, during: During): Promise<void> {
    await this.#payOwed();
    const begun = this.#beginIdb(commit);
    try {
      during.check();
    } catch (error) {
      begun?.abort();
      throw error;
    }
    // The commit is on its way before the flush below holds this thread.
    const toIdb = begun?.finish();
    const opfsError = this.#tryOpfs(commit);
    during.waiting();
    const idbError = await toIdb;
    if (idbError === undefined && opfsError === undefined) {
      if (this.#idb === undefined && this.#opfs === undefined) {
        throw new JournalError('disk', 'no copy can be written');
      }
      if (this.#idb !== undefined && this.#opfs !== undefined) this.trouble = undefined;
      return;
    }
    await this.#heal(commit, idbError, opfsError);
  }

  #beginIdb(commit: Commit): { finish(): Promise<Failure | undefined>; abort(): void } | undefined {
    try {
      const begun = this.#idb?.begin(commit);
      return begun && { finish: () => failureOf(begun.finish()), abort: () => begun.abort() };
    } catch (error) {
      return { finish: () => Promise.resolve({ error }), abort: () => undefined };
    }
  }

  /** Opens IndexedDB again, or gives it up. */
  async reconnect(): Promise<void> {
    if (this.#idb === undefined) return;
    try {
      this.#idb = await this.#care.reopenIdb();
    } catch (error) {
      this.trouble = troubleOf(error);
      this.#idb = undefined;
      await this.#care.idbLost();
    }
  }

  close(): void {
    this.#idb?.close();
    this.dropOpfs();
  }

  #tryOpfs(commit: Commit): { readonly error: unknown } | undefined {
    try {
      this.#opfs?.write(commit);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  async #payOwed(): Promise<void> {
    if (this.#owed === undefined) return;
    try {
      await this.#owed();
      this.#owed = undefined;
    } catch (error) {
      this.trouble = troubleOf(error);
      throw new JournalError(this.trouble, 'the copies do not agree yet', false, { cause: error });
    }
  }

  async #heal(commit: Commit, idb: Failure | undefined, opfs: Failure | undefined): Promise<void> {
    const failure = idb ?? opfs;
    this.trouble = troubleOf(failure?.error);
    if (idb !== undefined && opfs !== undefined) throw this.#refusal(failure, !isNoRoom(idb.error));
    if (isNoRoom(failure?.error)) return this.#takeBack(commit, failure, idb !== undefined ? 'opfs' : 'idb');
    if (idb !== undefined) await this.#healIdb(commit, idb);
    else await this.#healOpfs(commit);
  }

  /** Removes the commit from the copy that took it, and refuses the append. */
  async #takeBack(commit: Commit, failure: Failure | undefined, from: 'idb' | 'opfs'): Promise<never> {
    const undo = async () => {
      if (from === 'opfs') this.#opfs?.undo(commit);
      else await this.#idb?.undo(commit);
    };
    try {
      await undo();
    } catch {
      this.#owed = undo;
      throw this.#refusal(failure, true);
    }
    throw this.#refusal(failure, false);
  }

  async #healIdb(commit: Commit, failure: Failure): Promise<void> {
    if (this.#opfs === undefined) throw this.#refusal(failure, true);
    try {
      this.#idb?.close();
      const idb = await this.#care.reopenIdb();
      this.#idb = idb;
      // The transaction may have ended before the connection was lost: its rows would be the very same.
      const there = await idb.entry(commit.position);
      if (there?.hash !== commit.entries[0]?.hash) await idb.commit(commit);
      this.trouble = undefined;
    } catch (error) {
      if (isNoRoom(error)) return this.#takeBack(commit, { error }, 'opfs');
      this.#idb = undefined;
      await this.#care.idbLost();
    }
  }

  async #healOpfs(commit: Commit): Promise<void> {
    try {
      await this.#opfs?.prepare(); // Most often the next file was only not ready yet.
      this.#opfs?.write(commit);
      this.trouble = undefined;
    } catch (error) {
      this.trouble = troubleOf(error);
      if (this.#idb === undefined) throw this.#refusal({ error }, false);
      if (isNoRoom(error)) return this.#takeBack(commit, { error }, 'idb');
      this.dropOpfs();
    }
  }

  dropOpfs(): void {
    try {
      this.#opfs?.close();
    } finally {
      this.#opfs = undefined;
    }
  }

  #refusal(failure: Failure | undefined, maybeStored: boolean): JournalError {
    const code = this.trouble ?? 'disk';
    return new JournalError(code, `the entries could not be stored: ${code}`, maybeStored, {
      cause: failure?.error,
    });
  }
}

interface Failure {
  readonly error: unknown;
}

const failureOf = (work: Promise<void>): Promise<Failure | undefined> =>
  work.then(
    () => undefined,
    (error: unknown) => ({ error }),
  );
