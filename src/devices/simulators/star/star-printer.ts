import { BufferedPrinter, type BufferedPrinterOptions } from '../escpos/buffered-printer.ts';
import type { PrinterOperation } from '../escpos/operation.ts';
import { type StarFont, StarParser } from './parser.ts';

export interface StarPrinterOptions extends BufferedPrinterOptions {
  readonly font: StarFont;
  /** `etx` knows ESC GS ETX and ETB, `etb` the older one only; `status` neither; `none` can only be written to. */
  readonly answers: 'etx' | 'etb' | 'status' | 'none';
  /** False: as printer class on USB it does not report by itself, only when asked. */
  readonly reports: boolean;
}

const DEFAULTS: StarPrinterOptions = {
  columns: 48,
  font: 'utf8',
  bufferBytes: 4_096,
  answers: 'etx',
  reports: true,
};

/** Headers and printer status 1 to 7: 9 bytes. Bit 5 is 8, bits 1–3 are 1; version 3 in the second. */
const HEADERS = [0x23, 0x06] as const;
const ETB_MODULUS = 32;
/** ESC BEL not sent: 200 ms on, 200 ms off. */
const PULSE_MS = 200;
/** 4 mm from one line to the next. */
const SPACING_DOTS = 32;

/** A Star printer without metal: StarPRNT and Star Line Mode, automatic status, ETB and document counters. */
export class StarPrinter extends BufferedPrinter {
  readonly #options: StarPrinterOptions;
  readonly #parser: StarParser;
  #last: readonly number[] = [];
  #isReporting = false;
  #etbCounter = 0;
  #isEtbDone = false;
  #documents = 0;
  #pulse = { onMs: PULSE_MS, offMs: PULSE_MS };
  #spacing = SPACING_DOTS;
  #band: Extract<PrinterOperation, { op: 'raster-band' }> | undefined;

  constructor(options: Partial<StarPrinterOptions> = {}) {
    const all = { ...DEFAULTS, ...options };
    super(all);
    this.#options = all;
    this.#parser = new StarParser(all.font);
  }

  /** ESC ACK SOH, wherever it stands in the stream. */
  protected override hearNow(byte: number): void {
    this.#last = [...this.#last.slice(-2), byte];
    if (this.#last.join() === '27,6,1') this.#sendStatus();
  }

  protected override understand(byte: number): readonly PrinterOperation[] {
    return this.#parser.push(Uint8Array.of(byte));
  }

  protected override act(operation: PrinterOperation): boolean | PrinterOperation {
    switch (operation.op) {
      case 'status-back':
        // Where it is ignored, status is still said once.
        this.#isReporting = this.#options.reports && operation.mask === 1;
        if (this.#isReporting) this.#sendStatus();
        return false;
      case 'etb':
        return this.#etb();
      case 'clear-etb':
        this.#etbCounter = 0;
        this.#isEtbDone = false;
        return false;
      case 'end-counter':
        return this.#count(operation.s, operation.n1, operation.n2);
      case 'pulse-times':
        this.#pulse = { onMs: operation.onMs, offMs: operation.offMs };
        return false;
      case 'pulse':
        this.kick(operation.pin === 2 ? { pin: 2, ...this.#pulse } : operation);
        return true;
      case 'line-spacing':
        this.#spacing = operation.dots;
        return operation;
      case 'raster-band':
        this.#band = operation;
        return false;
      case 'line-feed':
        return this.#printBand() ?? operation;
      default:
        return operation;
    }
  }

  /** A band waits in the line buffer; LF prints it and moves the paper by the spacing, or by its rows if that is more. */
  #printBand(): PrinterOperation | undefined {
    const band = this.#band;
    this.#band = undefined;
    if (band === undefined) return undefined;
    const data = new Uint8Array(Math.max(band.data.length, this.#spacing * band.widthBytes));
    data.set(band.data);
    return { op: 'raster', widthBytes: band.widthBytes, data };
  }

  protected override statusChanged(): void {
    if (this.#isReporting) this.#sendStatus();
  }

  protected override get statusBytes(): readonly number[] {
    const printer =
      (this.#isEtbDone ? 0x02 : 0) |
      (this.isDrawerPinHigh ? 0x04 : 0) |
      (this.isOffline ? 0x08 : 0) |
      (this.isCoverOpen ? 0x20 : 0);
    const sensor = this.paperState === 'end' ? 0x0c : this.paperState === 'near-end' ? 0x04 : 0;
    // Bits 4 and 3 of the counter stand in bits 6 and 5, bits 2 to 0 in bits 3 to 1.
    const etb = ((this.#etbCounter & 0x18) << 2) | ((this.#etbCounter & 0x07) << 1);
    return [...HEADERS, printer, 0, 0, sensor, 0, etb, 0];
  }

  #sendStatus(): void {
    if (this.#options.answers === 'none') return;
    this.say(this.statusBytes);
    this.#isEtbDone = false; // Cleared by being said.
  }

  #etb(): false {
    if (this.#options.answers !== 'etx' && this.#options.answers !== 'etb') return false;
    this.#etbCounter = (this.#etbCounter + 1) % ETB_MODULUS;
    this.#isEtbDone = true;
    if (this.#isReporting) this.#sendStatus();
    return false;
  }

  /** s 0 says the counter, 1 counts the end of what came before and says it, 2 clears it. */
  #count(s: number, n1: number, n2: number): false {
    if (this.#options.answers !== 'etx') return false;
    if (s === 1) this.#documents = (this.#documents + 1) % 256;
    if (s === 2) this.#documents = 0;
    if (s === 0 || s === 1) this.say([0x1b, 0x1d, 0x03, s, n1, n2, this.#documents, 0]);
    return false;
  }
}
