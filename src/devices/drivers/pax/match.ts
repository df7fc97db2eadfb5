import type { DeviceMatch, SerialLine } from '../../transports/transport.ts';

/** Any serial port: PAX's USB gadget and the converters of its cables do not tell what is behind them. */
export const PAX_MATCHES: readonly DeviceMatch[] = [{ bus: 'serial' }];

/** What public drivers open it with; 115200 is the other setting of the terminal's menu. */
export const PAX_LINE: SerialLine = { baudRate: 9_600, flow: 'none' };
