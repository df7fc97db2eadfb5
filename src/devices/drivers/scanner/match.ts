import type { DeviceMatch, SerialLine } from '../../transports/transport.ts';

/** Bar code scanner of the POS usage tables, whoever made it. In keyboard mode it is not shown to the page. */
export const HID_SCANNER_MATCHES: readonly DeviceMatch[] = [{ bus: 'hid', usagePage: 0x8c, usage: 0x02 }];

export const SERIAL_SCANNER_MATCHES: readonly DeviceMatch[] = [{ bus: 'serial' }];
/** The factory setting of most; a virtual COM port takes any. */
export const SERIAL_SCANNER_LINE: SerialLine = { baudRate: 9_600, flow: 'none' };
