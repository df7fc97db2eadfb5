import type { Clock, Random } from '../../../src/domain/clock.ts';

/** A clock that stands still until a test moves it. */
export class FakeClock implements Clock {
  #now: number;
  #mono = 0;

  constructor(nowMs = Date.UTC(2026, 10, 22, 4, 0, 0)) {
    this.#now = nowMs;
  }

  now(): number {
    return this.#now;
  }

  mono(): number {
    return this.#mono;
  }

  /** Lets time pass on both clocks. */
  advance(ms: number): void {
    this.#now += ms;
    this.#mono += ms;
  }

  /** Moves the wall clock alone, as a person or a time server does. */
  setWall(nowMs: number): void {
    this.#now = nowMs;
  }
}

/** Repeatable bytes (mulberry32); for tests only. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) & 0xff;
  };
  return { bytes: (length) => Uint8Array.from({ length }, next) };
}
