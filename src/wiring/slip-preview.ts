import { Gb18030 } from '../devices/codecs/gb18030/gb18030.ts';
import { compileReceipt } from '../devices/drivers/escpos/compile.ts';
import { printerProfile } from '../devices/printer-profile.ts';
import { VirtualPrinter } from '../devices/simulators/escpos/virtual-printer.ts';
import type { ReceiptDocument } from '../domain/receipt.ts';
import type { Paper } from '../flow/services.ts';
import { paperView } from './paper-view.ts';
import { pageRasteriser } from './real-counter.ts';

/**
 * Draws slips for the screen: compiled to the bytes of a printer and read by the interpreter of the simulated one, so that a line
 * breaks on the screen where it breaks on paper. Loaded when the first slip is shown.
 */
export class SlipPreview {
  readonly #press = { gb18030: new Gb18030(), raster: pageRasteriser() };

  /** `columns`: half-width characters per line, those of the printer. Throws DeviceError `unsupported`. */
  draw(document: ReceiptDocument, columns: number, charset: 'gb18030' | 'raster'): Paper {
    const profile = {
      ...printerProfile('generic-80'),
      columns: ([32, 42, 48] as const).find((each) => each === columns) ?? 48,
      charset,
    };
    const { bytes } = compileReceipt(document, profile, this.#press, false);
    const printer = new VirtualPrinter({ columns: profile.columns, answers: 'none' });
    printer.receive(bytes);
    return { columns: profile.columns, lines: paperView(printer.paper), drawerKicks: 0 };
  }
}
