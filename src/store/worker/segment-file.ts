import { FRAME_HEADER_BYTES, type FrameAt, scanSegment } from '../framing.ts';
import type { Faults } from './faults.ts';

/** How often a file that another worker has just let go of is tried again, and the pause between: a reload needs some ms. */
const OPEN_TRIES = 20;
const OPEN_PAUSE_MS = 50;
/** Bytes zeroed in one go while a file is made, so that a commit never waits long behind it. */
const FILL_BYTES = 256 * 1024;
/** What a first look reads of a file, bytes, and how much of that must lie behind the last record. */
const LOOK_BYTES = 256 * 1024;
const LOOK_BEYOND_BYTES = 64 * 1024;
/** How much farther it looks when records reach to its end. */
const LOOK_GROWS = 4;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

async function openHandle(file: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await file.createSyncAccessHandle();
    } catch (error) {
      const held = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!held || tries >= OPEN_TRIES) throw error;
      await pause(OPEN_PAUSE_MS);
    }
  }
}

/** One pre-sized journal file, held open for the life of the worker. */
export class SegmentFile {
  readonly name: string;
  readonly size: number;
  readonly #handle: FileSystemSyncAccessHandle;
  readonly #faults: Faults;
  /** Which use of the file this is; 0 while it is a spare that was never used. */
  ordinal = 0;
  /** Where the next record goes. */
  end = 0;

  private constructor(name: string, handle: FileSystemSyncAccessHandle, faults: Faults) {
    this.name = name;
    this.#handle = handle;
    this.#faults = faults;
    this.size = handle.getSize();
  }

  static async open(file: FileSystemFileHandle, faults: Faults): Promise<SegmentFile> {
    return new SegmentFile(file.name, await openHandle(file), faults);
  }

  /** A new file of zeros, every block of it really allocated. Yields between parts. */
  static async create(
    folder: FileSystemDirectoryHandle,
    name: string,
    size: number,
    faults: Faults,
  ): Promise<SegmentFile> {
    faults.at('opfs-create');
    const file = await folder.getFileHandle(name, { create: true });
    const handle = await openHandle(file);
    const zeros = new Uint8Array(Math.min(FILL_BYTES, size));
    for (let at = 0; at < size; at += zeros.length) {
      handle.write(zeros.subarray(0, Math.min(zeros.length, size - at)), { at });
      await pause(0);
    }
    handle.flush();
    return new SegmentFile(name, handle, faults);
  }

  /**
   * Reads the records and sets `ordinal` and `end`. `whole`: every byte; otherwise no farther than the records that follow
   * on from the beginning, and a little: a file that is mostly empty costs almost nothing, but what stands behind a larger
   * damaged place is not found. The payloads are views of one buffer: do not keep them.
   */
  scan(whole: boolean): { readonly frames: readonly FrameAt[]; readonly damaged: boolean } {
    for (let look = whole ? this.size : LOOK_BYTES; ; look *= LOOK_GROWS) {
      const bytes = new Uint8Array(Math.min(look, this.size));
      this.#handle.read(bytes, { at: 0 });
      const { ordinal, frames, end, damaged } = scanSegment(bytes);
      if (bytes.length < this.size && end + LOOK_BEYOND_BYTES > bytes.length) continue;
      this.ordinal = ordinal;
      this.end = end;
      return { frames, damaged };
    }
  }

  hasRoom(bytes: number): boolean {
    return this.end + bytes <= this.size;
  }

  /** Begins a new use of the file. What is left of the old one no longer counts. */
  reuse(ordinal: number): void {
    this.ordinal = ordinal;
    this.end = 0;
  }

  /** Writes at the end and moves it. Not durable before `flush`. Throws what the browser throws. */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#faults.at('opfs-write');
    const written = this.#handle.write(bytes, { at: this.end });
    if (written !== bytes.length) throw new DOMException('disk full: short write', 'QuotaExceededError');
    this.end += bytes.length;
  }

  flush(): void {
    this.#handle.flush();
  }

  /** Makes the record at `offset` unreadable and sets the end there. */
  invalidate(offset: number): void {
    this.#faults.at('opfs-undo');
    this.#handle.write(new Uint8Array(FRAME_HEADER_BYTES), { at: offset });
    this.end = Math.min(this.end, offset);
  }

  read(offset: number, bytes: number): Uint8Array<ArrayBuffer> {
    const buffer = new Uint8Array(bytes);
    this.#handle.read(buffer, { at: offset });
    return buffer;
  }

  close(): void {
    this.#handle.close();
  }
}
