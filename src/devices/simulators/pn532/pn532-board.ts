import type { Bytes, SerialCore } from '../browser/cores.ts';
import { memoryOf, type SimulatedTag } from './tag.ts';

const ACK = [0x00, 0x00, 0xff, 0x00, 0xff, 0x00];
const ERROR = [0x00, 0x00, 0xff, 0x01, 0xff, 0x7f, 0x81, 0x00];
/** Passive activation without end: the value after power on (UM0701-02, 7.3.1). */
const FOR_EVER = 0xff;

/** A PN532 board. */
export class Pn532Board implements SerialCore {
  /** Fault: the next answers come without an acknowledgement before them, with a wrong sum, or not at all. */
  fault: 'none' | 'no-ack' | 'bad-sum' | 'mute' | 'error' | 'late' = 'none';
  readonly #listeners = new Set<(bytes: Bytes) => void>();
  #received: number[] = [];
  #isAwake = false;
  #tries = FOR_EVER;
  #tag: SimulatedTag | undefined;
  #isSearching = false;
  #late: readonly number[] = [];

  onBytes(listener: (bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  powered(): void {
    this.#received = [];
    this.#isAwake = false;
    this.#tries = FOR_EVER;
    this.#isSearching = false;
    this.#late = [];
  }

  /** A tag in the field, or none. */
  put(tag: SimulatedTag | undefined): void {
    this.#tag = tag;
    if (tag !== undefined && this.#isSearching) {
      this.#isSearching = false;
      this.#answer(0x4b, this.#listed(tag));
    }
  }

  /** Fault: any bytes. */
  say(bytes: readonly number[]): void {
    const said = Uint8Array.from(bytes);
    for (const listener of [...this.#listeners]) listener(said);
  }

  receive(bytes: Bytes): void {
    for (const byte of bytes) {
      if (byte === 0x55) this.#isAwake = true;
      this.#received.push(byte);
    }
    if (!this.#isAwake) this.#received = [];
    for (let frame = this.#next(); frame !== undefined; frame = this.#next()) this.#obey(frame);
  }

  /** The next whole frame, without what is around it; empty for an acknowledgement of the host. */
  #next(): readonly number[] | undefined {
    const bytes = this.#received;
    const start = bytes.findIndex((byte, at) => byte === 0x00 && bytes[at + 1] === 0xff);
    if (start < 0) return undefined;
    const [length, check] = bytes.slice(start + 2);
    if (length === undefined || check === undefined) return undefined;
    if (length === 0 && check === 0xff) {
      this.#received = bytes.slice(start + 4);
      return [];
    }
    const end = start + 4 + length + 1;
    if (bytes.length < end) return undefined;
    this.#received = bytes.slice(end);
    const body = bytes.slice(start + 4, end);
    const isRight = (length + check) % 256 === 0 && body.reduce((sum, byte) => sum + byte, 0) % 256 === 0;
    return isRight ? body.slice(0, -1) : this.#next();
  }

  #obey(frame: readonly number[]): void {
    const [sender, code, ...data] = frame;
    this.#isSearching = false; // A new command, or an acknowledgement, ends a search.
    if (sender !== 0xd4 || code === undefined || this.fault === 'mute') return;
    if (this.fault === 'error') return this.say(ERROR);
    if (this.fault !== 'no-ack') this.say(ACK);
    switch (code) {
      case 0x02:
        return this.#answer(0x03, [0x32, 0x01, 0x06, 0x07]);
      case 0x14:
        return this.#answer(0x15, []);
      case 0x32:
        if (data[0] === 0x05) this.#tries = data[3] ?? FOR_EVER;
        return this.#answer(0x33, []);
      case 0x4a:
        if (this.#tag !== undefined) return this.#answer(0x4b, this.#listed(this.#tag));
        this.#isSearching = this.#tries === FOR_EVER;
        return this.#isSearching ? undefined : this.#answer(0x4b, [0x00]);
      case 0x40:
        return this.#answer(0x41, this.#exchanged(data));
      default:
        return this.say(ERROR);
    }
  }

  #listed({ uid, selRes = 0 }: SimulatedTag): readonly number[] {
    const serial = (uid.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16));
    return [0x01, 0x01, 0x00, 0x44, selRes, serial.length, ...serial];
  }

  #exchanged([target, command, page = 0]: readonly number[]): readonly number[] {
    if (this.#tag === undefined || target !== 1) return [0x01]; // Time-out: the tag is gone.
    if (command !== 0x30 || (this.#tag.selRes ?? 0) !== 0) return [0x13];
    const memory = memoryOf(this.#tag);
    return [0x00, ...Array.from({ length: 16 }, (_, at) => memory[(page * 4 + at) % memory.length] ?? 0)];
  }

  #answer(code: number, data: readonly number[]): void {
    const body = [0xd5, code, ...data];
    const sum =
      (256 - (body.reduce((all, byte) => all + byte, 0) % 256) + (this.fault === 'bad-sum' ? 1 : 0)) % 256;
    const frame = [0x00, 0x00, 0xff, body.length, (256 - body.length) % 256, ...body, sum, 0x00];
    if (this.fault === 'late') {
      this.say(this.#late);
      this.#late = frame;
    } else this.say(frame);
  }
}
