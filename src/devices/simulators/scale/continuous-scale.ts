import type { Timers } from '../../timers.ts';
import type { Bytes, SerialCore } from '../browser/cores.ts';
import { kilograms, Plate } from './plate.ts';
import { Voice } from './voice.ts';

/** Lines in a second: five. */
const EVERY_MS = 200;

/** A scale that tells its weight all the time, while it has power. */
export class ContinuousScale implements SerialCore {
  readonly plate = new Plate();
  readonly voice = new Voice();
  readonly #timers: Timers;
  #stop: () => void = () => undefined;

  constructor(timers: Timers) {
    this.#timers = timers;
  }

  onBytes(listener: (bytes: Bytes) => void): () => void {
    return this.voice.onBytes(listener);
  }

  receive(): void {
    // It listens to nobody.
  }

  powered(isOn: boolean): void {
    this.#stop();
    this.#stop = () => undefined;
    if (isOn) this.#tick();
  }

  #tick(): void {
    this.voice.say(`${lineOf(this.plate)}\r\n`);
    this.#stop = this.#timers.after(EVERY_MS, () => this.#tick());
  }
}

function lineOf(plate: Plate): string {
  if (plate.isOver) return 'OL,GS,+ 99.999kg';
  const state = plate.isMoving ? 'US' : 'ST';
  return `${state},${plate.isNet ? 'NT' : 'GS'},${plate.net < 0 ? '-' : '+'}${kilograms(plate.net, 7)}kg`;
}
