import type { PoleFamily, PoleOperation } from './pole-operation.ts';

/** Longest line of ESC Q before its CR, bytes: 40 characters, and as much again for a pole that is patient. */
const LINE_BYTES_MAX = 80;
const LAMPS = ['off', 'price', 'total', 'received', 'change'] as const;
const PERCENTS = [20, 40, 60, 100] as const;
const ESC = 0x1b;
const FS = 0x1c;
const US = 0x1f;
const CR = 0x0d;

type Step = { readonly operation: PoleOperation; readonly length: number } | 'short';

/**
 * Cuts a stream of pole bytes into operations, whatever the borders they arrive with. Written from the manuals' tables, not
 * from the encoders. Never throws and keeps at most LINE_BYTES_MAX bytes and a command's name.
 */
export class PoleParser {
  readonly #family: PoleFamily;
  #kept: number[] = [];

  constructor(family: PoleFamily) {
    this.#family = family;
  }

  push(chunk: Uint8Array): readonly PoleOperation[] {
    const found: PoleOperation[] = [];
    for (const byte of chunk) {
      this.#kept.push(byte);
      for (;;) {
        if (this.#kept.length === 0) break;
        const step = this.#family === 'escpos' ? escPosStep(this.#kept) : cd5220Step(this.#kept);
        if (step === 'short') break;
        found.push(step.operation);
        this.#kept.splice(0, step.length);
      }
    }
    return found;
  }
}

const done = (operation: PoleOperation, length: number): Step => ({ operation, length });

const hexOf = (bytes: readonly number[]): string =>
  bytes.map((each) => each.toString(16).padStart(2, '0').toUpperCase()).join('');

/** One character: a byte, or two where the first is a lead byte of GB 18030. */
function textStep(bytes: readonly number[]): Step {
  const [first = 0, second] = bytes;
  if (first < 0x80) return done({ op: 'text', text: String.fromCharCode(first) }, 1);
  if (second === undefined) return 'short';
  const isPair = first !== 0x80 && first !== 0xff && second >= 0x40 && second !== 0x7f && second !== 0xff;
  if (!isPair) return done({ op: 'text', text: '\ufffd' }, 1);
  return done({ op: 'text', text: decode([first, second]) }, 2);
}

const decode = (bytes: readonly number[]): string =>
  new TextDecoder('gb18030').decode(Uint8Array.from(bytes));

const isText = (byte: number): boolean => byte >= 0x20 && byte !== 0x7f;

function cd5220Step(bytes: readonly number[]): Step {
  const [first = 0, second] = bytes;
  if (isText(first)) return textStep(bytes);
  if (first === 0x0c) return done({ op: 'clear' }, 1);
  if (first === 0x18) return done({ op: 'clear-line' }, 1);
  if (first === 0x0b) return done({ op: 'home' }, 1);
  if (first !== ESC) return done({ op: 'unknown', hex: hexOf([first]) }, 1);
  if (second === undefined) return 'short';
  if (second === 0x40) return done({ op: 'initialise' }, 2);
  if (second === 0x51) return lineStep(bytes);
  const third = bytes[2];
  if (second === 0x73 || second === 0x5f) {
    if (third === undefined) return 'short';
    if (second === 0x5f) return done({ op: 'cursor-shown', on: (third & 1) === 1 }, 3);
    const lamp = LAMPS[third - 0x30];
    return lamp === undefined
      ? done({ op: 'ignored', hex: hexOf(bytes.slice(0, 3)) }, 3)
      : done({ op: 'lamp', lamp }, 3);
  }
  if (second === 0x6c) {
    const row = bytes[3];
    if (row === undefined) return 'short';
    return done({ op: 'cursor', column: third ?? 0, row }, 4);
  }
  // ESC DC1, DC2, DC3 choose a writing mode; ESC [ and ESC W, ESC f, ESC c carry what the pole here has no use for.
  if (second >= 0x11 && second <= 0x13) return done({ op: 'ignored', hex: hexOf(bytes.slice(0, 2)) }, 2);
  if (second === 0x5b || second === 0x66 || second === 0x63) {
    return third === undefined ? 'short' : done({ op: 'ignored', hex: hexOf(bytes.slice(0, 3)) }, 3);
  }
  return done({ op: 'unknown', hex: hexOf(bytes.slice(0, 2)) }, 2);
}

/** ESC Q x … CR. */
function lineStep(bytes: readonly number[]): Step {
  const which = bytes[2];
  if (which === undefined) return 'short';
  const end = bytes.indexOf(CR, 3);
  if (end < 0) {
    if (bytes.length < LINE_BYTES_MAX) return 'short';
    return done({ op: 'ignored', hex: hexOf(bytes.slice(0, 3)) }, bytes.length);
  }
  const text = decode(bytes.slice(3, end));
  if (which === 0x41) return done({ op: 'line', row: 'upper', text }, end + 1);
  if (which === 0x42) return done({ op: 'line', row: 'lower', text }, end + 1);
  if (which === 0x44) return done({ op: 'scroll', text }, end + 1);
  return done({ op: 'ignored', hex: hexOf(bytes.slice(0, end + 1)) }, end + 1);
}

/** Second byte after US → bytes in all. */
const US_LENGTHS: Readonly<Record<number, number>> = { 36: 4, 66: 2, 67: 3, 88: 3, 69: 3, 114: 3 };

function escPosStep(bytes: readonly number[]): Step {
  const [first = 0, second, third, fourth] = bytes;
  if (isText(first)) return textStep(bytes);
  if (first === 0x0c) return done({ op: 'clear' }, 1);
  if (first === 0x18) return done({ op: 'clear-line' }, 1);
  if (first === 0x0b) return done({ op: 'home' }, 1);
  if (first !== ESC && first !== FS && first !== US) return done({ op: 'unknown', hex: hexOf([first]) }, 1);
  if (second === undefined) return 'short';
  if (first === ESC && second === 0x40) return done({ op: 'initialise' }, 2);
  if (first === FS && (second === 0x26 || second === 0x2e))
    return done({ op: 'kanji', on: second === 0x26 }, 2);
  const length = first === US ? (US_LENGTHS[second] ?? (second >= 1 && second <= 3 ? 2 : 0)) : 0;
  if (length === 0) return done({ op: 'unknown', hex: hexOf(bytes.slice(0, 2)) }, 2);
  if (bytes.length < length) return 'short';
  const ignored: PoleOperation = { op: 'ignored', hex: hexOf(bytes.slice(0, length)) };
  if (second === 0x24) return done({ op: 'cursor', column: third ?? 0, row: fourth ?? 0 }, length);
  if (second === 0x42) return done({ op: 'bottom' }, length);
  if (second === 0x43) return done({ op: 'cursor-shown', on: ((third ?? 0) & 1) === 1 }, length);
  const percent = PERCENTS[(third ?? 0) - 1];
  if (second === 0x58 && percent !== undefined) return done({ op: 'brightness', percent }, length);
  return done(ignored, length);
}
