import type { SerialCore } from '../browser/cores.ts';
import type { PoleFamily, PoleOperation } from './pole-operation.ts';
import { PoleParser } from './pole-parser.ts';

const COLUMNS = 20;
const ROWS = 2;
/** A price pole shows eight digits; a dot takes no place of its own. */
const DIGITS = 8;

export interface VirtualPoleOptions {
  readonly family: PoleFamily;
  /** False: only letters; a byte from 0x80 on is a blank block. */
  readonly hasChinese: boolean;
}

/**
 * A pole display without metal: two lines of 20 columns, or eight digits with four lamps. Listens only: poles say nothing.
 * In string mode (ESC Q) a CD5220 ignores its cursor until it is cleared, and so does this one.
 */
export class VirtualPole implements SerialCore {
  readonly #options: VirtualPoleOptions;
  readonly #parser: PoleParser;
  readonly #listeners = new Set<() => void>();
  #cells: string[] = [];
  #at = 0;
  #isString = false;
  #lamp = 'off';
  #number = '';

  constructor(options: Partial<VirtualPoleOptions> = {}) {
    this.#options = { family: 'cd5220', hasChinese: true, ...options };
    this.#parser = new PoleParser(this.#options.family);
    this.#clear();
  }

  /** The two lines as a customer reads them, blanks at the end left out. */
  get lines(): readonly [string, string] {
    return [this.#line(0), this.#line(1)];
  }

  /** A price pole: the word that is lit. */
  get lamp(): string {
    return this.#lamp;
  }

  /** A price pole: what the digits show; empty when it is dark. */
  get number(): string {
    return this.#number;
  }

  receive(bytes: Uint8Array<ArrayBuffer>): void {
    for (const operation of this.#parser.push(bytes)) this.#do(operation);
    for (const listener of [...this.#listeners]) listener();
  }

  onBytes(): () => void {
    return () => undefined;
  }

  /** Called when something was written. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #line(row: number): string {
    return this.#cells
      .slice(row * COLUMNS, (row + 1) * COLUMNS)
      .join('')
      .trimEnd();
  }

  #clear(): void {
    this.#cells = Array.from({ length: ROWS * COLUMNS }, () => ' ');
    this.#at = 0;
    this.#isString = false;
    this.#number = '';
  }

  #do(operation: PoleOperation): void {
    if (this.#options.family === 'led8') return this.#digits(operation);
    switch (operation.op) {
      case 'initialise':
      case 'clear':
        return this.#clear();
      case 'line':
        this.#isString = true;
        return this.#write(operation.text, operation.row === 'upper' ? 0 : COLUMNS);
      case 'scroll':
        this.#isString = true;
        return this.#write(operation.text.slice(0, COLUMNS), 0);
      case 'clear-line':
        if (this.#isString) return this.#clear();
        return this.#write('', this.#at < COLUMNS ? 0 : COLUMNS);
      default:
        if (!this.#isString) this.#moveOrWrite(operation);
    }
  }

  #moveOrWrite(operation: PoleOperation): void {
    if (operation.op === 'home') this.#at = 0;
    if (operation.op === 'bottom') this.#at = COLUMNS;
    if (operation.op === 'cursor' && operation.column <= COLUMNS && operation.row <= ROWS)
      this.#at = (operation.row - 1) * COLUMNS + operation.column - 1;
    if (operation.op === 'text') for (const character of operation.text) this.#place(character);
  }

  /** A whole line: what is not written is blank. */
  #write(text: string, from: number): void {
    this.#cells.fill(' ', from, from + COLUMNS);
    this.#at = from;
    for (const character of text) if (this.#at < from + COLUMNS) this.#place(character);
  }

  /** A hanzi covers two columns; without a font for it, both are blocks. */
  #place(character: string): void {
    const isWide = character.charCodeAt(0) >= 0x80;
    const shown = isWide && !this.#options.hasChinese ? ['\u25a1', '\u25a1'] : [character, ''];
    this.#cells[this.#at] = shown[0] ?? ' ';
    if (isWide) this.#cells[this.#at + 1] = shown[1] ?? '';
    this.#at = (this.#at + (isWide ? 2 : 1)) % (ROWS * COLUMNS);
  }

  #digits(operation: PoleOperation): void {
    if (operation.op === 'initialise' || operation.op === 'clear') {
      this.#number = '';
      if (operation.op === 'initialise') this.#lamp = 'off';
    }
    if (operation.op === 'lamp') this.#lamp = operation.lamp;
    if (operation.op !== 'line' || operation.row !== 'upper') return;
    const digits = operation.text.replaceAll('.', '');
    // Anything but digits, a minus and one dot is not shown, nor is a number that is too long.
    this.#number = /^-?\d+(\.\d+)?$/.test(operation.text) && digits.length <= DIGITS ? operation.text : '';
  }
}
