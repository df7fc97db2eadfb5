import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { TerminalSession } from '../../kept/kept-terminal.ts';
import { TerminalOrders } from '../../terminals/terminal-orders.ts';
import type { TerminalSettings } from '../../terminals/terminal-settings.ts';
import type { Link } from '../../transports/transport.ts';
import { ZvtDialect } from './dialect.ts';

/** ZVT terminals on a serial line: CCV, Verifone, Ingenico, Worldline and others in Germany, Austria and Switzerland. */
export function zvtDriver(): Driver<TerminalSession, TerminalSettings, Link> {
  return {
    id: 'zvt',
    connect: (link, settings) => {
      if (link.framing === 'report') throw new DeviceError('unsupported', 'a ZVT terminal is a serial port');
      return new TerminalOrders(new ZvtDialect(link, settings), settings);
    },
  };
}
