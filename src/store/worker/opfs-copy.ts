import type { SignedEntry } from '../../domain/entry.ts';
import { decodeFrame, encodeFrame, FRAME_HEADER_BYTES, type FrameKind } from '../framing.ts';
import { firstNeeded, type JournalState } from '../journal-state.ts';
import type { Placed } from '../protocol.ts';
import { runsOf } from '../runs.ts';
import type { Commit } from './books.ts';
import { FrameIndex, type IndexedFrame } from './frame-index.ts';
import type { WorkerOptions } from './options.ts';
import type { SegmentFile } from './segment-file.ts';
import { SegmentPool } from './segment-pool.ts';

/** What the state record of a segment says, besides the journal's state. */
interface SegmentState {
  readonly journal: JournalState;
  /** Segments of an earlier ordinal are free, whatever they still hold. */
  readonly firstOrdinal: number;
  /** Names of files that have lived long enough to survive a power cut. */
  readonly settled: readonly string[];
}

/** Entries per record when many are written at once. */
const REBUILT_AT_ONCE = 200;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
/** One JSON text a line. */
const encodeEntries = (entries: readonly SignedEntry[]) =>
  encoder.encode(entries.map((signed) => JSON.stringify(signed)).join('\n'));

/** What a segment holds, without keeping its bytes. */
function readSegment(segment: SegmentFile, whole: boolean) {
  const { frames, damaged } = segment.scan(whole);
  const entries: IndexedFrame[] = [];
  let state: SegmentState | undefined;
  for (const { kind, offset, bytes, position, count, payload } of frames) {
    if (kind === 'state') state = JSON.parse(decoder.decode(payload)) as SegmentState;
    else if (kind === 'entries') entries.push({ segment, offset, bytes, position, count });
  }
  return { segment, damaged, entries, state };
}

/**
 * The second journal: records in pre-sized OPFS files, flushed at every commit. It can stand alone: each segment begins
 * with the till's identity, keys, epochs, the server's last word and what is parked.
 */
export class OpfsCopy {
  readonly #pool: SegmentPool;
  readonly #index = new FrameIndex();
  #live: SegmentFile[] = [];
  #state: SegmentState | undefined;
  /** A record before the end could not be read when the copy was opened. */
  damaged = false;
  readonly #kept: number;

  private constructor(pool: SegmentPool, kept: number) {
    this.#pool = pool;
    this.#kept = kept;
  }

  /** Opens or makes the folder and takes a first look at the files. Throws what the browser throws when there is no OPFS. */
  static async open(folder: string, options: WorkerOptions, changed: () => void): Promise<OpfsCopy> {
    options.faults.at('opfs-open');
    const copy = new OpfsCopy(await SegmentPool.open(folder, options, changed), options.keptEntries);
    copy.#look(false);
    return copy;
  }

