import { CURRENCY_EXPONENTS, type Currency, type Minor, minor } from './money.ts';

/**
 * How a total is rounded for the customer.
 * `jiao-down` and `yuan-down` are 抹零: the shop gives up the odd fen or jiao. `nearest-5` is the Swiss way of cash.
 */
export const ROUNDING_RULES = [
  'none',
  'jiao-down',
  'yuan-down',
  'jiao-nearest',
  'yuan-nearest',
  'nearest-5',
] as const;
export type RoundingRule = (typeof ROUNDING_RULES)[number];

function stepOf(rule: RoundingRule, currency: Currency): number {
  const unit = 10 ** CURRENCY_EXPONENTS[currency];
  if (rule === 'none') return 1;
  if (rule === 'nearest-5') return 5;
  return rule.startsWith('jiao') ? Math.max(1, unit / 10) : unit;
}

/**
 * What the rule changes on a total: zero or a negative amount for the `-down` rules, either sign for `-nearest`.
 * `total + adjustment` is what the customer owes. A total is never rounded to zero: the last coin is still due.
 */
export function roundingAdjustment(total: Minor, rule: RoundingRule, currency: Currency): Minor {
  const step = stepOf(rule, currency);
  const size = Math.abs(total);
  const down = Math.floor(size / step) * step;
  const rounded = rule.endsWith('-down') || size - down < step / 2 ? down : down + step;
  return minor(rounded === 0 ? 0 : Math.sign(total) * (rounded - size));
}
