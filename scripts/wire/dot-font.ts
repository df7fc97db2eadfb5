import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inflateSync } from 'node:zlib';
import type { DotGlyph, GlyphSource } from '../../src/devices/simulators/escpos/draw.ts';

/**
 * GNU Unifont (extended), read from the npm package that carries it: every character of the basic plane on a grid of
 * 8 or 16 by 16 dots, which is how a thermal printer's own Chinese font looks. Pure Node, the same picture everywhere.
 * The package holds it as a WOFF of outlines made of squares; the squares are turned back into dots here.
 */
const fontFile = (): string =>
  fileURLToPath(import.meta.resolve('@fontsource/unifontex/files/unifontex-latin-400-normal.woff'));

const GRID = 16;
/** Composite glyphs nest once or twice in practice. */
const NESTING_MAX = 4;

export function loadDotFont(): GlyphSource {
  const tables = readWoff(readFileSync(fontFile()));
  const font = new OutlineFont(tables);
  const known = new Map<string, DotGlyph | undefined>();
  return (text) => {
    if (!known.has(text)) known.set(text, font.glyph(text.codePointAt(0) ?? 0));
    return known.get(text);
  };
}

/** WOFF 1.0, section 4: a directory of 20-byte entries, each table compressed by zlib when that is shorter. */
function readWoff(file: Buffer): ReadonlyMap<string, Buffer> {
  if (file.toString('latin1', 0, 4) !== 'wOFF') throw new Error('not a WOFF font');
  const tables = new Map<string, Buffer>();
  for (let index = 0; index < file.readUInt16BE(12); index += 1) {
    const entry = 44 + 20 * index;
    const from = file.readUInt32BE(entry + 4);
    const packed = file.readUInt32BE(entry + 8);
    const data = file.subarray(from, from + packed);
    const tag = file.toString('latin1', entry, entry + 4);
    if (WANTED.has(tag)) tables.set(tag, packed < file.readUInt32BE(entry + 12) ? inflateSync(data) : data);
  }
  return tables;
}

const WANTED = new Set(['cmap', 'glyf', 'head', 'hhea', 'hmtx', 'loca']);

/** A vertical edge of an outline; horizontal ones do not matter for counting crossings along a row. */
interface Edge {
  readonly x: number;
  readonly low: number;
  readonly high: number;
}

class OutlineFont {
  readonly #tables: ReadonlyMap<string, Buffer>;
  readonly #unit: number;
  readonly #ascent: number;
  readonly #map: number;

  constructor(tables: ReadonlyMap<string, Buffer>) {
    this.#tables = tables;
    this.#unit = this.#table('head').readUInt16BE(18) / GRID;
    this.#ascent = this.#table('hhea').readInt16BE(4);
    this.#map = this.#findMap();
  }

  glyph(point: number): DotGlyph | undefined {
    const id = this.#glyphId(point);
    if (id === 0) return undefined;
    const edges = this.#edges(id, 0);
    const metrics = this.#table('hmtx');
    const longMetrics = this.#table('hhea').readUInt16BE(34);
    const advance = metrics.readUInt16BE(4 * Math.min(id, longMetrics - 1));
    const width = advance > (GRID / 2) * this.#unit ? GRID : GRID / 2;
    const rows = Array.from({ length: GRID }, (_, y) => this.#row(edges, y));
    return { width, height: GRID, isBlack: (x, y) => ((rows[y] ?? 0) & (1 << x)) !== 0 };
  }

  /** Bits of a row: a dot is black when an odd number of edges lies left of its middle. */
  #row(edges: readonly Edge[], row: number): number {
    const y = this.#ascent - (row + 0.5) * this.#unit;
    let bits = 0;
    for (let column = 0; column < GRID; column += 1) {
      const x = (column + 0.5) * this.#unit;
      const crossings = edges.filter((edge) => edge.x < x && edge.low < y && y < edge.high).length;
      if (crossings % 2 === 1) bits |= 1 << column;
    }
    return bits;
  }

