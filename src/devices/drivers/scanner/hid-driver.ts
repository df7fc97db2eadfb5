import { HidPosDecoder, MODE_HID_POS, MODE_REPORT_ID } from '../../codecs/scanner/hid-pos.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ScannerSession } from '../../kept/kept-scanner.ts';
import type { DeviceHealth, Scan } from '../../ports.ts';
import type { Timers } from '../../timers.ts';
import type { Link, Report, ReportLink } from '../../transports/transport.ts';
import { Scans } from './scans.ts';

export interface ScannerSettings {
  readonly timers: Timers;
}

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

class HidScannerSession implements ScannerSession {
  readonly lost: Promise<void>;
  readonly health: DeviceHealth;
  readonly #link: ReportLink;
  readonly #timers: Timers;
  readonly #decoder = new HidPosDecoder();
  readonly #scans = new Scans('hid');
  #stopWaiting: () => void = () => undefined;

  constructor(link: ReportLink, { timers }: ScannerSettings) {
    this.#link = link;
    this.#timers = timers;
    this.lost = link.lost;
    this.health = link.name === '' ? {} : { model: link.name };
    // Honeywell's leave keyboard mode by this; others have no such report, and nothing is wrong with them.
    link.sendFeature({ id: MODE_REPORT_ID, data: MODE_HID_POS }).catch(() => undefined);
    void this.#listen();
  }

  onScan(listener: (scan: Scan) => void): () => void {
    return this.#scans.subscribe(listener);
  }

  close(): Promise<void> {
    this.#stopWaiting();
    return this.#link.close();
  }

  async #listen(): Promise<void> {
    const incoming = this.#link.incoming.getReader();
    for (;;) {
      const { value } = await incoming.read().catch(() => ({ value: undefined }));
      if (value === undefined) return;
      this.#stopWaiting();
      this.#hear(value);
    }
  }

  /** Apart from the loop, which would hold a used pay code in memory until the next one. */
  #hear({ id, data }: Report): void {
    const code = this.#decoder.push(id, data);
    data.fill(0);
    if (this.#decoder.isInside) {
      this.#stopWaiting = this.#timers.after(REST_MS, () => this.#decoder.clear());
    }
    if (code !== undefined) this.#scans.tell(code);
  }
}