  /**
   * Takes the files into use; to be called once, before anything is asked. The first look is believed when it ends in the
   * very entry the other copy ends in, with nothing missing before it; otherwise every byte of every file is looked at,
   * because then it matters what may still be found behind a damaged place. Throws what the browser throws.
   */
  takeUp(end: Placed | undefined): void {
    if (!this.#isProvedBy(end)) this.#look(true);
    this.#pool.begin(this.#live, this.#state?.settled ?? []);
  }

  get state(): JournalState | undefined {
    return this.#state?.journal;
  }

  get first(): number {
    return this.#index.first;
  }

  get last(): number {
    return this.#index.last;
  }

  /** Entries are missing in the middle, other than those already known to be lost. */
  holed(known: readonly number[]): boolean {
    for (const position of this.#index.holes()) if (!known.includes(position)) return true;
    return false;
  }

  /** The file in use has lived long enough for its name to be on disk. */
  get settled(): boolean {
    const active = this.#live.at(-1);
    return active !== undefined && this.#pool.isSettled(active);
  }

  #look(whole: boolean): void {
    this.#live = [];
    this.#index.clear();
    this.damaged = false;
    const used = this.#pool.segments
      .map((segment) => readSegment(segment, whole))
      .filter(({ segment }) => segment.ordinal > 0)
      .sort((a, b) => a.segment.ordinal - b.segment.ordinal);
    this.#state = used.findLast((each) => each.state !== undefined)?.state;
    const firstOrdinal = this.#state?.firstOrdinal ?? 1;
    for (const { segment, entries, damaged } of used) {
      if (segment.ordinal < firstOrdinal) continue;
      this.#live.push(segment);
      this.damaged ||= damaged;
      for (const frame of entries) this.#index.add(frame);
    }
  }

  #isProvedBy(end: Placed | undefined): boolean {
    if (end === undefined || this.damaged || this.last !== end.position || this.holed([])) return false;
    const first = this.#state?.firstOrdinal ?? 0;
    // Every file from the first to the last is there: none was passed over because its beginning cannot be read.
    if (this.#live.some((segment, at) => segment.ordinal !== first + at)) return false;
    return this.entries(end.position - 1, end.position, 1)[0]?.signed.hash === end.signed.hash;
  }

  /** Makes the files of a till that has none. Awaits the first; the spares follow by themselves. */
  async prepare(): Promise<void> {
    await this.#pool.ensure(1);
  }

  /** Writes and flushes one commit. After an error nothing of it counts: what was written is made unreadable. */
  write(commit: Commit): void {
    const before = this.#state;
    const marks: (() => void)[] = [];
    try {
      if (commit.state !== undefined && this.#live.length === 0) this.#remember(commit.state);
      else if (commit.state !== undefined) marks.push(this.#put('state', 0, this.#stateBytes(commit.state)));
      marks.push(this.#put('entries', commit.position, encodeEntries(commit.entries), commit.entries.length));
      this.#flush();
    } catch (error) {
      this.#state = before;
      for (const undo of marks.reverse()) undo();
      throw error;
    }
  }

  /** Takes the last commit back. Throws when the disk will not even take that. */
  undo(commit: Commit): void {
    const frame = [...this.#index.from(commit.position)].at(-1);
    if (frame === undefined || frame.position !== commit.position) return;
    frame.segment.invalidate(frame.offset);
    frame.segment.flush();
    this.#index.dropLast();
  }

  /** Writes a state that changed without an entry. Rides on the next flush unless `flush` is asked for. */
  writeState(state: JournalState, flush: boolean): void {
    if (this.#live.length === 0) return;
    this.#put('state', 0, this.#stateBytes(state));
    if (flush) this.#flush();
  }

  /** Entries after a position, oldest first. */
  entries(after: number, last: number, limit: number): readonly Placed[] {
    const found: Placed[] = [];
    for (const frame of this.#index.from(after + 1)) {
      const whole = decodeFrame(frame.segment.read(frame.offset, frame.bytes), 0);
      if (whole === undefined) throw new DOMException('journal record cannot be read', 'NotReadableError');
      const texts = decoder.decode(whole.payload).split('\n');
      for (const [at, line] of texts.entries()) {
        const position = frame.position + at;
        if (position > last || found.length >= limit) return found;
        if (position > after) found.push({ position, signed: JSON.parse(line) as SignedEntry });
      }
    }
    return found;
  }

  /** Lowest position that must stay here, of a journal that ends at `last`: what the server may lack, and the latest. */
  neededFrom(state: JournalState, last: number): number {
    return Math.max(1, Math.min(firstNeeded(state), last - this.#kept + 1));
  }

  /** Lets go of segments that hold nothing that must stay. They become spares, already settled. */
  release(state: JournalState): void {
    const needed = Math.min(this.neededFrom(state, this.last), this.last);
    let freed = 0;
    for (const segment of this.#live.slice(0, -1)) {
      const last = this.#index.lastIn(segment);
      if (last >= needed) break;
      freed += 1;
    }
    if (freed === 0) return;
    this.#free(freed, state);
  }

  /**
   * Writes the copy anew from another source, into files of its own, then lets the old ones go: if that is cut short,
   * the old ones still count.
   */
  async rebuild(
    state: JournalState,
    source: (after: number, limit: number) => Promise<readonly Placed[]>,
  ): Promise<void> {
    const old = this.#live.length;
    this.#index.clear();
    this.#remember(state);
    await this.#pool.ensure(1);
    this.#rotate();
    for (let after = 0; ; ) {
      const run = runsOf(await source(after, REBUILT_AT_ONCE))[0];
      const first = run?.[0];
      if (run === undefined || first === undefined) break;
      await this.#pool.ensure(1);
      this.#put('entries', first.position, encodeEntries(run.map((each) => each.signed)), run.length);
      after = first.position + run.length - 1;
    }
    this.#flush();
    this.damaged = false;
    this.#free(old, state);
  }

  close(): void {
    this.#pool.close();
  }

  #free(count: number, state: JournalState): void {
    const freed = this.#live.splice(0, count);
    for (const segment of freed) this.#index.dropSegment(segment);
    this.#put('state', 0, this.#stateBytes(state));
    this.#flush(); // Only now may the files be written again: a start must find them free, or not at all.
    this.#pool.giveBack(freed);
  }

  #remember(state: JournalState): void {
    this.#state = {
      journal: state,
      firstOrdinal: this.#live[0]?.ordinal ?? this.#pool.nextOrdinal,
      settled: this.#pool.settledNames,
    };
  }

  #stateBytes(state: JournalState): Uint8Array<ArrayBuffer> {
    this.#remember(state);
    return encoder.encode(JSON.stringify(this.#state));
  }

  /** Writes one record, in the next segment if this one is full. Returns what takes it back. */
  #put(kind: FrameKind, position: number, payload: Uint8Array, count = 0): () => void {
    const bytes = payload.length + FRAME_HEADER_BYTES;
    let active = this.#live.at(-1);
    if (active === undefined || !active.hasRoom(bytes)) active = this.#rotate();
    const offset = active.end;
    const segment = active;
    const undo = () => {
      segment.invalidate(offset);
      if (kind === 'entries' && this.#index.last >= position) this.#index.dropLast();
    };
    try {
      segment.write(encodeFrame({ kind, ordinal: segment.ordinal, position, count, payload }));
    } catch (error) {
      undo();
      throw error;
    }
    if (kind === 'entries') this.#index.add({ segment, offset, bytes, position, count });
    return undo;
  }

  #rotate(): SegmentFile {
    this.#live.at(-1)?.flush();
    const segment = this.#pool.take();
    this.#live.push(segment);
    const state = this.#state;
    if (state === undefined) throw new Error('no state to begin a segment with');
    this.#put('state', 0, this.#stateBytes(state.journal));
    return segment;
  }

  #flush(): void {
    this.#live.at(-1)?.flush();
  }
}
