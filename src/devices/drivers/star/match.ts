import { type PrinterProfile, printerProfile } from '../../printer-profile.ts';
import type { DeviceIdentity, DeviceMatch } from '../../transports/transport.ts';

const STAR = 0x0519;

export const STAR_MATCHES: readonly DeviceMatch[] = [
  { bus: 'usb', vendorId: STAR },
  { bus: 'serial', vendorId: STAR },
];

/** BSC10 speaks ESC/POS. TSP100 up to the third generation takes pictures in a language of its own (Star Graphic) only. */
const OTHER_LANGUAGE = /\bBSC10|\bTSP1(00|13|43)(?!IV)/i;
/** Models with the fonts of all four hanzi countries, and UTF-8. */
const UTF8_80 = /mC-?Print3|TSP100IV|mC-?Label3/i;
const UTF8_58 = /mC-?Print2/i;
const PRNT_58 = /\bmPOP/i;
const PRNT_80 = /\bSM-[LST]/i;

/** False for printers that bear the maker's id and do not understand it in this language. */
export const isStar = ({ name }: DeviceIdentity): boolean => !OTHER_LANGUAGE.test(name);

/** The profile to begin with, by what the printer calls itself; the person corrects it after a test slip. */
export function profileForStar({ name }: DeviceIdentity): PrinterProfile {
  if (UTF8_80.test(name)) return printerProfile('star-utf8-80');
  if (UTF8_58.test(name)) return printerProfile('star-utf8-58');
  if (PRNT_58.test(name)) return printerProfile('star-prnt-58');
  if (PRNT_80.test(name)) return printerProfile('star-prnt-80');
  // TSP650II, TSP700II, TSP800II and older come set to Star Line Mode.
  return printerProfile('star-line-80');
}
