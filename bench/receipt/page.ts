import { Gb18030 } from '../../src/devices/codecs/gb18030/gb18030.ts';
import { compileReceipt } from '../../src/devices/drivers/escpos/compile.ts';
import { type PrinterProfileId, printerProfile } from '../../src/devices/printer-profile.ts';
import { CELL_HEIGHT, CELL_WIDTH } from '../../src/devices/receipt/bitmap.ts';
import { canvasRasteriser } from '../../src/devices/receipt/canvas-raster.ts';
import { ReconnectingPrinter } from '../../src/devices/reconnecting-printer.ts';
import { RECEIPT_PRINTERS } from '../../src/devices/registry.ts';
import { SimulatedUsb } from '../../src/devices/simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from '../../src/devices/simulators/escpos/usb-device.ts';
import { VirtualPrinter } from '../../src/devices/simulators/escpos/virtual-printer.ts';
import { systemTimers } from '../../src/devices/timers.ts';
import { WebUsbBus } from '../../src/devices/transports/webusb.ts';
import { COLUMNS, LINES, SLIP } from './slip.ts';

/** What the bench drives from outside, in a page: canvas and the way of a job to the cable. */
export interface ReceiptBench {
  /** Milliseconds and bytes of the whole slip drawn as dots, ours and one bare canvas. */
  raster(rounds: number): Promise<{ ours: number[]; bare: number[]; bytes: number; bareBytes: number }>;
  /** Milliseconds from `print` to the first transfer to the printer; the first job of a fresh page comes first. */
  firstByte(profile: PrinterProfileId, jobs: number): Promise<number[]>;
}

declare global {
  interface Window {
    receiptBench: ReceiptBench;
  }
}

const surface = (width: number, height: number) =>
  new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
const press = { gb18030: new Gb18030(), raster: canvasRasteriser(surface) };

const LINE_ROWS = CELL_HEIGHT + 6;
const BLACK_BELOW = 160;
/** Bytes of GS v 0 before its dots. */
const HEADER_BYTES = 8;

/** The least: one canvas for the whole slip, text in one call a line, dots packed as they come. */
function bareRaster(): number {
  const width = COLUMNS * CELL_WIDTH;
  const height = LINES.length * LINE_ROWS;
  const context = surface(width, height);
  if (context === null) return 0;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.fillStyle = '#000';
  context.font = '22px "Noto Sans Mono CJK SC", monospace';
  LINES.forEach((line, index) => {
    context.fillText(line, 0, index * LINE_ROWS + CELL_HEIGHT - 4, width);
  });
  const { data } = context.getImageData(0, 0, width, height);
  const dots = new Uint8Array((width / 8) * height);
  for (let dot = 0; dot < width * height; dot += 1) {
    if ((data[dot * 4] ?? 255) < BLACK_BELOW) dots[dot >> 3] = (dots[dot >> 3] ?? 0) | (0x80 >> (dot & 7));
  }
  return dots.length + HEADER_BYTES;
}

async function timed(rounds: number, work: () => void): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve));
  }
  return times;
}

window.receiptBench = {
  async raster(rounds) {
    const profile = { ...printerProfile('raster-80'), columns: COLUMNS } as const;
    let bytes = 0;
    let bareBytes = 0;
    const ours = await timed(rounds, () => {
      bytes = compileReceipt(SLIP, profile, press, false).bytes.length;
    });
    const bare = await timed(rounds, () => {
      bareBytes = bareRaster();
    });
    return { ours, bare, bytes, bareBytes };
  },

  async firstByte(profile, jobs) {
    const usb = new SimulatedUsb();
    const cable = new SimulatedUsbPrinter(new VirtualPrinter({ bufferBytes: 1_000_000 }));
    usb.plug(cable, true);
    let sentAt: number | undefined;
    const transferOut = cable.transferOut.bind(cable);
    cable.transferOut = (endpoint, data) => {
      sentAt ??= performance.now();
      return transferOut(endpoint, data);
    };
    const bus = new WebUsbBus(usb);
    const [found] = await bus.known();
    if (found === undefined) throw new Error('no printer');
    const printer = new ReconnectingPrinter({
      buses: [bus],
      drivers: RECEIPT_PRINTERS,
      raster: press.raster,
      timers: systemTimers,
      remembered: { driver: 'escpos', identity: found.identity, profile: printerProfile(profile) },
      remember: () => undefined,
    });
    await printer.start();
    await new Promise((resolve) => setTimeout(resolve, 100));
    const times: number[] = [];
    for (let job = 0; job < jobs; job += 1) {
      sentAt = undefined;
      const start = performance.now();
      const outcome = await printer.print({ jobId: `${profile}-${job}`, document: SLIP, kickDrawer: true });
      if (outcome.kind !== 'confirmed' || sentAt === undefined) throw new Error(outcome.kind);
      times.push(sentAt - start);
    }
    await printer.stop();
    return times;
  },
};
