/** An integer amount in the minor unit of its currency (fen for CNY). The only form money has in code, store and wire. */
export type Minor = number & { readonly __unit: 'minor' };

/** The currencies a shop can be set up in, with their ISO 4217 exponents (digits after the decimal point). */
export const CURRENCY_EXPONENTS = {
  CNY: 2,
  HKD: 2,
  MOP: 2,
  TWD: 2,
  USD: 2,
  EUR: 2,
  GBP: 2,
  SGD: 2,
  JPY: 0,
  KRW: 0,
  KWD: 3,
} as const;

export type Currency = keyof typeof CURRENCY_EXPONENTS;

export const DEFAULT_CURRENCY: Currency = 'CNY';

/** A till never takes more than this in one sale: twelve digits is what a card message can carry (ISO 8583 field 4). */
export const AMOUNT_MAX = 999_999_999_999 as Minor;

/** Thrown when a value cannot be money: not an integer, or beyond what a till may carry. */
export class MoneyError extends Error {
  readonly code: 'not-integer' | 'out-of-range';
  constructor(code: 'not-integer' | 'out-of-range', value: number) {
    super(`${code}: ${value}`);
    this.name = 'MoneyError';
    this.code = code;
  }
}

/** The one gate into `Minor`. Throws `MoneyError` for fractions, NaN, and amounts beyond ±AMOUNT_MAX. */
export function minor(value: number): Minor {
  if (!Number.isInteger(value)) throw new MoneyError('not-integer', value);
  if (Math.abs(value) > AMOUNT_MAX) throw new MoneyError('out-of-range', value);
  return (value === 0 ? 0 : value) as Minor; // Turns -0 into 0: the two differ in JSON and in Object.is.
}

export const ZERO = 0 as Minor;

export const add = (a: Minor, b: Minor): Minor => minor(a + b);
export const subtract = (a: Minor, b: Minor): Minor => minor(a - b);
export const sum = (amounts: readonly Minor[]): Minor =>
  minor(amounts.reduce((total, each) => total + each, 0));

/** Multiplies by a quantity in thousandths (1.5 kg = 1500) and rounds half away from zero, as a shopkeeper does. */
export function times(amount: Minor, quantityMilli: number): Minor {
  if (!Number.isSafeInteger(quantityMilli)) throw new MoneyError('not-integer', quantityMilli);
  const product = BigInt(amount) * BigInt(quantityMilli);
  // Division of integers cuts towards zero: a rest of half or more is one more, with the product's own sign.
  return minor(Number(product / 1000n + (product % 1000n) / 500n));
}

/**
 * Splits an amount by integer weights so that the parts add up exactly (largest remainder).
 * Ties go to the earlier part, so the same input always splits the same way. Zero weights get nothing.
 */
export function allocate(amount: Minor, weights: readonly number[]): readonly Minor[] {
  const total = weights.reduce((all, each) => all + each, 0);
  if (
    weights.some((each) => !Number.isSafeInteger(each) || each < 0) ||
    !Number.isSafeInteger(total) ||
    total === 0
  ) {
    throw new MoneyError('not-integer', total);
  }
  const size = BigInt(Math.abs(amount));
  const shares = weights.map((weight) => {
    const scaled = size * BigInt(weight);
    return { whole: Number(scaled / BigInt(total)), rest: scaled % BigInt(total) };
  });
  // Fewer are left than there are parts with a rest, and sorting keeps equal rests in their order.
  const left = Math.abs(amount) - shares.reduce((all, share) => all + share.whole, 0);
  const order = [...shares].sort((a, b) => Number(b.rest - a.rest));
  for (const share of order.slice(0, left)) share.whole += 1;
  return shares.map((share) => minor(Math.sign(amount) * share.whole));
}
