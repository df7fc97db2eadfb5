/** What a scale says of its plate. `grams` is whole, and only there where the scale tells a weight that grams can tell. */
export interface Weight {
  readonly state: 'stable' | 'moving' | 'over' | 'under' | 'zero' | 'unknown';
  readonly grams?: number;
}

/** Milligrams in the units of scales. Pounds, ounces and pieces are none of ours. */
const MILLIGRAMS: Readonly<Record<string, number>> = { kg: 1_000_000, g: 1_000 };
/** More digits than any counter scale prints. */
const DIGITS_MAX = 9;

/**
 * The weight behind a printed number. Counted in digits, not in binary fractions; half a gram goes up. Less than nothing is
 * `under`: a weight that cannot be sold.
 */
export function weightOf(number: string, unit: string, isMoving: boolean): Weight {
  const [, sign, whole = '', decimals = ''] = /^([+-]?)\s*(\d*)(?:\.(\d*))?$/.exec(number.trim()) ?? [];
  const milligrams = MILLIGRAMS[unit.toLowerCase()];
  const digits = whole + decimals;
  if (milligrams === undefined || digits === '' || digits.length > DIGITS_MAX) return { state: 'unknown' };
  const grams = Math.floor((Number(digits) * milligrams) / 10 ** decimals.length / 1_000 + 0.5);
  if (sign === '-' && grams > 0) return { state: 'under' };
  if (isMoving) return { state: 'moving', grams };
  return grams === 0 ? { state: 'zero', grams } : { state: 'stable', grams };
}
