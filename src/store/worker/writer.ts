import type { Signer } from '../../domain/chain.ts';
import type { EntryDraft, SignedEntry } from '../../domain/entry.ts';
import type { OperatorId } from '../../domain/ids.ts';
import { JournalError } from '../../domain/journal.ts';
import { isUnsendable, type JournalState } from '../journal-state.ts';
import { AppendQueue } from './append-queue.ts';
import { type CoreParts, JournalCore } from './journal-core.ts';
import type { Recovered } from './recover.ts';
import { JOURNAL_OPERATOR, placeAfter } from './sealer.ts';

/** Drafts per call: a sale with its attempt and its papers is under ten. */
const DRAFTS_MAX = 64;
/** Bytes per call, and per group commit: one record must fit a journal file with room to spare. */
const CALL_BYTES_MAX = 1024 * 1024;

/** What may be written into the books, in the one worker that may write them. */
export class Writer {
  readonly core: JournalCore;
  readonly #queue: AppendQueue;

  constructor(parts: CoreParts) {
    this.core = new JournalCore(parts);
    const bytesMax = Math.min(CALL_BYTES_MAX, parts.options.segmentBytes / 2);
    this.#queue = new AppendQueue((drafts) => this.core.serial(() => this.core.write(drafts)), bytesMax);
  }

  get state(): JournalState | undefined {
    return this.core.till?.state;
  }

  get signer(): Signer | undefined {
    return this.core.till?.signer;
  }

  /** Position of the last entry that both copies hold; nothing beyond it is shown or sent. */
  get last(): number {
    return this.core.till?.last ?? 0;
  }

  /** Goes on from what was found at start. A repair is written at once; if the disk refuses, before the next entry. */
  async adopt(found: Recovered): Promise<void> {
    const { state, signer, head, last, repair, base } = found;
    const goesOn = head !== undefined && repair?.newEpoch !== true;
    const place = goesOn ? placeAfter(head) : this.core.newPlace(base);
    this.core.till = { state, signer, head, last, place };
    if (repair === undefined) return;
    this.core.owe(repair);
    await this.#queue.add([]).catch(() => undefined);
  }

  /** The first entry of a till, or of a new key: state, key and entry are one commit. */
  async begin(state: JournalState, signer: Signer, draft: EntryDraft, base?: string): Promise<void> {
    await this.core.serial(async () => {
      const before = this.core.till;
      const { head, last } = before ?? { head: undefined, last: 0 };
      const place = before?.place ?? this.core.newPlace(base === undefined ? undefined : { hash: base });
      this.core.till = { state, signer, place, head, last };
      try {
        await this.core.write([{ draft, operator: JOURNAL_OPERATOR }], { state, signer });
      } catch (error) {
        this.core.till = before;
        throw error;
      }
    });
  }

  /** All drafts of one call are one commit. Resolves when both copies hold them. */
  append(drafts: readonly EntryDraft[], operator: OperatorId): Promise<readonly SignedEntry[]> {
    const till = this.core.till;
    if (till === undefined) {
      return Promise.reject(new JournalError('not-enrolled', 'this till is not enrolled'));
    }
    if (drafts.length === 0 || drafts.length > DRAFTS_MAX) {
      return Promise.reject(new JournalError('invalid-entry', `${drafts.length} entries in one call`));
    }
    return this.#queue.add(drafts.map((draft) => ({ draft, operator })));
  }

  async park(position: number, reason: string): Promise<void> {
    await this.core.serial(async () => {
      const till = this.core.enrolled();
      if (position > till.last || till.state.parked.some((each) => each.position === position)) return;
      const parkedAt = Math.trunc(this.core.options.clock.now());
      const parked = [...till.state.parked, { position, reason: reason.slice(0, 64), parkedAt }];
      parked.sort((a, b) => a.position - b.position);
      await this.core.putState({ ...till.state, parked }, 'flushed');
    });
  }

  /** Entries behind a gap stay parked: the server cannot take them, and where the chain is broken must stay known. */
  async unpark(position: number): Promise<void> {
    await this.core.serial(async () => {
      const { state } = this.core.enrolled();
      const parked = state.parked.filter((each) => each.position !== position || isUnsendable(each));
      await this.core.putState({ ...state, parked }, 'flushed');
    });
  }

  /** The browser closed the database: it is opened again before the next entry needs it. */
  async reconnect(): Promise<void> {
    await this.core.serial(() => this.core.copies.reconnect());
    this.core.changed();
  }

  /** Resolves when nothing is being written. */
  async idle(): Promise<void> {
    await this.core.serial(() => Promise.resolve());
  }
}
