import { EMBEDDED_PATTERNS, readEmbeddedLabel } from './embedded-price.ts';
import type { Minor } from './money.ts';

/**
 * How the counter scale of a shop prints the price into its 13 digits: five digits of price, five with a digit that proves them, or
 * four with one. `none`: not said, and then no price is read out of a code, as a wrong guess would be a wrong price.
 */
export const PRICE_LABELS = ['none', 'price', 'price-proved', 'short-price-proved'] as const;
export type PriceLabels = (typeof PRICE_LABELS)[number];

/** Why a label of a scale is not sold: misread, without a price, or of a shop that has not said how its labels are read. */
export type LabelProblem = 'label-damaged' | 'label-without-price' | 'label-off';

export type PriceLabel =
  | { readonly kind: 'article'; readonly item: string; readonly price: Minor }
  | { readonly kind: 'problem'; readonly problem: LabelProblem };

const PATTERNS = {
  none: EMBEDDED_PATTERNS.price,
  price: EMBEDDED_PATTERNS.price,
  'price-proved': EMBEDDED_PATTERNS.priceProved,
  'short-price-proved': EMBEDDED_PATTERNS.shortPriceProved,
} as const satisfies Readonly<Record<PriceLabels, string>>;

/** Numbers for use within a shop (GS1 General Specifications 1.4). */
const PREFIXES: readonly string[] = Array.from({ length: 10 }, (_, last) => `2${last}`);

/**
 * What a scanned code is as the label of a scale. Undefined: it is none; a pay code never is one, as it has more digits.
 */
export function priceLabel(code: string, labels: PriceLabels): PriceLabel | undefined {
  const label = readEmbeddedLabel(code, [{ prefixes: PREFIXES, pattern: PATTERNS[labels] }]);
  if (label === undefined) return undefined;
  if (label.kind === 'damaged') return { kind: 'problem', problem: 'label-damaged' };
  if (labels === 'none') return { kind: 'problem', problem: 'label-off' };
  const { item, price } = label;
  return price === undefined || price === 0
    ? { kind: 'problem', problem: 'label-without-price' }
    : { kind: 'article', item, price };
}
