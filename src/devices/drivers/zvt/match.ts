import type { DeviceMatch, SerialLine } from '../../transports/transport.ts';

/** Any serial port: the ids are those of a converter, or of the maker's virtual port. */
export const ZVT_MATCHES: readonly DeviceMatch[] = [{ bus: 'serial' }];

/** What terminals come set to: 9600 8N2. Many are set to 115200 in their menu; the person says so when pairing. */
export const ZVT_LINE: SerialLine = { baudRate: 9_600, flow: 'none', stopBits: 2 };
