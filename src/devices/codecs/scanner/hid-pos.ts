import { CODE_BYTES_MAX, type Code, codeOf } from './code-text.ts';

/** Report with scanned data of HID POS scanners. */
export const SCAN_REPORT_ID = 2;
/** Honeywell scanners leave keyboard mode when this feature report says 1. */
export const MODE_REPORT_ID = 254;
export const MODE_HID_POS = Uint8Array.of(1);

/** Offsets without the id byte: length, AIM identifier, data, Honeywell's own identifier, and whether more follows. */
const AT = { length: 0, aim: 1, data: 4, more: 62 } as const;
const DATA_BYTES = 56;

/** Joins the input reports of a HID POS scanner (Access-IS LSR118 manual, appendix B; seen alike at other makers). */
export class HidPosDecoder {
  #parts: Uint8Array[] = [];
  #bytes = 0;

  /** The code that this report ends, if it ends one. Whatever is no such report is passed over. */
  push(id: number, data: Uint8Array): Code | undefined {
    const length = data[AT.length] ?? 0;
    if (id !== SCAN_REPORT_ID || length > DATA_BYTES || data.length < AT.data + length) return undefined;
    if (this.#bytes + length > CODE_BYTES_MAX) this.clear();
    this.#parts.push(data.slice(AT.data, AT.data + length));
    this.#bytes += length;
    if (((data[AT.more] ?? 0) & 1) === 1) return undefined;
    const whole = new Uint8Array(this.#bytes);
    let at = 0;
    for (const part of this.#parts) {
      whole.set(part, at);
      at += part.length;
    }
    this.clear();
    return codeOf(whole, symbologyOf(data.subarray(AT.aim, AT.aim + 3)));
  }

  /** True while the rest of a code is to come. */
  get isInside(): boolean {
    return this.#bytes > 0;
  }

  /** The rest did not come. */
  clear(): void {
    this.#parts = [];
    this.#bytes = 0;
  }
}

function symbologyOf(aim: Uint8Array): string | undefined {
  const text = String.fromCharCode(...aim);
  return /^\][A-Za-z][0-9A-Za-z]$/.test(text) ? text.slice(1) : undefined;
}
