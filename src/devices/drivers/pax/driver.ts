import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { TerminalSession } from '../../kept/kept-terminal.ts';
import { TerminalOrders } from '../../terminals/terminal-orders.ts';
import type { TerminalSettings } from '../../terminals/terminal-settings.ts';
import type { Link } from '../../transports/transport.ts';
import { PaxDialect } from './dialect.ts';

/** PAX terminals in semi-integrated mode (BroadPOS) on a serial line. */
export function paxDriver(): Driver<TerminalSession, TerminalSettings, Link> {
  return {
    id: 'pax',
    connect: (link, settings) => {
      if (link.framing === 'report') throw new DeviceError('unsupported', 'a PAX terminal is a serial port');
      return new TerminalOrders(new PaxDialect(link, settings), settings);
    },
  };
}
