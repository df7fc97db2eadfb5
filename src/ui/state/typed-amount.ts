import {
  type AmountEntry,
  type AmountKey,
  amountOf,
  EMPTY_ENTRY,
  pressKey,
} from '../../domain/amount-entry.ts';
import type { Currency, Minor } from '../../domain/money.ts';
import { keyMeaning } from './keys.ts';

/** What is left of a text when only what makes an amount is kept: `12,5 元` is `12.5`. */
export function amountText(text: string, currency: Currency): AmountEntry {
  const keys = [...text].flatMap((character): AmountKey[] => {
    const meaning = keyMeaning(character);
    return meaning?.kind === 'amount' && /^[0-9.]$/.test(meaning.key) ? [meaning.key] : [];
  });
  return keys.reduce<AmountEntry>((entry, key) => pressKey(entry, key, currency), EMPTY_ENTRY);
}

/** Undefined when nothing, or nothing that makes an amount, is typed. */
export function typedAmount(text: string, currency: Currency): Minor | undefined {
  const entry = amountText(text, currency);
  const amount = entry === EMPTY_ENTRY ? undefined : amountOf(entry, currency);
  return amount === undefined || amount <= 0 ? undefined : amount;
}
