import type { PaperLine as DrawnLine } from '../devices/simulators/escpos/paper.ts';
import type { PaperCell, PaperLine } from '../flow/services.ts';

/** Lines handed to the screen: the last few slips. The roll itself keeps more. */
export const PAPER_SHOWN_MAX = 400;

/** What the simulator drew, in the form that pages are handed: it is shown as it would have been printed. */
export function paperView(lines: readonly DrawnLine[]): readonly PaperLine[] {
  return lines.slice(-PAPER_SHOWN_MAX).flatMap(viewOf);
}

function viewOf(line: DrawnLine): readonly PaperLine[] {
  switch (line.kind) {
    case 'text':
      return [{ align: 'left', content: { kind: 'text', cells: cellsOf(line) } }];
    case 'raster':
      return [{ align: 'left', content: { kind: 'bitmap', ...dotsOf(line) } }];
    case 'qr': {
      const modules = line.modules.length;
      const dots = Uint8Array.from(line.modules.flat(), (isBlack) => (isBlack ? 1 : 0));
      return [{ align: line.align, content: { kind: 'qr', modules, dots } }];
    }
    case 'barcode':
      return [{ align: line.align, content: { kind: 'text', cells: [plainCell(line.data)] } }];
    case 'feed':
      return [{ align: 'left', content: { kind: 'text', cells: [] } }];
    case 'cut':
      return [{ align: 'center', content: { kind: 'cut' } }];
    default:
      return line satisfies never;
  }
}

const plainCell = (text: string): PaperCell => ({
  text,
  columns: text.length,
  widthTimes: 1,
  heightTimes: 1,
  bold: false,
});

/** Cells side by side, the white between them as cells of its own: a grid needs no positions then. */
function cellsOf({ cells }: Extract<DrawnLine, { kind: 'text' }>): readonly PaperCell[] {
  const shown: PaperCell[] = [];
  let column = 0;
  for (const cell of cells) {
    if (cell.column > column) shown.push({ ...plainCell(''), columns: cell.column - column });
    const { text, columns, width, height, bold } = cell;
    shown.push({ text, columns, widthTimes: width, heightTimes: height, bold });
    column = cell.column + columns;
  }
  return shown;
}

/** One byte a dot, which is what a canvas wants. */
function dotsOf({ widthBytes, height, data }: Extract<DrawnLine, { kind: 'raster' }>): {
  readonly width: number;
  readonly height: number;
  readonly dots: Uint8Array;
} {
  const width = widthBytes * 8;
  const dots = Uint8Array.from({ length: width * height }, (_, index) => {
    const x = index % width;
    const y = Math.floor(index / width);
    return ((data[y * widthBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1;
  });
  return { width, height, dots };
}
