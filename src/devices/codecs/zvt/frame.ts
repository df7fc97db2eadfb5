import { DeviceError } from '../../errors.ts';
import {
  controlOf,
  type LineDecoder,
  type LineFault,
  type LineItem,
  LineItems,
} from '../stx-link/line-item.ts';
import { zvtCrc } from './crc.ts';

/** ZVT on a serial line: `10 02 APDU 10 03 CRClo CRChi`, every 10 in the APDU doubled (facts: devices 3.5). */

const DLE = 0x10;
const STX = 0x02;
const ETX = 0x03;

export const ZVT_APDU_MAX = 8_192;

/** Throws DeviceError `unsupported` for an APDU that is too long for any terminal. */
export function encodeZvtFrame(apdu: Uint8Array): Uint8Array<ArrayBuffer> {
  if (apdu.length > ZVT_APDU_MAX) throw new DeviceError('unsupported', `${apdu.length} bytes in a frame`);
  const stuffed = [...apdu].flatMap((byte) => (byte === DLE ? [DLE, DLE] : [byte]));
  const crc = zvtCrc(Uint8Array.from([...apdu, ETX]));
  return Uint8Array.from([DLE, STX, ...stuffed, DLE, ETX, crc & 0xff, crc >> 8]);
}

type State = 'idle' | 'begin' | 'body' | 'escape' | 'crc-low' | 'crc-high';

/** A state machine, byte by byte: no end is guessed from what the bytes look like. */
export class ZvtDecoder implements LineDecoder {
  #state: State = 'idle';
  #body: number[] = [];
  #low = 0;
  #begin = 0;
  #at = 0;

  push(bytes: Uint8Array): readonly LineItem[] {
    const items = new LineItems();
    for (const byte of bytes) {
      this.#take(byte, items);
      this.#at += 1;
    }
    return items.all;
  }

  get pending(): number {
    return this.#state === 'idle' ? 0 : this.#at - this.#begin;
  }

  giveUp(): readonly LineItem[] {
    const items = new LineItems();
    if (this.#state !== 'idle') this.#bad('truncated', items);
    return items.all;
  }

  #take(byte: number, items: LineItems): void {
    switch (this.#state) {
      case 'idle':
        return this.#outside(byte, items);
      case 'begin':
        if (byte === STX) return this.#enter();
        items.add({ kind: 'noise', at: this.#begin, length: 1 });
        this.#state = 'idle';
        return this.#outside(byte, items);
      case 'body':
        if (byte === DLE) this.#state = 'escape';
        else this.#keep(byte, items);
        return;
      case 'escape':
        return this.#escaped(byte, items);
      case 'crc-low':
        this.#low = byte;
        this.#state = 'crc-high';
        return;
      case 'crc-high':
        return this.#checked((byte << 8) | this.#low, items);
      default:
        return this.#state satisfies never;
    }
  }

  #outside(byte: number, items: LineItems): void {
    if (byte === DLE) {
      this.#state = 'begin';
      this.#begin = this.#at;
      return;
    }
    const control = byte === 0x06 || byte === 0x15 ? controlOf(byte) : undefined;
    items.add(
      control === undefined
        ? { kind: 'noise', at: this.#at, length: 1 }
        : { kind: 'control', at: this.#at, control },
    );
  }

  #escaped(byte: number, items: LineItems): void {
    if (byte === DLE) {
      this.#state = 'body';
      return this.#keep(byte, items);
    }
    if (byte === ETX) {
      this.#state = 'crc-low';
      return;
    }
    // No other byte follows a single 10 inside a frame: its end was lost.
    this.#bad(byte === STX ? 'truncated' : 'bad-byte', items);
    if (byte === STX) {
      this.#begin = this.#at - 1;
      this.#enter();
    } else this.#outside(byte, items);
  }

  #enter(): void {
    this.#state = 'body';
    this.#body = [];
  }

  #keep(byte: number, items: LineItems): void {
    this.#body.push(byte);
    if (this.#body.length > ZVT_APDU_MAX) this.#bad('too-long', items);
  }

  #checked(crc: number, items: LineItems): void {
    const body = Uint8Array.from(this.#body);
    if (crc !== zvtCrc(Uint8Array.from([...this.#body, ETX]))) return this.#bad('bad-check', items);
    items.add({ kind: 'frame', at: this.#begin, body });
    this.#leave();
  }

  #bad(code: LineFault, items: LineItems): void {
    items.add({ kind: 'bad', at: this.#begin, code });
    this.#leave();
  }

  #leave(): void {
    this.#state = 'idle';
    // It may have held card data.
    this.#body.fill(0);
    this.#body = [];
  }
}
