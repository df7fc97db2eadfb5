import type { Bytes, SerialCore } from '../browser/cores.ts';
import { kilograms, Plate } from './plate.ts';
import { Voice } from './voice.ts';

/** A scale that answers ENQ and DC1. */
export class EnqScale implements SerialCore {
  readonly plate = new Plate();
  readonly voice = new Voice();
  /** Fault: the check byte of the next frames is wrong. */
  damages = false;
  /** Fault: answers ENQ with NAK. */
  isBusy = false;
  /** Fault: the answer to DC1 is kept back until the question after it. */
  isLate = false;
  #late = '';
  #isAsked = false;

  onBytes(listener: (bytes: Bytes) => void): () => void {
    return this.voice.onBytes(listener);
  }

  receive(bytes: Bytes): void {
    for (const byte of bytes) this.#take(byte);
  }

  powered(): void {
    this.#isAsked = false;
    this.#late = '';
  }

  #take(byte: number): void {
    if (byte === 0x05) {
      this.#isAsked = !this.isBusy;
      this.voice.say(`${this.#late}${this.isBusy ? '\x15' : '\x06'}`);
      this.#late = '';
    } else if (byte === 0x11 && this.#isAsked) {
      this.#isAsked = false;
      const frame = this.#frame();
      if (this.isLate) this.#late = frame;
      else this.voice.say(frame);
    }
  }

  #frame(): string {
    const { plate } = this;
    const sign = plate.isOver ? 'F' : plate.net < 0 ? '-' : ' ';
    const data = `${plate.isMoving ? 'U' : 'S'}${sign}${plate.isOver ? '      ' : kilograms(plate.net, 6)}kg`;
    let check = this.damages ? 0x40 : 0;
    for (const char of data) check ^= char.charCodeAt(0);
    return `\x01\x02${data}${String.fromCharCode(check)}\x03\x04`;
  }
}
