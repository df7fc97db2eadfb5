import type { PrinterProfile } from './printer-profile.ts';
import type { DeviceIdentity, SerialLine } from './transports/transport.ts';

/** The printer of this till, as it is remembered. Plain JSON. */
export interface RememberedPrinter {
  readonly driver: string;
  readonly identity: DeviceIdentity;
  readonly profile: PrinterProfile;
  readonly line?: SerialLine;
  /** The set-up wizard was walked to its end with it. */
  readonly walked?: true;
}
