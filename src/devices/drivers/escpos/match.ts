import { type PrinterProfile, printerProfile } from '../../printer-profile.ts';
import type { DeviceIdentity, DeviceMatch } from '../../transports/transport.ts';

const EPSON = 0x04b8;
const STAR = 0x0519;

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

/** Bixolon's printers of before 2011 bear Samsung's id. */
const BIXOLON = new Set([0x0419, 0x1504]);
const CITIZEN = 0x1d90;
/** Widths by what printers call themselves; the maker says the rest. */
const PAPER_58 = /\b58|5805|MPT-II\b|\bP58|T58|-58\b|S58|N58|TM-P20|CT-S281|SRP-?2[78]|STP-?103/i;

/** False for Star printers that do not speak ESC/POS: they are USB printers, too. */
export const isEscPos = ({ vendorId, name }: DeviceIdentity): boolean =>
  vendorId !== STAR || /\bBSC10/i.test(name);

/** The profile to begin with; the person corrects it after a test slip. */
export function profileFor({ vendorId, productId, name }: DeviceIdentity): PrinterProfile {
  const is58 = (vendorId === 0x0483 && productId === 0x5840) || PAPER_58.test(name);
  return printerProfile(`${makerOf(vendorId, name)}-${is58 ? 58 : 80}`);
}

/** By id where the maker has one; the rest share ids of their chips, and only the name tells. */
function makerOf(
  vendorId: number | undefined,
  name: string,
): 'epson' | 'bixolon' | 'citizen' | 'xprinter' | 'gprinter' | 'rongta' | 'sunmi' | 'generic' {
  if (vendorId === EPSON) return 'epson';
  if (vendorId === CITIZEN) return 'citizen';
  if (vendorId !== undefined && BIXOLON.has(vendorId)) return 'bixolon';
  if (/x-?printer|\bXP-/i.test(name)) return 'xprinter';
  if (/g-?printer|\bGP-/i.test(name)) return 'gprinter';
  if (/rongta|\bRP\d/i.test(name)) return 'rongta';
  if (/sunmi/i.test(name)) return 'sunmi';
  return 'generic';
}
