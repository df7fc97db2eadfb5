import { printerProfile } from '../devices/printer-profile.ts';
import { ReconnectingPrinter } from '../devices/reconnecting-printer.ts';
import { RECEIPT_PRINTERS } from '../devices/registry.ts';
import { SimulatedUsb } from '../devices/simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from '../devices/simulators/escpos/usb-device.ts';
import { VirtualPrinter } from '../devices/simulators/escpos/virtual-printer.ts';
import { systemTimers } from '../devices/timers.ts';
import { WebUsbBus } from '../devices/transports/webusb.ts';
import type { Devices, Paper } from '../flow/services.ts';
import { paperView } from './paper-view.ts';
import { pageRasteriser } from './real-counter.ts';

/** The counter of training mode: the production driver over a simulated cable to a simulated printer. */
export interface SimulatedCounter {
  readonly printer: ReconnectingPrinter;
  paper(): Paper;
  closeDrawer(): void;
  onPaper(listener: () => void): void;
  simulate(fault: Parameters<Devices['simulate']>[0]): void;
}

export async function simulatedCounter(columns: 32 | 42 | 48): Promise<SimulatedCounter> {
  const virtual = new VirtualPrinter({ columns });
  const device = new SimulatedUsbPrinter(virtual);
  const usb = new SimulatedUsb();
  usb.plug(device, true);
  const bus = new WebUsbBus(usb);
  const [found] = await bus.known();
  const driver = RECEIPT_PRINTERS[0];
  const profile = { ...printerProfile('generic-80'), columns };
  const printer = new ReconnectingPrinter({
    buses: [bus],
    drivers: RECEIPT_PRINTERS,
    raster: pageRasteriser(),
    timers: systemTimers,
    ...(found && driver ? { remembered: { driver: driver.id, identity: found.identity, profile } } : {}),
    remember: () => undefined, // Simulated: there is nothing to take up again after a reload.
  });
  await printer.start();
  return {
    printer,
    paper: () => ({
      columns: virtual.columns,
      lines: paperView(virtual.paper),
      drawerKicks: virtual.kicks.length,
    }),
    closeDrawer: () => virtual.closeDrawer(),
    onPaper: (listener) => {
      virtual.subscribe(listener);
    },
    simulate: (fault) => {
      if (fault === 'cut-cable') return usb.unplug(device);
      usb.plug(device);
      virtual.setPaper(fault === 'paper-end' ? 'end' : 'ok');
      virtual.setCover(fault === 'cover-open');
    },
  };
}
