import { ENTRY_BYTES_MAX, type SignedEntry } from '../../domain/entry.ts';
import { JournalError } from '../../domain/journal.ts';
import { bytesAtMost, RefusedDraft, type Signed } from './sealer.ts';

/** Most calls that may wait. A till with this many unwritten sales has a disk that does not answer; it must say so. */
const CALLS_MAX = 512;
/** Most entries in one group commit: some ten milliseconds of work. */
const GROUP_MAX = 64;

interface Call {
  readonly drafts: readonly Signed[];
  /** The most bytes it can take; found when it is first needed. */
  bytes?: number;
  readonly resolve: (entries: readonly SignedEntry[]) => void;
  readonly reject: (error: unknown) => void;
}

type Write = (drafts: readonly Signed[]) => Promise<readonly SignedEntry[]>;

/** Calls that arrive while a commit is on its way share the next one, in their order; each is told only of its own entries. */
export class AppendQueue {
  readonly #write: Write;
  readonly #bytesMax: number;
  #calls: Call[] = [];
  #running = false;

  /** `write` makes one group durable or rejects. A group is one record of a journal file: `bytesMax` bounds it. */
  constructor(write: Write, bytesMax: number) {
    this.#write = write;
    this.#bytesMax = bytesMax;
  }

  /** Resolves with the entries once they are durable. Rejects with `too-large` when the call is, or too many wait. */
  add(drafts: readonly Signed[]): Promise<readonly SignedEntry[]> {
    // A few drafts always fit: each is bounded by itself.
    if (drafts.length * ENTRY_BYTES_MAX > this.#bytesMax && bytesAtMost(drafts) > this.#bytesMax) {
      return Promise.reject(new JournalError('too-large', 'a call larger than one record'));
    }
    if (this.#calls.length >= CALLS_MAX) {
      return Promise.reject(new JournalError('too-large', 'too many entries wait to be written'));
    }
    return new Promise((resolve, reject) => {
      this.#calls.push({ drafts, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    while (this.#calls.length > 0) {
      const group = this.#take();
      try {
        const entries = await this.#write(group.flatMap((call) => call.drafts));
        let at = 0;
        for (const call of group) {
          call.resolve(entries.slice(at, at + call.drafts.length));
          at += call.drafts.length;
        }
      } catch (error) {
        this.#refuse(group, error);
      }
    }
    this.#running = false;
  }

  /** One draft that can be no entry fails its own call; the others of the group are tried again without it. */
  #refuse(group: readonly Call[], error: unknown): void {
    let first = 0;
    const bad = group.find((call) => {
      const found =
        error instanceof RefusedDraft && error.at >= first && error.at < first + call.drafts.length;
      first += call.drafts.length;
      return found;
    });
    for (const call of group) if (bad === undefined || call === bad) call.reject(error);
    if (bad !== undefined) this.#calls.unshift(...group.filter((call) => call !== bad));
  }

  #take(): readonly Call[] {
    let entries = 0;
    let bytes = 0;
    let count = 0;
    for (const call of this.#calls) {
      entries += call.drafts.length;
      if (this.#calls.length > 1) bytes += call.bytes ??= bytesAtMost(call.drafts);
      if (count > 0 && (entries > GROUP_MAX || bytes > this.#bytesMax)) break;
      count += 1;
    }
    return this.#calls.splice(0, count);
  }
}
