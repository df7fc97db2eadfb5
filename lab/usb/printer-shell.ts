import type { BufferedPrinter } from '../../src/devices/simulators/escpos/buffered-printer.ts';
import { printerUsbCore, type SimulatedUsbOptions } from '../../src/devices/simulators/escpos/usb-device.ts';
import type { Setup } from './usb-device.ts';
import { UsbShell } from './usb-shell.ts';

const GET_DEVICE_ID = 0;
const GET_PORT_STATUS = 1;
const SOFT_RESET = 2;
const FROM_INTERFACE = 0xa1;
const TO_INTERFACE = 0x21;
/** GET_PORT_STATUS: selected and no error; bit 5 is 'paper empty'. */
const PORT_OK = 0x18;
const PORT_NO_PAPER = 0x38;

/** A virtual printer as a USB printer, with what the class asks of one beside its pipes: the kernel's driver wants it. */
export class PrinterShell extends UsbShell {
  readonly printer: BufferedPrinter;

  constructor(printer: BufferedPrinter, options: Partial<SimulatedUsbOptions>) {
    super(printerUsbCore(printer, options));
    this.printer = printer;
  }

  protected override classRequest(setup: Setup, data: Uint8Array): Uint8Array {
    const { type, request } = setup;
    if (type === FROM_INTERFACE && request === GET_DEVICE_ID) return deviceId(this.facts);
    if (type === FROM_INTERFACE && request === GET_PORT_STATUS)
      return Uint8Array.of(this.printer.paperState === 'end' ? PORT_NO_PAPER : PORT_OK);
    if (type === TO_INTERFACE && request === SOFT_RESET) return new Uint8Array(0);
    return super.classRequest(setup, data);
  }
}

/** IEEE 1284 device id: two bytes of length (its own included, big-endian), then KEY:VALUE; pairs. */
function deviceId({ manufacturer, product }: PrinterShell['facts']): Uint8Array {
  const text = `MFG:${manufacturer};CMD:ESC/POS;MDL:${product};CLS:PRINTER;`;
  const length = text.length + 2;
  return Uint8Array.from([length >> 8, length & 0xff, ...Array.from(text, (each) => each.charCodeAt(0))]);
}
