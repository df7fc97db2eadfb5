import type { DeviceMatch, SerialLine } from '../../transports/transport.ts';

/** Boards with a USB converter of any make: the person names it. */
export const PN532_MATCHES: readonly DeviceMatch[] = [{ bus: 'serial' }];
export const PN532_LINE: SerialLine = { baudRate: 115_200, flow: 'none' };
