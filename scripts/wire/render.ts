import { writeFileSync } from 'node:fs';
import { encode } from 'fast-png';
import { isDot } from '../../src/devices/receipt/bitmap.ts';
import { drawPaper } from '../../src/devices/simulators/escpos/draw.ts';
import type { PaperLine } from '../../src/devices/simulators/escpos/paper.ts';
import type { PrinterCharset } from '../../src/devices/simulators/escpos/parser.ts';
import { VirtualPrinter } from '../../src/devices/simulators/escpos/virtual-printer.ts';
import { loadDotFont } from './dot-font.ts';

export interface Rendering {
  readonly out?: string;
  readonly columns: number;
  /** The printed text lines; pictures, codes and cuts in brackets where they stand. */
  readonly lines: readonly string[];
}

/** Prints a capture on the virtual printer, and draws its paper into a PNG when `out` is given. */
export function render(
  bytes: Uint8Array<ArrayBuffer>,
  options: { out?: string; columns: number; charset: PrinterCharset },
): Rendering {
  const printer = new VirtualPrinter({ columns: options.columns, charset: options.charset });
  printer.receive(bytes);
  const { paper } = printer;
  if (options.out !== undefined) writePng(options.out, paper, options.columns);
  return {
    ...(options.out ? { out: options.out } : {}),
    columns: options.columns,
    lines: paper.flatMap(told),
  };
}

function told(line: PaperLine): string[] {
  switch (line.kind) {
    case 'text':
      return [line.text];
    case 'raster':
      return [`[raster ${line.widthBytes * 8} × ${line.height}]`];
    case 'qr':
      return [`[qr ${line.data}]`];
    case 'barcode':
      return [`[barcode ${line.data}]`];
    case 'cut':
      return ['[cut]'];
    case 'feed':
      return [];
    default:
      return line satisfies never;
  }
}

function writePng(out: string, paper: readonly PaperLine[], columns: number): void {
  const picture = drawPaper(paper, columns, loadDotFont());
  const width = picture.widthBytes * 8;
  const data = new Uint8Array(width * picture.height);
  for (let y = 0; y < picture.height; y += 1) {
    for (let x = 0; x < width; x += 1) data[y * width + x] = isDot(picture, x, y) ? 0 : 255;
  }
  writeFileSync(out, encode({ width, height: picture.height, data, channels: 1, depth: 8 }));
}
