import type { PrinterOperation } from './operation.ts';

/** The parameter bytes of one command; a byte that is not there reads as 0. */
export class Parameters {
  readonly #bytes: Uint8Array;
  readonly #from: number;
  constructor(bytes: Uint8Array, from: number) {
    this.#bytes = bytes;
    this.#from = from;
  }
  at(index: number): number {
    return this.#bytes[this.#from + index] ?? 0;
  }
  word(index: number): number {
    return this.at(index) | (this.at(index + 1) << 8);
  }
  slice(from: number, to: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes.subarray(this.#from + from, this.#from + to));
  }
}

/** How long a command is after its name, and what it means. `length` is asked again when more bytes have come. */
export interface Rule {
  readonly name: string;
  /** Parameter bytes in all, or undefined while too few have come to tell. */
  length(parameters: Parameters, available: number): number | undefined;
  read(parameters: Parameters, length: number): PrinterOperation;
}

const ALIGNMENTS = ['left', 'center', 'right'] as const;
const LEVELS = ['L', 'M', 'Q', 'H'] as const;
const latin = (bytes: Uint8Array): string => String.fromCharCode(...bytes);

const fixed = (name: string, length: number, read: (p: Parameters) => PrinterOperation): Rule => ({
  name,
  length: () => length,
  read,
});

const ignored = (name: string, length: Rule['length']): Rule => ({
  name,
  length,
  read: (p, size) => ({ op: 'ignored', name, hex: hexOf(p.slice(0, Math.min(size, 64))) }),
});
const skip = (name: string, length: number): Rule => ignored(name, () => length);

export const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (each) => each.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

/** Characters up to and with a terminating NUL. */
const untilNul =
  (from: number): Rule['length'] =>
  (p, available) => {
    for (let at = from; at < available; at += 1) if (p.at(at) === 0) return at + 1;
    return undefined;
  };

/** ESC ! : bit 3 emphasis, 4 double height, 5 double width, 7 underline. */
const escRules: Readonly<Record<number, Rule>> = {
  64: fixed('ESC @', 0, () => ({ op: 'initialise' })),
  33: fixed('ESC !', 1, (p) => ({ op: 'print-mode', n: p.at(0) })),
  97: fixed('ESC a', 1, (p) => ({ op: 'align', align: ALIGNMENTS[p.at(0) % 48] ?? 'left' })),
  69: fixed('ESC E', 1, (p) => ({ op: 'emphasis', on: (p.at(0) & 1) === 1 })),
  71: fixed('ESC G', 1, (p) => ({ op: 'emphasis', on: (p.at(0) & 1) === 1 })),
  45: fixed('ESC -', 1, (p) => ({ op: 'underline', on: p.at(0) % 48 > 0, kanji: false })),
  116: fixed('ESC t', 1, (p) => ({ op: 'code-page', page: p.at(0) })),
  100: fixed('ESC d', 1, (p) => ({ op: 'feed', lines: p.at(0) })),
  74: fixed('ESC J', 1, (p) => ({ op: 'feed-dots', dots: p.at(0) })),
  50: fixed('ESC 2', 0, () => ({ op: 'line-spacing', dots: 30 })),
  51: fixed('ESC 3', 1, (p) => ({ op: 'line-spacing', dots: p.at(0) })),
  105: fixed('ESC i', 0, () => ({ op: 'cut', partial: false })),
  109: fixed('ESC m', 0, () => ({ op: 'cut', partial: true })),
  112: fixed('ESC p', 3, (p) => ({
    op: 'pulse',
    pin: p.at(0) % 48 === 0 ? 2 : 5,
    onMs: p.at(1) * 2,
    offMs: p.at(2) * 2,
  })),
  // ESC 9 n on Chinese boards: 0 GBK, 1 UTF-8, 3 BIG5.
  57: fixed('ESC 9', 1, (p) => ({ op: 'utf8', on: p.at(0) === 1 })),
  77: skip('ESC M', 1),
  32: skip('ESC SP', 1),
  36: skip('ESC $', 2),
  92: skip('ESC \\', 2),
  82: skip('ESC R', 1),
  86: skip('ESC V', 1),
  99: skip('ESC c', 2),
  114: skip('ESC r', 1),
  123: skip('ESC {', 1),
  68: ignored('ESC D', untilNul(0)),
};

const fsRules: Readonly<Record<number, Rule>> = {
  38: fixed('FS &', 0, () => ({ op: 'kanji', on: true })),
  46: fixed('FS .', 0, () => ({ op: 'kanji', on: false })),
  33: fixed('FS !', 1, (p) => ({
    op: 'kanji-size',
    width: p.at(0) & 0x04 ? 2 : 1,
    height: p.at(0) & 0x08 ? 2 : 1,
  })),
  45: fixed('FS -', 1, (p) => ({ op: 'underline', on: p.at(0) % 48 > 0, kanji: true })),
  // FS C n: which code the Chinese font is asked in; FF is UTF-8.
  67: fixed('FS C', 1, (p) => ({ op: 'utf8', on: p.at(0) === 0xff })),
  83: skip('FS S', 2),
  87: skip('FS W', 1),
  112: skip('FS p', 2),
};

/** GS ( x pL pH: every such command says its own length, so an unknown one is stepped over whole. */
const sized = (
  letter: string,
  read: (p: Parameters, length: number) => PrinterOperation | undefined,
): Rule => {
  const step = skip(`GS ( ${letter}`, 0);
  return {
    name: step.name,
    length: (p, available) => (available < 2 ? undefined : 2 + p.word(0)),
    read: (p, length) => read(p, length) ?? step.read(p, length),
  };
};

function qr(p: Parameters, length: number): PrinterOperation | undefined {
  if (p.at(2) !== 0x31) return undefined; // cn 49 is QR; others are PDF417, Aztec …
  switch (p.at(3)) {
    case 0x43:
      return { op: 'qr-module', dots: p.at(4) };
    case 0x45:
      return { op: 'qr-level', level: LEVELS[p.at(4) - 0x30] ?? 'L' };
    case 0x50:
      return { op: 'qr-store', data: new TextDecoder().decode(p.slice(5, length)) };
    case 0x51:
      return { op: 'qr-print' };
    default:
      return undefined;
  }
}

/** GS ( L fn 112 with one colour and no scaling: m 30 fn 70 a 30 bx by c xL xH yL yH data. Printed when stored here. */
function graphics(p: Parameters, length: number): PrinterOperation | undefined {
  if (p.at(3) !== 0x70 || p.at(4) !== 0x30) return undefined;
  const widthBytes = Math.ceil(p.word(8) / 8);
  const rows = p.word(10);
  if (widthBytes === 0 || rows === 0 || 12 + widthBytes * rows > length) return undefined;
  return { op: 'raster', widthBytes, data: p.slice(12, 12 + widthBytes * rows) };
}

const gsParentheses: Readonly<Record<number, Rule>> = {
  107: sized('k', qr),
  76: sized('L', graphics),
  72: sized('H', (p, length) =>
    p.at(2) === 0x30 && p.at(3) === 0x30 && length === 8
      ? { op: 'confirm', id: latin(p.slice(4, 8)) }
      : undefined,
  ),
};

/** FS ( C fn 48: '1' the printer's own code, '2' UTF-8. */
const fsParentheses: Readonly<Record<number, Rule>> = {
  67: sized('C', (p, length) =>
    length === 4 && p.at(2) === 0x30 ? { op: 'utf8', on: p.at(3) === 0x32 } : undefined,
  ),
};

const gsRules: Readonly<Record<number, Rule>> = {
  33: fixed('GS !', 1, (p) => ({ op: 'size', width: ((p.at(0) >> 4) & 7) + 1, height: (p.at(0) & 7) + 1 })),
  66: fixed('GS B', 1, (p) => ({ op: 'reverse', on: (p.at(0) & 1) === 1 })),
  86: {
    name: 'GS V',
    // m 0, 1, 48, 49 cut here; from 65 on a feed distance follows.
    length: (p, available) => (available < 1 ? undefined : p.at(0) >= 65 ? 2 : 1),
    read: (p) => ({ op: 'cut', partial: p.at(0) === 1 || p.at(0) === 49 || p.at(0) === 66 }),
  },
  118: {
    name: 'GS v 0',
    length: (p, available) => (available < 6 ? undefined : 6 + p.word(2) * p.word(4)),
    read: (p, length) => ({ op: 'raster', widthBytes: p.word(2), data: p.slice(6, length) }),
  },
  97: fixed('GS a', 1, (p) => ({ op: 'status-back', mask: p.at(0) })),
  73: fixed('GS I', 1, (p) => ({ op: 'identify', n: p.at(0) })),
  114: fixed('GS r', 1, (p) => ({ op: 'ask', n: p.at(0) % 48 })),
  107: {
    name: 'GS k',
    length: (p, available) => {
      if (available < 2) return undefined;
      return p.at(0) <= 6 ? untilNul(1)(p, available) : 2 + p.at(1);
    },
    read: (p, length) => ({
      op: 'barcode',
      system: p.at(0),
      data: latin(p.at(0) <= 6 ? p.slice(1, length - 1) : p.slice(2, length)),
    }),
  },
  104: fixed('GS h', 1, (p) => ({ op: 'barcode-setting', name: 'height', n: p.at(0) })),
  119: fixed('GS w', 1, (p) => ({ op: 'barcode-setting', name: 'width', n: p.at(0) })),
  72: fixed('GS H', 1, (p) => ({ op: 'barcode-setting', name: 'text', n: p.at(0) })),
  102: skip('GS f', 1),
  76: skip('GS L', 2),
  87: skip('GS W', 2),
  80: skip('GS P', 2),
};

const dleRules: Readonly<Record<number, Rule>> = {
  4: fixed('DLE EOT', 1, (p) => ({ op: 'ask-now', n: p.at(0) })),
  5: skip('DLE ENQ', 1),
  20: {
    name: 'DLE DC4',
    // Functions 1 and 2 carry two parameters, 7 one, 8 seven; the rest two.
    length: (p, available) => (available < 1 ? undefined : p.at(0) === 7 ? 2 : p.at(0) === 8 ? 8 : 3),
    read: (p, length) => ({ op: 'ignored', name: 'DLE DC4', hex: hexOf(p.slice(0, length)) }),
  },
};

const GROUPS: Readonly<Record<number, Readonly<Record<number, Rule>>>> = {
  16: dleRules,
  27: escRules,
  28: fsRules,
  29: gsRules,
};

/** The rule for the command that begins at `at`, with the length of its name; `short` when more bytes must come. */
export function ruleAt(
  bytes: Uint8Array,
  at: number,
): { rule: Rule; nameLength: number } | 'short' | undefined {
  const group = GROUPS[bytes[at] ?? 0];
  const second = bytes[at + 1];
  if (group === undefined) return undefined;
  if (second === undefined) return 'short';
  if ((bytes[at] === 0x1d || bytes[at] === 0x1c) && second === 0x28) {
    const third = bytes[at + 2];
    if (third === undefined) return 'short';
    const known = bytes[at] === 0x1d ? gsParentheses : fsParentheses;
    return {
      rule: known[third] ?? sized(String.fromCharCode(third), () => undefined),
      nameLength: 3,
    };
  }
  const rule = group[second];
  return rule === undefined ? undefined : { rule, nameLength: 2 };
}
