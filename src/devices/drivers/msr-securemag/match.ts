import type { DeviceMatch } from '../../transports/transport.ts';

/** HID with ID TECH's structure. 2030 is a keyboard: the browser does not show it, and it would type card data. */
export const SECUREMAG_MATCHES: readonly DeviceMatch[] = [
  { bus: 'hid', vendorId: 0x0acd, productId: 0x2010 },
];
