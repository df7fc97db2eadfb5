import type { Bytes, SerialCore } from '../browser/cores.ts';
import { kilograms, Plate } from './plate.ts';
import { Voice } from './voice.ts';

/** A scale that answers W, Z, T and S, each with a carriage return. */
export class NciScale implements SerialCore {
  readonly plate = new Plate();
  readonly voice = new Voice();
  #command = '';

  onBytes(listener: (bytes: Bytes) => void): () => void {
    return this.voice.onBytes(listener);
  }

  receive(bytes: Bytes): void {
    for (const byte of bytes) {
      if (byte !== 0x0d) this.#command = (this.#command + String.fromCharCode(byte)).slice(-8);
      else {
        this.#obey(this.#command);
        this.#command = '';
      }
    }
  }

  powered(): void {
    this.#command = '';
  }

  #obey(command: string): void {
    if (command === 'Z') this.plate.pressZero();
    if (command === 'T') this.plate.pressTare();
    if (command === 'W') this.voice.say(`\n${this.#shown()}kg\r\n${this.#status()}\r\x03`);
    else if (['Z', 'T', 'S'].includes(command)) this.voice.say(`\n${this.#status()}\r\x03`);
    else this.voice.say('\n?\r\x03');
  }

  #shown(): string {
    if (this.plate.isOver) return '^^^^^^^^';
    return `${this.plate.net < 0 ? '-' : ' '}${kilograms(this.plate.net, 7)}`;
  }

  #status(): string {
    const { isMoving, net, isOver, isNet } = this.plate;
    const bits = [(isMoving ? 1 : 0) | (net === 0 ? 2 : 0), isOver ? 2 : 0, isNet ? 4 : 0, 0];
    // Bits 4 and 5 are always set; bit 6 in the second and third byte.
    return String.fromCharCode(...bits.map((each, at) => each | 0x30 | (at === 1 || at === 2 ? 0x40 : 0)));
  }
}
