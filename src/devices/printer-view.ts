import { drawerState } from './drawer.ts';
import type { PrintDoubt, PrinterHealth, PrinterStatus } from './ports.ts';
import type { PrinterProfile } from './printer-profile.ts';
import type { DeviceIdentity } from './transports/transport.ts';

export const ABSENT_PRINTER: PrinterStatus = {
  link: 'absent',
  name: '',
  paper: 'unknown',
  cover: 'unknown',
  drawerPin: 'unknown',
  job: 'idle',
};

export interface PrinterFrame {
  readonly isConnecting: boolean;
  /** As the bus knows it: its name while it does not say one itself, and the serial number that its plug tells. */
  readonly identity: DeviceIdentity | undefined;
  readonly profile: PrinterProfile | undefined;
  readonly trouble: PrintDoubt | undefined;
}

/** The status that flows see: what the printer itself has said, with what is known around its link. */
export function printerView(
  { health: told, ...seen }: PrinterStatus,
  { isConnecting, identity, profile, trouble }: PrinterFrame,
): PrinterStatus {
  const health: PrinterHealth = {
    ...(identity?.serialNumber === undefined ? {} : { serial: identity.serialNumber }),
    ...told,
  };
  const drawer = drawerState(seen.drawerPin, profile?.drawerOpenAt);
  return {
    ...seen,
    link: isConnecting ? 'connecting' : seen.link,
    name: seen.name || (identity?.name ?? ''),
    ...(drawer === undefined ? {} : { drawer }),
    ...(trouble === undefined ? {} : { trouble }),
    ...(Object.keys(health).length === 0 ? {} : { health }),
  };
}
