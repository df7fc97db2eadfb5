import type { DeviceMatch, SerialLine } from '../../transports/transport.ts';

/** Any serial port: WiseEasy's vendor ids for the USB gadget are not published, so the person chooses. */
export const ECRHUB_MATCHES: readonly DeviceMatch[] = [{ bus: 'serial' }];

/** Fixed by the protocol (facts: devices 3.6). */
export const ECRHUB_LINE: SerialLine = { baudRate: 115_200, flow: 'none' };
