import type { PrinterEntry } from './driver.ts';
import { ESCPOS_MATCHES, profileFor } from './drivers/escpos/match.ts';

/** Every receipt printer the till can drive: one line each. Deleting a driver is deleting its folder and its line. */
export const RECEIPT_PRINTERS: readonly PrinterEntry[] = [
  {
    id: 'escpos',
    match: ESCPOS_MATCHES,
    profileFor,
    load: async () => (await import('./drivers/escpos/driver.ts')).escPosDriver(),
  },
];
