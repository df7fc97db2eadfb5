import type { TakenDevices } from './kept/kept-link.ts';

/** The one plugged-in device that a place of the counter has, among those that all places have. */
export class DeviceClaim {
  readonly #taken: TakenDevices;
  #device: object | undefined;

  constructor(taken: TakenDevices) {
    this.#taken = taken;
  }

  isFree({ device }: { readonly device: object }): boolean {
    return device === this.#device || !this.#taken.has(device);
  }

  /** Instead of what it had; undefined: of nothing any more. */
  take(device: object | undefined): void {
    if (this.#device !== undefined) this.#taken.delete(this.#device);
    this.#device = device;
    if (device !== undefined) this.#taken.add(device);
  }
}
