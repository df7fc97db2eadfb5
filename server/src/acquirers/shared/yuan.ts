import { type Minor, MoneyError, minor } from '../../../../src/domain/money.ts';

const YUAN = /^(-?)(\d{1,10})(?:\.(\d{1,2})(0*))?$/;

/** Fen as yuan with two decimals (`1205` is `12.05`), without a detour through fractions. */
export function yuanText(amount: Minor): string {
  const digits = String(Math.abs(amount)).padStart(3, '0');
  return `${amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Yuan as fen, exactly. undefined for what is not an amount, or has a part of a fen. */
export function fenOf(text: string | number | undefined): Minor | undefined {
  const parts = YUAN.exec(String(text ?? '').trim());
  if (parts === null) return undefined;
  const [, sign = '', whole = '', part = ''] = parts;
  const fen = Number(whole) * 100 + Number(part.padEnd(2, '0'));
  try {
    return minor(sign === '-' ? -fen : fen);
  } catch (error) {
    if (error instanceof MoneyError) return undefined;
    throw error;
  }
}
