import type { WorkerOptions } from './options.ts';
import { SegmentFile } from './segment-file.ts';

/** Most files a till may hold: half a gigabyte is a year without a server. */
const SEGMENTS_MAX = 64;
/** Spares kept after a long time offline; the rest is given back to the disk. */
const SPARES_KEPT = 4;
const NAME = /^segment-(\d+)$/;

/** The files of the second journal: which exist, which are free, and which have lived long enough to be trusted. */
export class SegmentPool {
  readonly #folder: FileSystemDirectoryHandle;
  readonly #options: WorkerOptions;
  readonly #changed: () => void;
  readonly #since = new Map<SegmentFile, number>();
  readonly #settled = new Set<SegmentFile>();
  #segments: SegmentFile[];
  #spares: SegmentFile[] = [];
  #making: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  /** Highest number ever used in this life: a name is not given twice, because trust is remembered by name. */
  #highest = 0;

  private constructor(
    folder: FileSystemDirectoryHandle,
    segments: SegmentFile[],
    options: WorkerOptions,
    changed: () => void,
  ) {
    this.#folder = folder;
    this.#segments = segments;
    this.#options = options;
    this.#changed = changed;
  }

  static async open(name: string, options: WorkerOptions, changed: () => void): Promise<SegmentPool> {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(name, { create: true });
    const segments: SegmentFile[] = [];
    for await (const [entry, handle] of folder.entries()) {
      if (handle.kind !== 'file' || !NAME.test(entry)) continue;
      segments.push(await SegmentFile.open(handle as FileSystemFileHandle, options.faults));
    }
    return new SegmentPool(folder, segments, options, changed);
  }

  get segments(): readonly SegmentFile[] {
    return this.#segments;
  }

  get settledNames(): readonly string[] {
    return [...this.#settled].map((segment) => segment.name);
  }

  get nextOrdinal(): number {
    return Math.max(0, ...this.#segments.map((segment) => segment.ordinal)) + 1;
  }

  isSettled(segment: SegmentFile): boolean {
    return this.#settled.has(segment);
  }

  /** After the scan: every file that is not live is a spare; files named as settled are. */
  begin(live: readonly SegmentFile[], settledNames: readonly string[]): void {
    for (const segment of this.#segments) {
      // A file cut short while it was being made is no journal file: it would not be allocated in advance.
      if (!live.includes(segment) && segment.size >= this.#options.segmentBytes) this.#spares.push(segment);
      if (settledNames.includes(segment.name)) this.#settled.add(segment);
      else this.#since.set(segment, this.#options.clock.mono());
    }
    this.#watch();
    if (live.length > 0) void this.#makeSpares(this.#options.spareSegments);
  }

  /** At least `count` spares exist when this resolves. Throws what the browser throws when a file cannot be made. */
  async ensure(count: number): Promise<void> {
    while (this.#spares.length < count) {
      await (this.#making ?? this.#make());
    }
  }

  /** A spare for use, a settled one if there is any. Throws NotFoundError when none is ready: `ensure` makes one. */
  take(): SegmentFile {
    const settled = this.#spares.findIndex((segment) => this.#settled.has(segment));
    const segment = this.#spares.splice(Math.max(0, settled), 1)[0];
    if (segment === undefined) throw new DOMException('no journal file is ready', 'NotFoundError');
    segment.reuse(this.nextOrdinal);
    void this.#makeSpares(this.#options.spareSegments);
    return segment;
  }

  giveBack(segments: readonly SegmentFile[]): void {
    for (const segment of segments) {
      if (this.#spares.length < SPARES_KEPT && segment.size >= this.#options.segmentBytes)
        this.#spares.push(segment);
      else void this.#remove(segment);
    }
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const segment of this.#segments) segment.close();
  }

  async #remove(segment: SegmentFile): Promise<void> {
    this.#segments = this.#segments.filter((each) => each !== segment);
    this.#settled.delete(segment);
    this.#since.delete(segment);
    segment.close();
    await this.#folder.removeEntry(segment.name).catch(() => undefined);
  }

  async #makeSpares(count: number): Promise<void> {
    // A spare that cannot be made now is asked for again at the next rotation, and then the failure is told.
    await this.ensure(count).catch(() => undefined);
  }

  #make(): Promise<void> {
    this.#making = this.#makeOne().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  async #makeOne(): Promise<void> {
    if (this.#closed || this.#segments.length >= SEGMENTS_MAX) {
      throw new DOMException('disk full: too many journal files', 'QuotaExceededError');
    }
    const numbers = this.#segments.map((segment) => Number(NAME.exec(segment.name)?.[1] ?? 0));
    this.#highest = Math.max(this.#highest, ...numbers) + 1;
    const name = `segment-${this.#highest}`;
    const segment = await SegmentFile.create(
      this.#folder,
      name,
      this.#options.segmentBytes,
      this.#options.faults,
    );
    if (this.#closed) return segment.close();
    this.#segments.push(segment);
    this.#spares.push(segment);
    this.#since.set(segment, this.#options.clock.mono());
    this.#watch();
  }

  /** Marks files that have lived long enough, and looks again when the next one will have. */
  #watch(): void {
    clearTimeout(this.#timer);
    const now = this.#options.clock.mono();
    let wait = Number.POSITIVE_INFINITY;
    let settledOne = false;
    for (const [segment, since] of this.#since) {
      const left = since + this.#options.settleMs - now;
      if (left > 0) wait = Math.min(wait, left);
      else {
        this.#since.delete(segment);
        this.#settled.add(segment);
        settledOne = true;
      }
    }
    if (Number.isFinite(wait) && !this.#closed) this.#timer = setTimeout(() => this.#watch(), wait);
    if (settledOne) this.#changed();
  }
}
