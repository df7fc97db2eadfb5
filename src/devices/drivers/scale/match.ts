import type { DeviceMatch, SerialLine } from '../../transports/transport.ts';

/** A serial port says nothing of the scale behind it: the person names it. */
export const SCALE_MATCHES: readonly DeviceMatch[] = [{ bus: 'serial' }];

/** Factory settings, where the manuals tell them; for NCI from general knowledge. */
export const SCALE_LINES = {
  'scale-continuous': { baudRate: 9_600, flow: 'none' },
  'scale-enq': { baudRate: 9_600, flow: 'none' },
  'scale-nci': { baudRate: 9_600, flow: 'none', dataBits: 7, parity: 'even' },
} as const satisfies Readonly<Record<string, SerialLine>>;
