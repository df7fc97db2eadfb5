import { SerialCodeDecoder } from '../../codecs/scanner/serial-code.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ScannerSession } from '../../kept/kept-scanner.ts';
import type { Scan } from '../../ports.ts';
import type { Timers } from '../../timers.ts';
import type { Bytes, Link, Transport } from '../../transports/transport.ts';
import type { ScannerSettings } from './hid-driver.ts';
import { Scans } from './scans.ts';

/**
 * Silence that ends a code without a line end, ms. Three times what a UART at 9600 and a USB converter leave between bytes, and
 * short enough not to be felt.
 */
const SILENCE_MS = 50;

/** Scanners on a serial line, or set to be a virtual COM port. */
export const serialScannerDriver: Driver<ScannerSession, ScannerSettings, Link> = {
  id: 'scanner-serial',
  connect: (link, settings) => {
    if (link.framing === 'report') throw new DeviceError('unsupported', 'a serial scanner speaks in bytes');
    return new SerialScannerSession(link, settings);
  },
};

class SerialScannerSession implements ScannerSession {
  readonly lost: Promise<void>;
  readonly #link: Transport;
  readonly #timers: Timers;
  readonly #decoder = new SerialCodeDecoder();
  readonly #scans = new Scans('serial');
  #stopWaiting: () => void = () => undefined;

  constructor(link: Transport, { timers }: ScannerSettings) {
    this.#link = link;
    this.#timers = timers;
    this.lost = link.lost;
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
      this.#stopWaiting();
      if (value === undefined) return; // Half a code is none.
      this.#hear(value);
    }
  }

  /** Apart from the loop, which would hold a used pay code in memory until the next one. */
  #hear(bytes: Bytes): void {
    for (const code of this.#decoder.push(bytes)) this.#scans.tell(code);
    bytes.fill(0);
    if (this.#decoder.isInside) this.#stopWaiting = this.#timers.after(SILENCE_MS, () => this.#fellSilent());
  }

  #fellSilent(): void {
    for (const code of this.#decoder.end()) this.#scans.tell(code);
  }
}
