import { hexOf, Parameters, type Rule } from './grammar.ts';
import type { Glyph, PrinterOperation } from './operation.ts';

/** Longest command understood, bytes. A longer one is stepped over: a real printer has no memory for it either. */
const COMMAND_BYTES_MAX = 64 * 1024;
/** What a printer puts where its font has nothing. */
export const NO_GLYPH: Glyph = { text: '\ufffd', columns: 1 };

/** What tells one command language from another. */
export interface Dialect {
  /** Control bytes that begin a command. */
  readonly introducers: ReadonlySet<number>;
  /** The rule for the command that begins at `at`, with the length of its name; `short` when more bytes must come. */
  ruleAt(bytes: Uint8Array, at: number): { rule: Rule; nameLength: number } | 'short' | undefined;
  /** A control byte that stands for itself; undefined when it means nothing. */
  single(byte: number): PrinterOperation | undefined;
  /** A character from 0x80 on; undefined while it is not whole. */
  wide(bytes: Uint8Array, at: number): { readonly glyph: Glyph; readonly length: number } | undefined;
  /** Sees every operation on its way out: some change how the bytes after them are read. */
  seen(operation: PrinterOperation): void;
}

/**
 * Cuts a stream of printer bytes into operations, whatever the borders they arrive with. Never throws; anything it
 * does not know is said as such and stepped over. Keeps at most COMMAND_BYTES_MAX bytes.
 */
export class CommandParser {
  readonly #dialect: Dialect;
  #kept: Uint8Array<ArrayBuffer> = new Uint8Array(256);
  #length = 0;
  #skip = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
  }

  push(chunk: Uint8Array): readonly PrinterOperation[] {
    const found: PrinterOperation[] = [];
    let from = 0;
    // In steps: each step's rest is at most one unfinished command, so memory stays bounded whatever the chunk.
    while (from < chunk.length) {
      if (this.#skip > 0) {
        const skipped = Math.min(this.#skip, chunk.length - from);
        this.#skip -= skipped;
        from += skipped;
        continue;
      }
      const step = chunk.subarray(from, from + COMMAND_BYTES_MAX);
      this.#keep(step);
      from += step.length;
      this.#take(found);
    }
    return found;
  }

  #keep(bytes: Uint8Array): void {
    if (this.#length + bytes.length > this.#kept.length) {
      const larger = new Uint8Array(Math.max(this.#kept.length * 2, this.#length + bytes.length));
      larger.set(this.#kept.subarray(0, this.#length));
      this.#kept = larger;
    }
    this.#kept.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  #take(found: PrinterOperation[]): void {
    let at = 0;
    while (at < this.#length) {
      const used = this.#next(at, found);
      if (used === 0) break;
      at += used;
    }
    this.#skip = Math.max(0, at - this.#length);
    const rest = Math.max(0, this.#length - at);
    this.#kept.copyWithin(0, Math.min(at, this.#length), this.#length);
    this.#length = rest;
  }

  /** Bytes used by what begins at `at`; 0 while it is not whole; more than there are when a command is skipped. */
  #next(at: number, found: PrinterOperation[]): number {
    const bytes = this.#kept.subarray(0, this.#length);
    const first = bytes[at] ?? 0;
    if (first >= 0x20 && first !== 0x7f) return this.#text(bytes, at, found);
    if (!this.#dialect.introducers.has(first)) {
      this.#put(this.#dialect.single(first) ?? { op: 'unknown', hex: hexOf(Uint8Array.of(first)) }, found);
      return 1;
    }
    const match = this.#dialect.ruleAt(bytes, at);
    if (match === 'short') return 0;
    if (match === undefined) {
      found.push({ op: 'unknown', hex: hexOf(bytes.subarray(at, at + 2)) });
      return 2;
    }
    const { rule, nameLength } = match;
    const parameters = new Parameters(bytes, at + nameLength);
    const available = bytes.length - at - nameLength;
    const length = rule.length(parameters, available);
    if (length === undefined ? available > COMMAND_BYTES_MAX : length > COMMAND_BYTES_MAX) {
      found.push({ op: 'ignored', name: rule.name, hex: hexOf(bytes.subarray(at, at + nameLength)) });
      return nameLength + (length ?? COMMAND_BYTES_MAX);
    }
    if (length === undefined || available < length) return 0;
    this.#put(rule.read(parameters, length), found);
    return nameLength + length;
  }

  #put(operation: PrinterOperation, found: PrinterOperation[]): void {
    this.#dialect.seen(operation);
    found.push(operation);
  }

  /** A run of characters. A multi-byte character that is not whole yet waits for the next chunk. */
  #text(bytes: Uint8Array, from: number, found: PrinterOperation[]): number {
    const glyphs: Glyph[] = [];
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at] ?? 0;
      if (byte < 0x20 || byte === 0x7f) break;
      const step =
        byte < 0x80
          ? { glyph: { text: String.fromCharCode(byte), columns: 1 as const }, length: 1 }
          : this.#dialect.wide(bytes, at);
      if (step === undefined) break;
      glyphs.push(step.glyph);
      at += step.length;
    }
    if (glyphs.length > 0) found.push({ op: 'text', glyphs });
    return at - from;
  }
}
