import { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import type { Driver, PrinterSession, PrinterSettings } from '../../driver.ts';
import { EscPosSession } from './session.ts';

/** ESC/POS receipt printers. Make one and keep it: the character table inside is built once. */
export function escPosDriver(): Driver<PrinterSession, PrinterSettings> {
  const gb18030 = new Gb18030();
  return {
    id: 'escpos',
    connect: (transport, { profile, raster, timers, onLearned }) => {
      // A printer has just come: nobody waits for paper yet, so this is the quiet moment for the table.
      timers.after(0, () => gb18030.warm());
      return new EscPosSession(transport, { profile, press: { gb18030, raster }, timers, onLearned });
    },
  };
}
