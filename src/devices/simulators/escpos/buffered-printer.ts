import type { PrinterOperation } from './operation.ts';
import { Paper, type PaperLine } from './paper.ts';

export interface DrawerKick {
  readonly pin: 2 | 5;
  readonly onMs: number;
  readonly offMs: number;
}

export type RollState = 'ok' | 'near-end' | 'end';

export interface BufferedPrinterOptions {
  readonly columns: number;
  /** Bytes taken while nothing is printed; then it takes no more (NAK on USB, DSR low on a serial line). */
  readonly bufferBytes: number;
  /** True for a drawer whose sense switch closes when the drawer closes: its pin is high while it is shut. */
  readonly isDrawerInverted?: boolean;
}

/** Kicks remembered: enough for a day on the training screen. */
const KICKS_MAX = 500;

/**
 * What every receipt printer without metal has, whatever it speaks: a roll, a cover, a drawer, a buffer that fills up, and
 * the ways to break. A language adds how bytes become operations and how status is said.
 */
export abstract class BufferedPrinter {
  readonly #options: BufferedPrinterOptions;
  readonly #paper: Paper;
  readonly #replies = new Set<(bytes: Uint8Array<ArrayBuffer>) => void>();
  readonly #rooms = new Set<() => void>();
  readonly #listeners = new Set<() => void>();
  #buffer: number[] = [];
  #paperState: RollState = 'ok';
  #isCoverOpen = false;
  #isDrawerOpen = false;
  #isWorking = false;
  #holdAfter = Number.POSITIVE_INFINITY;
  #linesLeft = Number.POSITIVE_INFINITY;
  kicks: readonly DrawerKick[] = [];
  /** Bytes taken since it was made. */
  received = 0;

  constructor(options: BufferedPrinterOptions) {
    this.#options = options;
    this.#paper = new Paper(options.columns);
  }

  get columns(): number {
    return this.#options.columns;
  }

  /** What came out, oldest first. A new array after every change. */
  get paper(): readonly PaperLine[] {
    return this.#paper.lines;
  }

  get paperState(): RollState {
    return this.#paperState;
  }

  get isCoverOpen(): boolean {
    return this.#isCoverOpen;
  }

  get isDrawerOpen(): boolean {
    return this.#isDrawerOpen;
  }

  get isOffline(): boolean {
    return this.#isCoverOpen || this.#paperState === 'end';
  }

  /** Called when paper, cover, drawer or paper roll changed. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called with every answer, as the bytes on the wire. */
  onReply(listener: (bytes: Uint8Array<ArrayBuffer>) => void): () => void {
    this.#replies.add(listener);
    return () => this.#replies.delete(listener);
  }

  /** Called when it may take bytes again after it took fewer than were given. */
  onRoom(listener: () => void): () => void {
    this.#rooms.add(listener);
    return () => this.#rooms.delete(listener);
  }

  /** How many bytes it would take now. */
  get room(): number {
    return Math.max(0, Math.min(this.#options.bufferBytes - this.#buffer.length, this.#holdAfter));
  }

  /** Gives it bytes; returns how many it took. */
  receive(bytes: Uint8Array): number {
    let taken = 0;
    while (taken < bytes.length && this.room > 0) {
      const part = bytes.subarray(taken, taken + this.room);
      taken += part.length;
      this.received += part.length;
      this.#holdAfter -= part.length;
      for (const byte of part) {
        this.hearNow(byte);
        this.#buffer.push(byte);
      }
      this.#work();
    }
    return taken;
  }

  setPaper(state: RollState): void {
    this.#linesLeft = Number.POSITIVE_INFINITY;
    this.#change(() => {
      this.#paperState = state;
    });
  }

  setCover(isOpen: boolean): void {
    this.#change(() => {
      this.#isCoverOpen = isOpen;
    });
  }

  closeDrawer(): void {
    this.#change(() => {
      this.#isDrawerOpen = false;
    });
  }

  /** Fault: the roll ends after this many more lines. */
  endPaperAfter(lines: number): void {
    this.#linesLeft = lines;
  }

  /** Fault: takes this many more bytes and then none until `release`. */
  holdAfter(bytes: number): void {
    this.#holdAfter = bytes;
  }

  release(): void {
    this.#holdAfter = Number.POSITIVE_INFINITY;
    this.#work();
    this.#tellRoom();
  }

  /** Fault: says bytes that nobody asked for. */
  babble(bytes: Uint8Array<ArrayBuffer>): void {
    for (const listener of [...this.#replies]) listener(bytes);
  }

  /** Tears the paper off. */
  tear(): void {
    this.#paper.tear();
    this.#tell();
  }

  /** Sees a byte the moment it arrives, before anything that waits in the buffer: questions in real time. */
  protected abstract hearNow(byte: number): void;

  /** What one byte, in its turn, completes. */
  protected abstract understand(byte: number): readonly PrinterOperation[];

  /** Acts on what is no mark on paper: true when there is something new to see. Otherwise what is to be drawn. */
  protected abstract act(operation: PrinterOperation): boolean | PrinterOperation;

  /** The state as it would be said now; a printer that reports by itself says it when this has changed. */
  protected abstract get statusBytes(): readonly number[];

  /** Something of the status has changed. */
  protected abstract statusChanged(): void;

  protected say(bytes: readonly number[]): void {
    for (const listener of [...this.#replies]) listener(Uint8Array.from(bytes));
  }

  protected kick({ pin, onMs, offMs }: DrawerKick): void {
    this.kicks = [...this.kicks.slice(-KICKS_MAX + 1), { pin, onMs, offMs }];
    this.#change(() => {
      this.#isDrawerOpen = true;
    });
  }

  /** Level of the sense pin, as the drawer on this cable has it wired. */
  protected get isDrawerPinHigh(): boolean {
    return this.#isDrawerOpen !== (this.#options.isDrawerInverted ?? false);
  }

  /** Works off the buffer byte by byte, so that a roll that ends in the middle of it stops right there. */
  #work(): void {
    if (this.#isWorking) return; // A drawer kick in the buffer changes the status, and that leads back here.
    this.#isWorking = true;
    let used = 0;
    let hasChanged = false;
    while (used < this.#buffer.length && !this.isOffline) {
      const byte = this.#buffer[used] ?? 0;
      used += 1;
      for (const operation of this.understand(byte)) hasChanged = this.#do(operation) || hasChanged;
    }
    if (used > 0) this.#buffer = this.#buffer.slice(used);
    this.#isWorking = false;
    if (hasChanged) this.#tell();
  }

  /** True when there is something new to see. */
  #do(operation: PrinterOperation): boolean {
    const drawn = this.act(operation);
    if (typeof drawn === 'boolean') return drawn;
    const lines = this.#paper.draw(drawn);
    this.#linesLeft -= lines;
    if (this.#linesLeft <= 0 && this.#paperState !== 'end') this.setPaper('end');
    return lines > 0 || drawn.op === 'raster';
  }

  #change(make: () => void): void {
    const before = this.statusBytes.join();
    make();
    if (this.statusBytes.join() !== before) this.statusChanged();
    this.#work();
    this.#tell();
    this.#tellRoom();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  #tellRoom(): void {
    if (this.room > 0) for (const listener of [...this.#rooms]) listener();
  }
}
