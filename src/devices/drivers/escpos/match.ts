import { type PrinterProfile, printerProfile } from '../../printer-profile.ts';
import type { DeviceIdentity, DeviceMatch } from '../../transports/transport.ts';

const EPSON = 0x04b8;

/** Devices offered in the chooser: every USB printer, and known makers whose printers use a class of their own. */
export const ESCPOS_MATCHES: readonly DeviceMatch[] = [
  { bus: 'usb', classCode: 7 },
  { bus: 'usb', vendorId: 0x0483, productId: 0x5743 }, // POS-8022 class
  { bus: 'usb', vendorId: 0x0416, productId: 0x5011 }, // POS-5805, POS-8360 class
  { bus: 'usb', vendorId: 0x0483, productId: 0x5840 }, // MPT-II
  { bus: 'usb', vendorId: 0x0419 }, // Samsung / Bixolon
  { bus: 'usb', vendorId: 0x1504 }, // Bixolon
  { bus: 'usb', vendorId: EPSON },
  { bus: 'usb', vendorId: 0x1d90 }, // Citizen
  { bus: 'usb', vendorId: 0x05d9 }, // sold by HP
  { bus: 'usb', vendorId: 0x04c5 }, // Fujitsu
  { bus: 'usb', vendorId: 0x0fe6, productId: 0x811e }, // Dtronic
  { bus: 'usb', vendorId: 0x1fc9, productId: 0x2016 }, // Xprinter
  { bus: 'serial' },
];

/** The profile to begin with; the person corrects it after a test slip. */
export function profileFor(identity: DeviceIdentity): PrinterProfile {
  if (identity.vendorId === EPSON) return printerProfile('epson-80');
  const is58 = identity.vendorId === 0x0483 && identity.productId === 0x5840;
  return printerProfile(is58 || /\b58|5805|MPT-II\b/i.test(identity.name) ? 'generic-58' : 'generic-80');
}
