/** The part of a USBDevice that a printer needs. A simulated device implements this and no more. */
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
>;

/** Where a printer listens: everything that must be claimed, and the two pipes. */
export interface PrinterInterface {
  readonly configurationValue: number;
  readonly interfaceNumber: number;
  readonly alternateSetting: number;
  readonly out: { readonly endpointNumber: number; readonly packetSize: number };
  /** Absent on printers that can only be written to (protocol 1, and many clones). */
  readonly in: { readonly endpointNumber: number; readonly packetSize: number } | undefined;
}

/** USB printer class 1.1, section 4.2.1: base class 7; sub class 1; protocol 1 one-way, 2 two-way, 3 IEEE 1284.4. */
export const PRINTER_CLASS = 0x07;
const VENDOR_CLASS = 0xff;
/** Protocol 4 is IPP over USB: it speaks HTTP, not ESC/POS. */
const IPP_PROTOCOL = 4;

/** Better first: two-way, one-way, 1284.4, then a vendor's own class with a bulk pipe out. */
function rank(alternate: USBAlternateInterface): number {
  if (alternate.interfaceClass === VENDOR_CLASS) return 9;
  return alternate.interfaceProtocol === 2 ? 0 : alternate.interfaceProtocol;
}

const isCandidate = (alternate: USBAlternateInterface): boolean =>
  (alternate.interfaceClass === PRINTER_CLASS && alternate.interfaceProtocol !== IPP_PROTOCOL) ||
  alternate.interfaceClass === VENDOR_CLASS;

/** The interface to print through, or undefined when the device has none. */
export function findPrinterInterface(device: UsbDevice): PrinterInterface | undefined {
  const configurations = device.configuration ? [device.configuration] : device.configurations;
  const candidates = configurations.flatMap((configuration) =>
    configuration.interfaces.flatMap((each) =>
      each.alternates.filter(isCandidate).flatMap((alternate) => {
        const out = alternate.endpoints.find((end) => end.type === 'bulk' && end.direction === 'out');
        if (out === undefined) return [];
        const back = alternate.endpoints.find((end) => end.type === 'bulk' && end.direction === 'in');
        const found: PrinterInterface = {
          configurationValue: configuration.configurationValue,
          interfaceNumber: each.interfaceNumber,
          alternateSetting: alternate.alternateSetting,
          out,
          in: back,
        };
        return [{ rank: rank(alternate), found }];
      }),
    ),
  );
  return candidates.sort((a, b) => a.rank - b.rank)[0]?.found;
}
