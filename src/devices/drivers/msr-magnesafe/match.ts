import type { DeviceMatch } from '../../transports/transport.ts';

const MAGTEK = 0x0801;

/** Swipe readers of the MagneSafe V5 family, and the stripe of its chip readers. */
export const MAGNESAFE_MATCHES: readonly DeviceMatch[] = [
  0x0001, 0x0002, 0x0003, 0x0011, 0x0020, 0x0019, 0x001a, 0x001c, 0x001e, 0x001f,
].map((productId) => ({ bus: 'hid', vendorId: MAGTEK, productId }));
