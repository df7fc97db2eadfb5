import { type Bytes, type HidCore, hidCollection } from '../browser/cores.ts';

const REPORT_ID = 2;
const REPORT_BYTES = 63;
const PART_BYTES = 56;
const MODE_ID = 254;

export interface HidScannerOptions {
  readonly vendorId?: number;
  /** Silent until feature report 254 says 1, as a Honeywell scanner that was set to be a keyboard. */
  readonly startsAsKeyboard?: boolean;
}

/** A scanner in HID POS mode. */
export class HidScanner implements HidCore {
  readonly vendorId: number;
  readonly productId = 0x0b81;
  readonly productName = 'HID POS Scanner';
  readonly collections = [
    hidCollection({
      usagePage: 0x8c,
      usage: 0x02,
      input: [[REPORT_ID, REPORT_BYTES]],
      feature: [[MODE_ID, 1]],
    }),
  ];
  readonly #listeners = new Set<(id: number, bytes: Bytes) => void>();
  readonly #startsAsKeyboard: boolean;
  #isKeyboard: boolean;

  constructor(options: HidScannerOptions = {}) {
    this.vendorId = options.vendorId ?? 0x0c2e;
    this.#startsAsKeyboard = options.startsAsKeyboard ?? false;
    this.#isKeyboard = this.#startsAsKeyboard;
  }

  onReport(listener: (id: number, bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  receiveReport(): void {
    throw new Error('this scanner takes no output reports');
  }

  receiveFeature(id: number, bytes: Bytes): void {
    if (id !== MODE_ID || bytes.length !== 1) throw new Error('no such feature report');
    this.#isKeyboard = bytes[0] !== 1;
  }

  readFeature(): Bytes {
    return Uint8Array.of(this.#isKeyboard ? 0 : 1);
  }

  powered(isOn: boolean): void {
    if (isOn) this.#isKeyboard = this.#startsAsKeyboard;
  }

  /** A code in front of it. `aim`: identifier of the symbology without its `]`. */
  scan(text: string, aim = 'E0'): void {
    if (this.#isKeyboard) return;
    for (const report of reportsOf(text, aim)) this.report(REPORT_ID, report);
  }

  /** Fault: the rest of a long code gets lost. */
  scanCutOff(text: string): void {
    const [first] = reportsOf(text, 'Q1');
    if (first !== undefined) this.report(REPORT_ID, first);
  }

  /** Fault: any report. */
  report(id: number, bytes: Bytes): void {
    for (const listener of [...this.#listeners]) listener(id, bytes);
  }
}

function reportsOf(text: string, aim: string): readonly Bytes[] {
  const data = new TextEncoder().encode(text);
  const reports: Bytes[] = [];
  for (let at = 0; at < data.length || at === 0; at += PART_BYTES) {
    const part = data.subarray(at, at + PART_BYTES);
    const report = new Uint8Array(REPORT_BYTES);
    report[0] = part.length;
    report.set([0x5d, aim.charCodeAt(0), aim.charCodeAt(1)], 1);
    report.set(part, 4);
    report[62] = at + PART_BYTES < data.length ? 1 : 0;
    reports.push(report);
  }
  return reports;
}
