import { AMOUNT_MAX, CURRENCY_EXPONENTS, type Currency, type Minor, minor } from './money.ts';

/** Keys of the keypad. `00` saves a tap where prices end in whole yuan. */
export const AMOUNT_KEYS = [
  '0',
  '1',
  '2',
  '3',
  '4',
  '5',
  '6',
  '7',
  '8',
  '9',
  '00',
  '.',
  '+',
  '×',
  'back',
  'clear',
] as const;
export type AmountKey = (typeof AMOUNT_KEYS)[number];

/** What stands on the keypad's display, as typed: `12.5+3×2`. Multiplication binds first, as on paper. */
export type AmountEntry = string & { readonly __entry: true };

export const EMPTY_ENTRY = '' as AmountEntry;

/** Longest entry kept: more does not fit the display, and nobody reads it back. */
export const ENTRY_LENGTH_MAX = 48;

const decimalsOf = (number: string): number =>
  number.includes('.') ? number.length - number.indexOf('.') - 1 : 0;

const lastNumber = (entry: string): string =>
  entry.slice(Math.max(entry.lastIndexOf('+'), entry.lastIndexOf('×')) + 1);

/**
 * The entry after a key. A key that makes no sense there changes nothing: a second point, a third decimal,
 * a digit beyond the largest amount. A second operator replaces the first, as a calculator does.
 */
export function pressKey(entry: AmountEntry, key: AmountKey, currency: Currency): AmountEntry {
  if (key === 'clear') return EMPTY_ENTRY;
  if (key === 'back') return entry.slice(0, -1) as AmountEntry;
  const number = lastNumber(entry);
  const next = key === '+' || key === '×' ? withOperator(entry, key) : withDigits(entry, number, key);
  if (next.length > ENTRY_LENGTH_MAX || !isAllowed(lastNumber(next), next, currency)) return entry;
  return amountOf(next as AmountEntry, currency) === undefined ? entry : (next as AmountEntry);
}

function withOperator(entry: string, key: '+' | '×'): string {
  if (entry === '') return entry;
  return /[+×]$/.test(entry) ? entry.slice(0, -1) + key : entry + key;
}

function withDigits(entry: string, number: string, key: string): string {
  if (key === '.') return number.includes('.') ? entry : entry + (number === '' ? '0.' : '.');
  if (number === '0') return entry.slice(0, -1) + (key === '00' ? '0' : key);
  return entry + (key === '00' && number === '' ? '0' : key);
}

function isAllowed(number: string, entry: string, currency: Currency): boolean {
  const isFactor = entry.slice(0, entry.length - number.length).endsWith('×');
  // A factor is a quantity: three decimals are a gram. An amount has what its currency has.
  const places = isFactor ? 3 : CURRENCY_EXPONENTS[currency];
  return decimalsOf(number) <= places && !(places === 0 && number.includes('.'));
}

/**
 * The value of an entry in minor units; an open operator or point at the end counts for nothing (`12+` is 12).
 * Products round half up to the minor unit. Undefined when it is beyond what a till may carry.
 */
export function amountOf(entry: AmountEntry, currency: Currency): Minor | undefined {
  const places = 10n ** BigInt(CURRENCY_EXPONENTS[currency]);
  let total = 0n;
  for (const term of entry.split('+')) {
    const factors = term.split('×').filter((each) => each !== '');
    if (factors.length === 0) continue;
    // Each factor is exact: its digits as an integer and its number of decimals. Only the product is rounded.
    const digits = factors.reduce((all, each) => all * BigInt(each.replace('.', '')), 1n);
    const scale = 10n ** BigInt(factors.reduce((all, each) => all + decimalsOf(each), 0));
    total += (2n * digits * places + scale) / (2n * scale);
  }
  return total > BigInt(AMOUNT_MAX) ? undefined : minor(Number(total));
}
