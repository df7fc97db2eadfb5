import { drawerState } from './drawer.ts';
import type { PrintDoubt, PrinterStatus } from './ports.ts';
import type { PrinterProfile } from './printer-profile.ts';

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
  /** Its name while it does not say one itself. */
  readonly name: string | undefined;
  readonly profile: PrinterProfile | undefined;
  readonly trouble: PrintDoubt | undefined;
}

/** The status that flows see: what the printer itself has said, with what is known around its link. */
export function printerView(
  seen: PrinterStatus,
  { isConnecting, name, profile, trouble }: PrinterFrame,
): PrinterStatus {
  const drawer = drawerState(seen.drawerPin, profile?.drawerOpenAt);
  return {
    ...seen,
    link: isConnecting ? 'connecting' : seen.link,
    name: seen.name || (name ?? ''),
    ...(drawer === undefined ? {} : { drawer }),
    ...(trouble === undefined ? {} : { trouble }),
  };
}
