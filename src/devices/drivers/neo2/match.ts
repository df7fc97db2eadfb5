import type { DeviceMatch, SerialLine } from '../../transports/transport.ts';

const ID_TECH = 0x0acd;
/** Swipe readers of the same maker: they belong to another driver. */
const VP3300 = 0x3530;

/**
 * VP3300 by its product; other members have products that nobody has written down, so any HID device of the maker with a
 * usage page of its own may be chosen, and is asked what it is. Over serial there is nothing to match on.
 */
export const NEO2_MATCHES: readonly DeviceMatch[] = [
  { bus: 'hid', vendorId: ID_TECH, productId: VP3300 },
  { bus: 'hid', vendorId: ID_TECH, usagePage: 0xff00 },
  { bus: 'serial' },
];

export const NEO2_LINE: SerialLine = { baudRate: 115_200, flow: 'none' };
