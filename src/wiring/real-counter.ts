import type { TakenDevices } from '../devices/kept/kept-link.ts';
import type { Rasteriser } from '../devices/receipt/bitmap.ts';
import { canvasRasteriser } from '../devices/receipt/canvas-raster.ts';
import { ReconnectingPrinter } from '../devices/reconnecting-printer.ts';
import { RECEIPT_PRINTERS } from '../devices/registry.ts';
import type { RememberedPrinter } from '../devices/remembered-printer.ts';
import { systemTimers } from '../devices/timers.ts';
import type { Bus } from '../devices/transports/transport.ts';

/** Lines that the printer's own font cannot show are drawn with the fonts of this device. */
export const pageRasteriser = (): Rasteriser =>
  canvasRasteriser((width, height) =>
    new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true }),
  );

/** The till's own printer, taken up again if it was there before. Loaded after the first paint. */
export async function realPrinter(
  buses: readonly Bus[],
  taken: TakenDevices,
  remembered: RememberedPrinter | undefined,
  remember: (printer: RememberedPrinter | undefined) => void,
): Promise<ReconnectingPrinter> {
  const printer = new ReconnectingPrinter({
    buses,
    drivers: RECEIPT_PRINTERS,
    raster: pageRasteriser(),
    timers: systemTimers,
    taken,
    ...(remembered === undefined ? {} : { remembered }),
    remember,
  });
  await printer.start();
  return printer;
}
