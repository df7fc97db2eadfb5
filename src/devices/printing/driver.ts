import { Gb18030 } from '../codecs/gb18030/gb18030.ts';
import type { Driver, PrinterSession, PrinterSettings } from '../driver.ts';
import type { Transport } from '../transports/transport.ts';
import { type SessionSettings, StreamPrinterSession } from './session.ts';
import { type Press, warmPress } from './slip.ts';
import type { Tongue } from './tongue.ts';

/** What a language gets of the session that speaks it. */
export type TongueSettings = Pick<SessionSettings, 'profile' | 'timers'> & {
  readonly press: Press;
  readonly heard: () => void;
};

/** A driver for printers that speak `tongue`. Make one and keep it: the character table inside is built once. */
export function printerDriver(
  id: string,
  tongue: new (transport: Transport, settings: TongueSettings) => Tongue,
): Driver<PrinterSession, PrinterSettings> {
  const gb18030 = new Gb18030();
  return {
    id,
    connect: (transport, { profile, raster, timers, onLearned }) => {
      const press = { gb18030, raster };
      // A printer has just come: nobody waits for paper yet.
      timers.after(0, () => warmPress(press, profile));
      return new StreamPrinterSession(transport, {
        profile,
        timers,
        onLearned,
        tongue: (heard) => new tongue(transport, { profile, press, timers, heard }),
      });
    },
  };
}
