import * as z from 'zod/mini';
import { AMOUNT_MAX, CURRENCY_EXPONENTS, type Currency, type Minor } from './money.ts';

/** Building blocks shared by every schema of the house: one definition of 'an amount', 'an id', 'a day'. */

const amount = z.custom<Minor>(
  (value) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    Math.abs(value) <= AMOUNT_MAX &&
    !Object.is(value, -0),
  { error: 'not an amount in minor units' },
);
const positiveAmount = z.custom<Minor>(
  (value) =>
    typeof value === 'number' &&
    Number.isInteger(value) &&
    value >= 0 &&
    value <= AMOUNT_MAX &&
    !Object.is(value, -0),
  { error: 'not an amount of zero or more in minor units' },
);

/** A string that matches, typed as one of our branded ids. */
const branded = <Id extends string>(pattern: RegExp, what: string) =>
  z.custom<Id>((value) => typeof value === 'string' && pattern.test(value), { error: `not ${what}` });

const text = (lengthMax: number) => z.string().check(z.maxLength(lengthMax));
const instant = z.int().check(z.minimum(0), z.maximum(8_640_000_000_000_000));
const currency = z.enum(Object.keys(CURRENCY_EXPONENTS) as [Currency, ...Currency[]]);
const hash = branded<string>(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex');

export const kit = { amount, positiveAmount, branded, text, instant, currency, hash };
