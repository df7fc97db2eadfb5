import type { PrinterStatus } from '../devices/ports.ts';
import type { DeviceMoment, DeviceView } from './counter-devices.ts';

export interface ReportedCounter {
  readonly devices: readonly DeviceView[];
  readonly printer: PrinterStatus;
  readonly printerSeenMs?: number;
  readonly moments: readonly DeviceMoment[];
  readonly madeMs: number;
}

/**
 * The diagnostic report for a supplier, as pretty JSON. It names what it takes over, field by field, so that nothing else can
 * slip in: no code that was scanned, no tag, no weight, no card data, no customer, no amount.
 */
export function deviceReport({ devices, printer, printerSeenMs, moments, madeMs }: ReportedCounter): string {
  const iso = (ms: number): string => new Date(ms).toISOString();
  return JSON.stringify(
    {
      made: iso(madeMs),
      printer: {
        link: printer.link,
        name: printer.name,
        paper: printer.paper,
        cover: printer.cover,
        job: printer.job,
        trouble: printer.trouble,
        maker: printer.health?.maker,
        serial: printer.health?.serial,
        firmware: printer.health?.firmware,
        lastSeen: printerSeenMs === undefined ? undefined : iso(printerSeenMs),
      },
      devices: devices
        .filter(({ driver }) => driver !== undefined)
        .map(({ place, link, driver, name, trouble, health, lastSeenMs }) => ({
          place,
          driver,
          name,
          link,
          trouble,
          maker: health?.maker,
          model: health?.model,
          serial: health?.serial,
          firmware: health?.firmware,
          keyId: health?.keyId,
          battery: health?.battery,
          refused: health?.refused,
          lastSeen: lastSeenMs === undefined ? undefined : iso(lastSeenMs),
        })),
      moments: moments.map(({ atMs, place, what }) => ({ at: iso(atMs), place, what })),
    },
    undefined,
    2,
  );
}
