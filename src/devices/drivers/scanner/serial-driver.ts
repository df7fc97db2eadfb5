import { SerialCodeDecoder } from '../../codecs/scanner/serial-code.ts';
import type { Driver } from '../../driver.ts';
import { DeviceError } from '../../errors.ts';
import type { ScannerSession } from '../../kept/kept-scanner.ts';
import type { Bytes, Link, Transport } from '../../transports/transport.ts';
import { ListeningScanner, type ScannerSettings } from './listening.ts';

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

class SerialScannerSession extends ListeningScanner<Bytes> {
  readonly #decoder = new SerialCodeDecoder();

  constructor(link: Transport, settings: ScannerSettings) {
    super(link, 'serial', settings);
  }

  protected override hear(bytes: Bytes): void {
    for (const code of this.#decoder.push(bytes)) this.scans.tell(code);
    bytes.fill(0);
    if (this.#decoder.isInside) this.afterSilence(SILENCE_MS, () => this.#fellSilent());
  }

  #fellSilent(): void {
    for (const code of this.#decoder.end()) this.scans.tell(code);
  }
}
