import { BufferedPrinter, type BufferedPrinterOptions } from './buffered-printer.ts';
import type { PrinterOperation } from './operation.ts';
import { EscPosParser, type PrinterCharset } from './parser.ts';
import { RealtimeScanner } from './realtime.ts';

export interface VirtualPrinterOptions extends BufferedPrinterOptions {
  readonly charset: PrinterCharset;
  /** `none` is a clone that can only be written to: it never says anything. */
  readonly answers: 'gs-h' | 'gs-r' | 'realtime' | 'none';
  readonly model: string;
  readonly serial: string;
}

const DEFAULTS: VirtualPrinterOptions = {
  columns: 48,
  charset: 'gb18030',
  bufferBytes: 4_096,
  answers: 'gs-h',
  model: 'XJ-80',
  serial: 'XJ80A00017',
};

/**
 * An ESC/POS printer without metal: parses every byte, draws the paper, and answers status as the command reference
 * says. Training mode shows its paper; tests make it run out of paper, open its cover, stop taking, or fall silent.
 */
export class VirtualPrinter extends BufferedPrinter {
  readonly options: VirtualPrinterOptions;
  readonly #parser: EscPosParser;
  readonly #realtime = new RealtimeScanner();
  #statusMask = 0;

  constructor(options: Partial<VirtualPrinterOptions> = {}) {
    const all = { ...DEFAULTS, ...options };
    super(all);
    this.options = all;
    this.#parser = new EscPosParser(all.charset);
  }

  protected override hearNow(byte: number): void {
    const question = this.#realtime.push(byte);
    if (question?.kind === 'status') this.say(this.#realtimeByte(question.n));
    if (question?.kind === 'status-back') this.#sendStatus();
    if (question?.kind === 'pulse')
      this.kick({ pin: question.pin, onMs: question.onMs, offMs: question.onMs });
  }

  protected override understand(byte: number): readonly PrinterOperation[] {
    return this.#parser.push(Uint8Array.of(byte));
  }

  protected override act(operation: PrinterOperation): boolean | PrinterOperation {
    const { answers } = this.options;
    switch (operation.op) {
      case 'initialise':
        this.#statusMask = 0;
        return operation;
      case 'status-back':
        this.#statusMask = operation.mask;
        if (operation.mask !== 0) this.#sendStatus();
        return false;
      case 'ask':
        if (answers !== 'realtime')
          this.say([operation.n === 2 ? Number(this.isDrawerPinHigh) : this.#paperByte()]);
        return false;
      case 'confirm':
        if (answers === 'gs-h') this.say([0x37, 0x22, ...ascii(operation.id), 0]);
        return false;
      case 'identify':
        if (answers === 'gs-h') this.say([0x5f, ...ascii(this.#who(operation.n)), 0]);
        return false;
      case 'pulse':
        this.kick(operation);
        return true;
      default:
        return operation;
    }
  }

  /** GS I 65 to 68. */
  #who(n: number): string {
    const { model, serial } = this.options;
    return { 65: '1.02 ESC/POS', 67: model, 68: serial }[n] ?? 'Xiaoji';
  }

  protected override say(bytes: readonly number[]): void {
    if (this.options.answers !== 'none') super.say(bytes);
  }

  protected override statusChanged(): void {
    if (this.#statusMask !== 0) this.#sendStatus();
  }

  /** GS a: four bytes; bits 4 (first byte) and 0–3 (fourth) are fixed at 1. */
  protected override get statusBytes(): readonly number[] {
    const first =
      0x10 | (this.isDrawerPinHigh ? 0x04 : 0) | (this.isOffline ? 0x08 : 0) | (this.isCoverOpen ? 0x20 : 0);
    return [first, 0, this.#paperByte(), 0x0f];
  }

  #sendStatus(): void {
    this.say(this.statusBytes);
  }

  /** GS r 1 and the third byte of GS a: bits 0–1 near end, bits 2–3 end. An ended roll is near its end, too. */
  #paperByte(): number {
    return this.paperState === 'end' ? 0x0f : this.paperState === 'near-end' ? 0x03 : 0;
  }

  /** DLE EOT n: bits 1 and 4 are fixed at 1. */
  #realtimeByte(n: number): readonly number[] {
    const isEnd = this.paperState === 'end';
    switch (n) {
      case 1:
        return [0x12 | (this.isDrawerPinHigh ? 0x04 : 0) | (this.isOffline ? 0x08 : 0)];
      case 2:
        return [0x12 | (this.isCoverOpen ? 0x04 : 0) | (isEnd ? 0x20 : 0)];
      case 3:
        return [0x12];
      default:
        return [0x12 | (isEnd ? 0x6c : this.paperState === 'near-end' ? 0x0c : 0)];
    }
  }
}

const ascii = (text: string): number[] => Array.from(text, (each) => each.charCodeAt(0));
