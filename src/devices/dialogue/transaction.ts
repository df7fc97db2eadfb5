import { CURRENCY_EXPONENTS, type Currency } from '../../domain/money.ts';
import type { CardRequest } from '../ports.ts';

/** ISO 4217, numeric. */
const NUMERIC: Readonly<Record<Currency, number>> = {
  CNY: 156,
  HKD: 344,
  MOP: 446,
  TWD: 901,
  USD: 840,
  EUR: 978,
  GBP: 826,
  SGD: 702,
  JPY: 392,
  KRW: 410,
  KWD: 414,
};

/** First two digits of the ISO 8583 processing code: money back, and a balance. Everything else is a purchase. */
const TYPES: Partial<Readonly<Record<CardRequest['purpose'], number>>> = { refund: 0x20, balance: 0x31 };

/** What a chip is told of the money. */
export interface ChipMoney {
  /** Minor units. */
  readonly amount: number;
  /** Numeric, ISO 4217. */
  readonly currency: number;
  readonly exponent: number;
  /** Tag 9C. */
  readonly transactionType: number;
}

/** The request in the terms of EMV. */
export const chipMoney = ({ amount, currency, purpose }: CardRequest): ChipMoney => ({
  amount,
  currency: NUMERIC[currency],
  exponent: CURRENCY_EXPONENTS[currency],
  transactionType: TYPES[purpose] ?? 0x00,
});

const TIMEOUT_S_MAX = 255;

/** Seconds that fit into the one byte that readers have for them. */
export const timeoutSeconds = (timeoutMs: number): number =>
  Math.min(TIMEOUT_S_MAX, Math.max(1, Math.round(timeoutMs / 1_000)));
