import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { TerminalSession } from '../../kept/kept-terminal.ts';
import { TerminalOrders } from '../../terminals/terminal-orders.ts';
import type { TerminalSettings } from '../../terminals/terminal-settings.ts';
import type { Link } from '../../transports/transport.ts';
import { EcrHubDialect } from './dialect.ts';

/** ECRHub / CodePay / PayCloud terminals on a serial line over USB. */
export function ecrHubDriver(): Driver<TerminalSession, TerminalSettings, Link> {
  return {
    id: 'ecrhub',
    connect: (link, settings) => {
      if (link.framing === 'report')
        throw new DeviceError('unsupported', 'an ECRHub terminal is a serial port');
      return new TerminalOrders(new EcrHubDialect(link, settings), settings);
    },
  };
}
