import { hexOf, type Parameters, type Rule } from '../escpos/grammar.ts';
import type { PrinterOperation } from '../escpos/operation.ts';

/**
 * The commands of StarPRNT and Star Line Mode, written from the command specifications: after ESC, after ESC GS, after
 * ESC RS. What is not drawn is stepped over by its length.
 */
const LEVELS = ['L', 'M', 'Q', 'H'] as const;
const ALIGNMENTS = ['left', 'center', 'right'] as const;
/** Digits may stand for the numbers: '0' for 0. */
const number = (n: number): number => (n >= 0x30 && n <= 0x39 ? n - 0x30 : n);

const fixed = (name: string, length: number, read: (p: Parameters) => PrinterOperation): Rule => ({
  name,
  length: () => length,
  read,
});

const stepOver = (name: string, length: Rule['length']): Rule => ({
  name,
  length,
  read: (p, size) => ({ op: 'ignored', name, hex: hexOf(p.slice(0, Math.min(size, 64))) }),
});
const skip = (name: string, length: number): Rule => stepOver(name, () => length);

/** Bytes up to and with `end`. */
const until =
  (end: number, from = 0): Rule['length'] =>
  (p, available) => {
    for (let at = from; at < available; at += 1) if (p.at(at) === end) return at + 1;
    return undefined;
  };

/** n1 + 256 × n2 columns of `rows` bits, upright: 8 or 24 dots each. */
const upright = (name: string, bytesEach: number): Rule =>
  stepOver(name, (p, available) => (available < 2 ? undefined : 2 + p.word(0) * bytesEach));

const BAND_ROWS = 24;

const escRules: Readonly<Record<number, Rule>> = {
  64: fixed('ESC @', 0, () => ({ op: 'initialise' })),
  69: fixed('ESC E', 0, () => ({ op: 'emphasis', on: true })),
  70: fixed('ESC F', 0, () => ({ op: 'emphasis', on: false })),
  52: fixed('ESC 4', 0, () => ({ op: 'reverse', on: true })),
  53: fixed('ESC 5', 0, () => ({ op: 'reverse', on: false })),
  45: fixed('ESC -', 1, (p) => ({ op: 'underline', on: number(p.at(0)) === 1, kanji: false })),
  105: fixed('ESC i', 2, (p) => ({
    op: 'size',
    width: number(p.at(1)) + 1,
    height: number(p.at(0)) + 1,
  })),
  87: fixed('ESC W', 1, (p) => ({ op: 'kanji-size', width: number(p.at(0)) + 1, height: 1 })),
  97: fixed('ESC a', 1, (p) => ({ op: 'feed', lines: p.at(0) })),
  73: fixed('ESC I', 1, (p) => ({ op: 'feed-dots', dots: p.at(0) })),
  74: fixed('ESC J', 1, (p) => ({ op: 'feed-dots', dots: p.at(0) * 2 })),
  122: fixed('ESC z', 1, (p) => ({ op: 'line-spacing', dots: number(p.at(0)) === 1 ? 32 : 24 })),
  48: fixed('ESC 0', 0, () => ({ op: 'line-spacing', dots: 24 })),
  100: fixed('ESC d', 1, (p) => ({ op: 'cut', partial: number(p.at(0)) % 2 === 1 })),
  7: fixed('ESC BEL', 2, (p) => ({ op: 'pulse-times', onMs: p.at(0) * 10, offMs: p.at(1) * 10 })),
  // ESC ACK SOH was answered when it came; ESC ACK CAN resets.
  6: fixed('ESC ACK', 1, (p) => ({ op: 'ask-now', n: p.at(0) })),
  107: {
    name: 'ESC k',
    length: (p, available) => (available < 2 ? undefined : 2 + p.word(0) * BAND_ROWS),
    read: (p, length) => ({ op: 'raster-band', widthBytes: p.word(0), data: p.slice(2, length) }),
  },
  75: upright('ESC K', 1),
  76: upright('ESC L', 1),
  88: upright('ESC X', 3),
  98: {
    name: 'ESC b',
    // Four parameters, then data up to RS.
    length: until(0x1e, 4),
    read: (p, length) => ({
      op: 'barcode',
      system: p.at(0),
      data: String.fromCharCode(...p.slice(4, length - 1)),
    }),
  },
  32: skip('ESC SP', 1),
  115: skip('ESC s', 2),
  116: skip('ESC t', 2),
  82: skip('ESC R', 1),
  36: skip('ESC $', 1),
  112: skip('ESC p', 0),
  113: skip('ESC q', 0),
  47: skip('ESC /', 1),
  77: skip('ESC M', 0),
  80: skip('ESC P', 0),
  58: skip('ESC :', 0),
  103: skip('ESC g', 0),
  104: skip('ESC h', 1),
  108: skip('ESC l', 1),
  81: skip('ESC Q', 1),
  95: skip('ESC _', 1),
  68: stepOver('ESC D', until(0)),
  63: skip('ESC ?', 2),
};

