import { Gb18030 } from '../../codecs/gb18030/gb18030.ts';
import type { Driver, PrinterSession, PrinterSettings } from '../../driver.ts';
import { StreamPrinterSession } from '../../printing/session.ts';
import { warmPress } from '../../printing/slip.ts';
import { EscPosTongue } from './tongue.ts';

/** ESC/POS receipt printers. Make one and keep it: the character table inside is built once. */
export function escPosDriver(): Driver<PrinterSession, PrinterSettings> {
  const gb18030 = new Gb18030();
  return {
    id: 'escpos',
    connect: (transport, { profile, raster, timers, onLearned }) => {
      const press = { gb18030, raster };
      // A printer has just come: nobody waits for paper yet.
      timers.after(0, () => warmPress(press, profile));
      return new StreamPrinterSession(transport, {
        profile,
        timers,
        onLearned,
        tongue: (heard) => new EscPosTongue(transport, { profile, press, timers, heard }),
      });
    },
  };
}
