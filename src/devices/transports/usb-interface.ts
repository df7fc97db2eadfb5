/** The part of a USBDevice in use. A simulated device implements it as well. */
export type UsbDevice = Pick<
  USBDevice,
  | 'vendorId'
  | 'productId'
  | 'productName'
  | 'manufacturerName'
  | 'serialNumber'
  | 'opened'
  | 'configuration'
  | 'configurations'
  | 'open'
  | 'close'
  | 'selectConfiguration'
  | 'claimInterface'
  | 'releaseInterface'
  | 'selectAlternateInterface'
  | 'transferIn'
  | 'transferOut'
  | 'clearHalt'
  | 'controlTransferOut'
>;

interface Pipe {
  readonly endpointNumber: number;
  readonly packetSize: number;
}

/** Where a device listens: the interface that must be claimed, and its two pipes. */
export interface BulkPipes {
  readonly configurationValue: number;
  readonly interfaceNumber: number;
  readonly alternateSetting: number;
  readonly interfaceClass: number;
  readonly out: Pipe;
  /** Absent on printers that can only be written to (protocol 1, and many clones). */
  readonly in: Pipe | undefined;
}

/** A serial line behind a USB plug: the data pipes, and the interface that takes the line's settings. */
export interface CdcPipes extends BulkPipes {
  readonly controlInterface: number;
}

/** USB printer class 1.1, section 4.2.1: base class 7; sub class 1; protocol 1 one-way, 2 two-way, 3 IEEE 1284.4. */
const PRINTER_CLASS = 0x07;
/** A maker's own class: many printers, and much else. */
export const VENDOR_CLASS = 0xff;
/** USB CDC 1.2, sections 4.2 and 4.6: the interface with the settings, and the one with the bytes. */
const CDC_CONTROL_CLASS = 0x02;
const CDC_DATA_CLASS = 0x0a;
/** Protocol 4 is IPP over USB: it speaks HTTP, not ESC/POS. */
const IPP_PROTOCOL = 4;

/** Better first: two-way, one-way, 1284.4, then a vendor's own class with a bulk pipe out. */
function rank(alternate: USBAlternateInterface): number {
  if (alternate.interfaceClass === VENDOR_CLASS) return 9;
  return alternate.interfaceProtocol === 2 ? 0 : alternate.interfaceProtocol;
}

const isPrinter = (alternate: USBAlternateInterface): boolean =>
  (alternate.interfaceClass === PRINTER_CLASS && alternate.interfaceProtocol !== IPP_PROTOCOL) ||
  alternate.interfaceClass === VENDOR_CLASS;

/** The interface to print through, or undefined when the device has none. */
export function findPrinterInterface(device: UsbDevice): BulkPipes | undefined {
  const candidates = settingsOf(device)
    .filter(({ alternate }) => isPrinter(alternate))
    .flatMap((setting) => {
      const found = pipesOf(setting);
      return found === undefined ? [] : [{ rank: rank(setting.alternate), found }];
    });
  return candidates.sort((a, b) => a.rank - b.rank)[0]?.found;
}

/**
 * The CDC-ACM line of a device, or undefined when it has none. The control interface is the nearest one before the data: the
 * union descriptor that says so is not shown by WebUSB, and makers number them in that order.
 */
export function findCdcInterface(device: UsbDevice): CdcPipes | undefined {
  const settings = settingsOf(device);
  for (const setting of settings) {
    if (setting.alternate.interfaceClass !== CDC_DATA_CLASS) continue;
    const pipes = pipesOf(setting);
    const controls = settings.filter(
      ({ alternate, configurationValue, interfaceNumber }) =>
        alternate.interfaceClass === CDC_CONTROL_CLASS &&
        configurationValue === setting.configurationValue &&
        interfaceNumber < setting.interfaceNumber,
    );
    const control = controls.at(-1);
    // Without a pipe in there is no line: nothing that speaks CDC-ACM lacks it.
    if (pipes?.in === undefined || control === undefined) continue;
    return { ...pipes, controlInterface: control.interfaceNumber };
  }
  return undefined;
}

interface Setting {
  readonly configurationValue: number;
  readonly interfaceNumber: number;
  readonly alternate: USBAlternateInterface;
}

function settingsOf(device: UsbDevice): Setting[] {
  const configurations = device.configuration ? [device.configuration] : device.configurations;
  return configurations.flatMap(({ configurationValue, interfaces }) =>
    interfaces.flatMap(({ interfaceNumber, alternates }) =>
      alternates.map((alternate) => ({ configurationValue, interfaceNumber, alternate })),
    ),
  );
}

function pipesOf({ configurationValue, interfaceNumber, alternate }: Setting): BulkPipes | undefined {
  const out = alternate.endpoints.find((end) => end.type === 'bulk' && end.direction === 'out');
  if (out === undefined) return undefined;
  return {
    configurationValue,
    interfaceNumber,
    alternateSetting: alternate.alternateSetting,
    interfaceClass: alternate.interfaceClass,
    out,
    in: alternate.endpoints.find((end) => end.type === 'bulk' && end.direction === 'in'),
  };
}
