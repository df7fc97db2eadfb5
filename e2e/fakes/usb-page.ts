import { SimulatedUsb } from '../../src/devices/simulators/escpos/usb.ts';
import { SimulatedUsbPrinter } from '../../src/devices/simulators/escpos/usb-device.ts';
import { VirtualPrinter } from '../../src/devices/simulators/escpos/virtual-printer.ts';

/** Runs in the page before the app: `navigator.usb` becomes a socket with a byte-exact printer in it. */
const virtual = new VirtualPrinter({ columns: 48, answers: 'gs-h' });
const device = new SimulatedUsbPrinter(virtual);
const usb = new SimulatedUsb();
// Permission lives with the browser profile: a reload must find what an earlier page was allowed.
usb.plug(device, localStorage.getItem('e2e-usb-permitted') === 'yes');
const request = usb.requestDevice.bind(usb);
usb.requestDevice = async (options) => {
  const chosen = await request(options);
  localStorage.setItem('e2e-usb-permitted', 'yes');
  return chosen;
};
Object.defineProperty(Navigator.prototype, 'usb', { configurable: true, get: () => usb });

const bench = {
  printer: virtual,
  unplug: () => usb.unplug(device),
  plug: () => usb.plug(device),
  /** What came out, a line of text each. */
  text: () => virtual.paper.map((line) => (line.kind === 'text' ? line.text : `[${line.kind}]`)),
  kicks: () => virtual.kicks.length,
};
export type UsbBench = typeof bench;
Object.assign(globalThis, { usbBench: bench });
