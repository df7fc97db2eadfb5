import type { PaperCell } from '../../flow/services.ts';

/** Units of a drawing: how wide a column is, how large its characters, and how high their line. */
export const COLUMN = 10;
export const SIZE = 19;
export const LINE = 23.75;
/** Where characters stand, from the top of their line. */
const BASE = 18;

/** Characters of one line that are drawn alike, each in the middle of its own columns. */
export interface PaperText {
  readonly text: string;
  readonly bold: boolean;
  /** `scale(2 1)`; absent for plain ones. */
  readonly transform: string | undefined;
  /** The middle of each character, in units of the (scaled) drawing, and where they stand. */
  readonly x: string;
  readonly y: number;
}

/** A line as an SVG draws it. */
export interface DrawnText {
  readonly height: number;
  readonly texts: readonly PaperText[];
}

/**
 * Characters that are one unit of text each and never change with their neighbours: a list of places fits them. All others,
 * letters that join among them, are drawn on their own.
 */
const PLAIN = /^[\u0020-\u02ff\u2000-\ud7ff\uf900-\ufaff\uff00-\uffef]$/;

/** Where everything of a line is drawn on paper of that many columns. White is not drawn. */
export function drawnText(
  cells: readonly PaperCell[],
  align: 'left' | 'center' | 'right',
  columns: number,
): DrawnText {
  const tall = Math.max(1, ...cells.map(({ heightTimes }) => heightTimes));
  const free = columns - cells.reduce((all, cell) => all + cell.columns, 0);
  let column = align === 'left' ? 0 : align === 'right' ? free : free / 2;
  const groups = new Map<string, { readonly cell: PaperCell; text: string; readonly middles: number[] }>();
  for (const [index, cell] of cells.entries()) {
    const middle = (column + cell.columns / 2) * COLUMN;
    column += cell.columns;
    if (cell.text.trim() === '') continue;
    const look = `${cell.bold} ${cell.widthTimes} ${cell.heightTimes}`;
    const key = PLAIN.test(cell.text) ? look : `${look} ${index}`;
    const group = groups.get(key) ?? { cell, text: '', middles: [] };
    group.text += cell.text;
    group.middles.push(middle);
    groups.set(key, group);
  }
  const texts = [...groups.values()].map(({ cell, text, middles }) => paperText(cell, text, middles, tall));
  return { height: LINE * tall, texts };
}

function paperText(
  { bold, widthTimes, heightTimes }: PaperCell,
  text: string,
  middles: readonly number[],
  tall: number,
): PaperText {
  const isPlain = widthTimes === 1 && heightTimes === 1;
  return {
    text,
    bold,
    transform: isPlain ? undefined : `scale(${widthTimes} ${heightTimes})`,
    x: middles.map((middle) => middle / widthTimes).join(' '),
    y: (LINE * tall) / heightTimes - (LINE - BASE),
  };
}