/** ESC GS ) U pL pH fn …: fn 48 UTF-8, 64 doubtful widths, 65 order of the fonts. The letter is parameter 0. */
function unicode(p: Parameters, length: number): PrinterOperation | undefined {
  if (p.at(0) !== 0x55) return undefined;
  if (p.at(3) === 0x30 && length === 5) return { op: 'utf8', on: number(p.at(4)) === 1 };
  if (p.at(3) === 0x40 && length === 5) return { op: 'ambiguous-wide', on: number(p.at(4)) === 1 };
  if (p.at(3) === 0x41 && length === 8) return { op: 'hanzi-order', order: [...p.slice(4, 8)] };
  return undefined;
}

/** ESC GS y S 0|1|2 n, D 1 m nL nH data, P, I. */
const qr: Rule = {
  name: 'ESC GS y',
  length: (p, available) => {
    if (available < 1) return undefined;
    if (p.at(0) === 0x53) return 3;
    if (p.at(0) !== 0x44) return 1;
    return available < 5 ? undefined : 5 + p.word(3);
  },
  read: (p, length) => {
    const [kind, part] = [p.at(0), p.at(1)];
    if (kind === 0x53 && part === 0x31) return { op: 'qr-level', level: LEVELS[p.at(2)] ?? 'L' };
    if (kind === 0x53 && part === 0x32) return { op: 'qr-module', dots: p.at(2) };
    if (kind === 0x44) return { op: 'qr-store', data: new TextDecoder().decode(p.slice(5, length)) };
    if (kind === 0x50) return { op: 'qr-print' };
    return { op: 'ignored', name: 'ESC GS y', hex: hexOf(p.slice(0, length)) };
  },
};

const gsRules: Readonly<Record<number, Rule>> = {
  97: fixed('ESC GS a', 1, (p) => ({ op: 'align', align: ALIGNMENTS[number(p.at(0))] ?? 'left' })),
  116: fixed('ESC GS t', 1, (p) => ({ op: 'code-page', page: p.at(0) })),
  83: {
    name: 'ESC GS S',
    length: (p, available) => (available < 6 ? undefined : 6 + p.word(1) * p.word(3)),
    read: (p, length) => ({ op: 'raster', widthBytes: p.word(1), data: p.slice(6, length) }),
  },
  121: qr,
  3: fixed('ESC GS ETX', 3, (p) => ({ op: 'end-counter', s: p.at(0), n1: p.at(1), n2: p.at(2) })),
  41: {
    name: 'ESC GS )',
    // A letter, then a length: every such command says its own, so an unknown one is stepped over whole.
    length: (p, available) => (available < 3 ? undefined : 3 + p.word(1)),
    read: (p, length) =>
      unicode(p, length) ?? {
        op: 'ignored',
        name: 'ESC GS )',
        hex: hexOf(p.slice(0, Math.min(length, 64))),
      },
  },
  65: skip('ESC GS A', 2),
  82: skip('ESC GS R', 2),
  7: skip('ESC GS BEL', 3),
  25: skip('ESC GS EM', 4),
  35: skip('ESC GS #', 6),
};

const rsRules: Readonly<Record<number, Rule>> = {
  97: fixed('ESC RS a', 1, (p) => ({ op: 'status-back', mask: number(p.at(0)) })),
  69: fixed('ESC RS E', 1, () => ({ op: 'clear-etb' })),
  70: skip('ESC RS F', 1),
  100: skip('ESC RS d', 1),
  114: skip('ESC RS r', 1),
  65: skip('ESC RS A', 1),
  67: skip('ESC RS C', 1),
  99: skip('ESC RS c', 1),
  76: skip('ESC RS L', 1),
  105: skip('ESC RS i', 1),
};

const ESC = 0x1b;

/** The rule for the command that begins at `at`, with the length of its name; `short` when more bytes must come. */
export function starRuleAt(
  bytes: Uint8Array,
  at: number,
): { rule: Rule; nameLength: number } | 'short' | undefined {
  if (bytes[at] !== ESC) return undefined;
  const second = bytes[at + 1];
  if (second === undefined) return 'short';
  const group = second === 0x1d ? gsRules : second === 0x1e ? rsRules : undefined;
  if (group === undefined) {
    const rule = escRules[second];
    return rule === undefined ? undefined : { rule, nameLength: 2 };
  }
  const third = bytes[at + 2];
  if (third === undefined) return 'short';
  const rule = group[third];
  return rule === undefined ? undefined : { rule, nameLength: 3 };
}