  #table(tag: string): Buffer {
    const table = this.#tables.get(tag);
    if (table === undefined) throw new Error(`font without ${tag}`);
    return table;
  }

  /** OpenType cmap, format 12: groups of code points that follow each other. */
  #findMap(): number {
    const cmap = this.#table('cmap');
    for (let index = 0; index < cmap.readUInt16BE(2); index += 1) {
      const at = cmap.readUInt32BE(8 + 8 * index);
      if (cmap.readUInt16BE(at) === 12) return at;
    }
    throw new Error('font without a format 12 map');
  }

  #glyphId(point: number): number {
    const cmap = this.#table('cmap');
    const groups = cmap.readUInt32BE(this.#map + 12);
    for (let index = 0; index < groups; index += 1) {
      const at = this.#map + 16 + 12 * index;
      const first = cmap.readUInt32BE(at);
      if (point >= first && point <= cmap.readUInt32BE(at + 4))
        return cmap.readUInt32BE(at + 8) + point - first;
    }
    return 0;
  }

  #edges(id: number, nesting: number): Edge[] {
    const loca = this.#table('loca');
    const from = loca.readUInt32BE(4 * id);
    const to = loca.readUInt32BE(4 * id + 4);
    if (from === to || nesting > NESTING_MAX) return [];
    const glyph = this.#table('glyf').subarray(from, to);
    const contours = glyph.readInt16BE(0);
    return contours >= 0 ? simpleEdges(glyph, contours) : this.#compositeEdges(glyph, nesting);
  }

  /** OpenType glyf: components with 8- or 16-bit offsets; scaled ones do not occur in a dot font. */
  #compositeEdges(glyph: Buffer, nesting: number): Edge[] {
    const edges: Edge[] = [];
    for (let at = 10; at + 4 <= glyph.length; ) {
      const flags = glyph.readUInt16BE(at);
      const isWide = (flags & 1) !== 0;
      const dx = isWide ? glyph.readInt16BE(at + 4) : glyph.readInt8(at + 4);
      const dy = isWide ? glyph.readInt16BE(at + 6) : glyph.readInt8(at + 5);
      for (const { x, low, high } of this.#edges(glyph.readUInt16BE(at + 2), nesting + 1)) {
        edges.push({ x: x + dx, low: low + dy, high: high + dy });
      }
      if ((flags & 0x20) === 0) break;
      at += isWide ? 8 : 6;
    }
    return edges;
  }
}

/** OpenType glyf, simple glyph: end points, instructions, run-length flags, then x and y as differences. */
function simpleEdges(glyph: Buffer, contours: number): Edge[] {
  const ends = Array.from({ length: contours }, (_, index) => glyph.readUInt16BE(10 + 2 * index));
  const points = (ends.at(-1) ?? -1) + 1;
  let at = 10 + 2 * contours;
  at += 2 + glyph.readUInt16BE(at);
  const flags: number[] = [];
  while (flags.length < points) {
    const flag = glyph.readUInt8(at);
    at += 1;
    const repeats = flag & 8 ? glyph.readUInt8(at) : 0;
    if (flag & 8) at += 1;
    for (let copy = 0; copy <= repeats; copy += 1) flags.push(flag);
  }
  const read = (shortBit: number, sameBit: number): number[] => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & shortBit) {
        value += flag & sameBit ? glyph.readUInt8(at) : -glyph.readUInt8(at);
        at += 1;
      } else if ((flag & sameBit) === 0) {
        value += glyph.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = read(2, 16);
  const ys = read(4, 32);
  return ends.flatMap((end, index) =>
    contourEdges(xs, ys, index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end),
  );
}

function contourEdges(xs: readonly number[], ys: readonly number[], from: number, to: number): Edge[] {
  const edges: Edge[] = [];
  for (let point = from; point <= to; point += 1) {
    const next = point === to ? from : point + 1;
    const x = ((xs[point] ?? 0) + (xs[next] ?? 0)) / 2;
    const y1 = ys[point] ?? 0;
    const y2 = ys[next] ?? 0;
    if (y1 !== y2) edges.push({ x, low: Math.min(y1, y2), high: Math.max(y1, y2) });
  }
  return edges;
}
