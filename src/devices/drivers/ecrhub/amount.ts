import { CURRENCY_EXPONENTS, type Currency, type Minor } from '../../../domain/money.ts';

/** ECRHub amounts are decimal text in the major unit: `12.50`. */
export function decimalAmount(amount: Minor, currency: Currency): string {
  const exponent = CURRENCY_EXPONENTS[currency];
  const digits = String(amount).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** True when `text` is the same amount, however many zeros it is written with. */
export function isAmount(text: string, amount: Minor, currency: Currency): boolean {
  const [, whole, fraction = ''] = /^0*(\d+)(?:\.(\d+?)0*)?$/.exec(text) ?? [];
  if (whole === undefined) return false;
  const exponent = CURRENCY_EXPONENTS[currency];
  const digits = fraction === '0' ? '' : fraction;
  return digits.length <= exponent && Number(whole + digits.padEnd(exponent, '0')) === amount;
}
