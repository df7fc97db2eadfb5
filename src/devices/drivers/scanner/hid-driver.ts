import { HidPosDecoder, MODE_HID_POS, MODE_REPORT_ID } from '../../codecs/scanner/hid-pos.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ScannerSession } from '../../kept/kept-scanner.ts';
import type { DeviceHealth } from '../../ports.ts';
import type { Link, Report, ReportLink } from '../../transports/transport.ts';
import { ListeningScanner, type ScannerSettings } from './listening.ts';

/** Reports of one code follow each other within a few milliseconds; later than this the rest was lost, ms. */
const REST_MS = 500;

/** Scanners in HID POS mode. */
export const hidScannerDriver: Driver<ScannerSession, ScannerSettings, Link> = {
  id: 'scanner-hid',
  connect: (link, settings) => {
    if (link.framing !== 'report') throw new DeviceError('unsupported', 'a HID scanner speaks in reports');
    return new HidScannerSession(link, settings);
  },
};

class HidScannerSession extends ListeningScanner<Report> {
  readonly health: DeviceHealth;
  readonly #decoder = new HidPosDecoder();

  constructor(link: ReportLink, settings: ScannerSettings) {
    super(link, 'hid', settings);
    this.health = link.name === '' ? {} : { model: link.name };
    // Honeywell's leave keyboard mode by this; others have no such report, and nothing is wrong with them.
    link.sendFeature({ id: MODE_REPORT_ID, data: MODE_HID_POS }).catch(() => undefined);
  }

  protected override hear({ id, data }: Report): void {
    const code = this.#decoder.push(id, data);
    data.fill(0);
    if (this.#decoder.isInside) this.afterSilence(REST_MS, () => this.#decoder.clear());
    if (code !== undefined) this.scans.tell(code);
  }
}
