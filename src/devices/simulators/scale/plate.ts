/** What lies on a scale. Weights in grams. */
export class Plate {
  readonly maxGrams: number;
  #load = 0;
  #tare = 0;
  #zero = 0;
  /** A hand on the plate, or the load has just been put there. */
  isMoving = false;

  constructor(maxGrams = 15_000) {
    this.maxGrams = maxGrams;
  }

  put(grams: number): void {
    this.#load = grams;
  }

  /** What the display shows. */
  get net(): number {
    return this.#load - this.#zero - this.#tare;
  }

  get isNet(): boolean {
    return this.#tare !== 0;
  }

  get isOver(): boolean {
    return this.#load > this.maxGrams;
  }

  /** Only a still plate that is nearly empty can be set to zero: two per cent of its range (OIML R 76). */
  pressZero(): boolean {
    if (this.isMoving || Math.abs(this.#load) > this.maxGrams * 0.02) return false;
    this.#zero = this.#load;
    this.#tare = 0;
    return true;
  }

  pressTare(): boolean {
    if (this.isMoving || this.isOver) return false;
    this.#tare = this.#load - this.#zero;
    return true;
  }
}

/** `  1.234`: kilograms with three decimals in a field of `width`. */
export const kilograms = (grams: number, width: number): string =>
  (Math.abs(grams) / 1_000).toFixed(3).padStart(width);
