import { type Minor, minor } from './money.ts';

/**
 * How the labels of one counter scale are read. `pattern` has a letter for each digit: P prefix, I item, M price in minor units,
 * W weight in grams, V digit that proves the price or the weight before or after it (GS1), C check digit of the whole code.
 * Digits of one letter stand together.
 */
export interface EmbeddedLayout {
  /** How such codes begin: within 20 to 29 for EAN-13 (GS1: numbers for use within a company), 02 for UPC. */
  readonly prefixes: readonly string[];
  readonly pattern: string;
}

/**
 * Common layouts, to be given the shop's own prefixes. The last is what scales sold in China print beside the 13 digits; its
 * order of price and weight differs between makers. Beware: Alipay's pay codes have 16 to 24 digits and begin with 25 to 30,
 * so 18 digits are a label only where articles are scanned, never where somebody pays.
 */
export const EMBEDDED_PATTERNS = {
  price: 'PPIIIIIMMMMMC',
  priceProved: 'PPIIIIVMMMMMC',
  shortPriceProved: 'PPIIIIIVMMMMC',
  weight: 'PPIIIIIWWWWWC',
  weightProved: 'PPIIIIVWWWWWC',
  priceAndWeight: 'PPIIIIIMMMMMWWWWWC',
  weightAndPrice: 'PPIIIIIWWWWWMMMMMC',
} as const satisfies Readonly<Record<string, string>>;

/** A label of a counter scale. `damaged`: it has the shape of one, and a check digit does not fit. Scan it again. */
export type EmbeddedLabel =
  | { readonly kind: 'label'; readonly item: string; readonly price?: Minor; readonly grams?: number }
  | { readonly kind: 'damaged' };

/** What a scanned code says as a label of one of these scales; undefined when it has the shape of none. The first fit wins. */
export function readEmbeddedLabel(
  code: string,
  layouts: readonly EmbeddedLayout[],
): EmbeddedLabel | undefined {
  if (!/^\d+$/.test(code)) return undefined;
  const layout = layouts.find(
    ({ pattern, prefixes }) =>
      pattern.length === code.length && prefixes.some((prefix) => code.startsWith(prefix)),
  );
  if (layout === undefined) return undefined;
  const field = (letter: string): string =>
    [...layout.pattern].flatMap((each, at) => (each === letter ? [code.charAt(at)] : [])).join('');
  const [price, grams, proof] = [field('M'), field('W'), field('V')];
  if (layout.pattern.endsWith('C') && !hasCheckDigit(code)) return { kind: 'damaged' };
  if (proof !== '' && priceVerifier(price || grams) !== Number(proof)) return { kind: 'damaged' };
  return {
    kind: 'label',
    item: field('I'),
    ...(price === '' ? {} : { price: minor(Number(price)) }),
    ...(grams === '' ? {} : { grams: Number(grams) }),
  };
}

/** EAN and its longer relatives: from the right, weights one and three, the sum ends in zero (GS1 General Specifications 7.9.1). */
export function hasCheckDigit(code: string): boolean {
  let sum = 0;
  for (let place = 0; place < code.length; place += 1)
    sum += Number(code.at(-1 - place)) * (place % 2 === 0 ? 1 : 3);
  return sum % 10 === 0;
}

/** Products of a digit with a weight, their tens added or taken away (GS1 General Specifications 7.9.2). */
const WEIGHTS = {
  '2-': [0, 2, 4, 6, 8, 9, 1, 3, 5, 7],
  '3': [0, 3, 6, 9, 2, 5, 8, 1, 4, 7],
  '5+': [0, 5, 1, 6, 2, 7, 3, 8, 4, 9],
  '5-': [0, 5, 9, 4, 8, 3, 7, 2, 6, 1],
} as const satisfies Readonly<Record<string, readonly number[]>>;
const FOUR = ['2-', '2-', '3', '5-'] as const;
const FIVE = ['5+', '2-', '5-', '5+', '2-'] as const;

/** The digit that proves a price or weight of four or five digits (7.9.3, 7.9.4); undefined for another length. */
export function priceVerifier(digits: string): number | undefined {
  const weights = digits.length === FOUR.length ? FOUR : digits.length === FIVE.length ? FIVE : undefined;
  if (weights === undefined) return undefined;
  const sum = weights.reduce((all, weight, at) => all + (WEIGHTS[weight][Number(digits.charAt(at))] ?? 0), 0);
  if (weights === FOUR) return (sum * 3) % 10;
  return WEIGHTS['5-'].findIndex((product) => product === (10 - (sum % 10)) % 10);
}
