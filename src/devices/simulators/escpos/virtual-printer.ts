import type { PrinterOperation } from './operation.ts';
import { Paper, type PaperLine } from './paper.ts';
import { EscPosParser, type PrinterCharset } from './parser.ts';
import { RealtimeScanner } from './realtime.ts';

export interface VirtualPrinterOptions {
  readonly columns: number;
  readonly charset: PrinterCharset;
  /** Bytes taken while nothing is printed; then it takes no more (NAK on USB, DSR low on a serial line). */
  readonly bufferBytes: number;
  /** `none` is a clone that can only be written to: it never says anything. */
  readonly answers: 'gs-h' | 'gs-r' | 'realtime' | 'none';
  readonly model: string;
}

const DEFAULTS: VirtualPrinterOptions = {
  columns: 48,
  charset: 'gb18030',
  bufferBytes: 4_096,
  answers: 'gs-h',
  model: 'XJ-80',
};

export interface DrawerKick {
  readonly pin: 2 | 5;
  readonly onMs: number;
  readonly offMs: number;
}

/** Kicks remembered: enough for a day on the training screen. */
const KICKS_MAX = 500;

type Paperstate = 'ok' | 'near-end' | 'end';

/**
 * A receipt printer without metal: parses every byte, draws the paper, and answers status as the command reference
 * says. Training mode shows its paper; tests make it run out of paper, open its cover, stop taking, or fall silent.
 */
export class VirtualPrinter {
  readonly options: VirtualPrinterOptions;
  readonly #paper: Paper;
  readonly #parser: EscPosParser;
  readonly #realtime = new RealtimeScanner();
  readonly #replies = new Set<(bytes: Uint8Array<ArrayBuffer>) => void>();
  readonly #rooms = new Set<() => void>();
  readonly #listeners = new Set<() => void>();
  #buffer: number[] = [];
  #paperState: Paperstate = 'ok';
  #isCoverOpen = false;
  #isDrawerOpen = false;
  #statusMask = 0;
  #isWorking = false;
  #holdAfter = Number.POSITIVE_INFINITY;
  #linesLeft = Number.POSITIVE_INFINITY;
  kicks: readonly DrawerKick[] = [];
  /** Bytes taken since it was made. */
  received = 0;

  constructor(options: Partial<VirtualPrinterOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
    this.#paper = new Paper(this.options.columns);
    this.#parser = new EscPosParser(this.options.charset);
  }

  get columns(): number {
    return this.options.columns;
  }

  /** What came out, oldest first. A new array after every change. */
  get paper(): readonly PaperLine[] {
    return this.#paper.lines;
  }

  get paperState(): Paperstate {
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
    return Math.max(0, Math.min(this.options.bufferBytes - this.#buffer.length, this.#holdAfter));
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
        const question = this.#realtime.push(byte);
        if (question?.kind === 'status') this.#say(this.#realtimeByte(question.n));
        if (question?.kind === 'status-back') this.#sendStatus();
        if (question?.kind === 'pulse')
          this.#kick({ pin: question.pin, onMs: question.onMs, offMs: question.onMs });
        this.#buffer.push(byte);
      }
      this.#work();
    }
    return taken;
  }

  setPaper(state: Paperstate): void {
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

  /** Works off the buffer byte by byte, so that a roll that ends in the middle of it stops right there. */
  #work(): void {
    if (this.#isWorking) return; // A drawer kick in the buffer changes the status, and that leads back here.
    this.#isWorking = true;
    let used = 0;
    let hasChanged = false;
    while (used < this.#buffer.length && !this.isOffline) {
      const byte = this.#buffer[used] ?? 0;
      used += 1;
      for (const operation of this.#parser.push(Uint8Array.of(byte)))
        hasChanged = this.#do(operation) || hasChanged;
    }
    if (used > 0) this.#buffer = this.#buffer.slice(used);
    this.#isWorking = false;
    if (hasChanged) this.#tell();
  }

  /** True when there is something new to see. */
  #do(operation: PrinterOperation): boolean {
    const { answers } = this.options;
    switch (operation.op) {
      case 'initialise':
        this.#statusMask = 0;
        break;
      case 'status-back':
        this.#statusMask = operation.mask;
        if (operation.mask !== 0) this.#sendStatus();
        return false;
      case 'ask':
        if (answers !== 'realtime')
          this.#say([operation.n === 2 ? Number(this.#isDrawerOpen) : this.#paperByte()]);
        return false;
      case 'confirm':
        if (answers === 'gs-h') this.#say([0x37, 0x22, ...ascii(operation.id), 0]);
        return false;
      case 'identify':
        if (answers === 'gs-h')
          this.#say([0x5f, ...ascii(operation.n === 67 ? this.options.model : 'Xiaoji'), 0]);
        return false;
      case 'pulse':
        this.#kick(operation);
        return true;
      default:
        break;
    }
    const lines = this.#paper.draw(operation);
    this.#linesLeft -= lines;
    if (this.#linesLeft <= 0 && this.#paperState !== 'end') this.setPaper('end');
    return lines > 0 || operation.op === 'raster';
  }

  #kick({ pin, onMs, offMs }: DrawerKick): void {
    this.kicks = [...this.kicks.slice(-KICKS_MAX + 1), { pin, onMs, offMs }];
    this.#change(() => {
      this.#isDrawerOpen = true;
    });
  }

  #change(make: () => void): void {
    const before = this.#statusBytes().join();
    make();
    if (this.#statusMask !== 0 && this.#statusBytes().join() !== before) this.#sendStatus();
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

  #say(bytes: readonly number[]): void {
    if (this.options.answers === 'none') return;
    for (const listener of [...this.#replies]) listener(Uint8Array.from(bytes));
  }

  #sendStatus(): void {
    this.#say(this.#statusBytes());
  }

  /** GS a: four bytes; bits 4 (first byte) and 0–3 (fourth) are fixed at 1. */
  #statusBytes(): readonly number[] {
    const first =
      0x10 | (this.#isDrawerOpen ? 0x04 : 0) | (this.isOffline ? 0x08 : 0) | (this.#isCoverOpen ? 0x20 : 0);
    return [first, 0, this.#paperByte(), 0x0f];
  }

  /** GS r 1 and the third byte of GS a: bits 0–1 near end, bits 2–3 end. An ended roll is near its end, too. */
  #paperByte(): number {
    return this.#paperState === 'end' ? 0x0f : this.#paperState === 'near-end' ? 0x03 : 0;
  }

  /** DLE EOT n: bits 1 and 4 are fixed at 1. */
  #realtimeByte(n: number): readonly number[] {
    const isEnd = this.#paperState === 'end';
    switch (n) {
      case 1:
        return [0x12 | (this.#isDrawerOpen ? 0x04 : 0) | (this.isOffline ? 0x08 : 0)];
      case 2:
        return [0x12 | (this.#isCoverOpen ? 0x04 : 0) | (isEnd ? 0x20 : 0)];
      case 3:
        return [0x12];
      default:
        return [0x12 | (isEnd ? 0x6c : this.#paperState === 'near-end' ? 0x0c : 0)];
    }
  }
}

const ascii = (text: string): number[] => Array.from(text, (each) => each.charCodeAt(0));
