import { directionOf, localeOf } from './language.ts';
import { CURRENCY_EXPONENTS, type Currency, type Minor } from './money.ts';

/** Minor units as a plain decimal string, '.' as point and no grouping: for files, receipts in columns, and tests. */
export function toDecimal(amount: Minor, currency: Currency): string {
  const exponent = CURRENCY_EXPONENTS[currency];
  const digits = String(Math.abs(amount)).padStart(exponent + 1, '0');
  const whole = digits.slice(0, digits.length - exponent);
  const sign = amount < 0 ? '-' : '';
  return exponent === 0 ? `${sign}${whole}` : `${sign}${whole}.${digits.slice(-exponent)}`;
}

const LEFT_TO_RIGHT_MARK = '\u200e';

/** An amount as people of the language write it, with the currency sign (Intl, CLDR). For the screen, never for parsing. */
export const formatMoney = (amount: Minor, currency: Currency, language: string): string =>
  moneyFormat(currency, language)(amount);

/** Writes one amount after another: making ready for a currency takes longer than writing. */
export function moneyFormat(currency: Currency, language: string): (amount: Minor) => string {
  const exponent = CURRENCY_EXPONENTS[currency];
  // Among letters that are read from right to left an amount stays as it is on the keypad, the terminal and the paper:
  // sign, figures, point (docs/adr/0028). The mark keeps a minus in front.
  const isMirrored = directionOf(language) === 'rtl';
  const format = new Intl.NumberFormat(isMirrored ? 'en' : localeOf(language), {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: exponent,
    maximumFractionDigits: exponent,
  });
  return (amount) => {
    // A decimal string keeps every digit; a division by 100 would not beyond 2^53.
    const text = format.format(toDecimal(amount, currency) as `${number}`);
    return isMirrored ? `${LEFT_TO_RIGHT_MARK}${text}` : text;
  };
}
