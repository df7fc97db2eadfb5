/** Numbers that a seed repeats. */
export interface Seeded {
  /** From `low` up to, not including, `high`. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  shuffled<T>(items: readonly T[]): readonly T[];
}

/** Mulberry32: small, and good enough to choose when to strike. */
export function seeded(seed: number): Seeded {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + next() * (high - low);
  return {
    between,
    chance: (probability) => next() < probability,
    shuffled(items) {
      const result = [...items];
      for (let at = result.length - 1; at > 0; at -= 1) {
        const other = Math.floor(between(0, at + 1));
        const [a, b] = [result[at], result[other]];
        if (a !== undefined && b !== undefined) [result[at], result[other]] = [b, a];
      }
      return result;
    },
  };
}
