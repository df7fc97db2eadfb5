import type { Approval, CardEntry } from '../../domain/approval.ts';
import type { ReceiptBlock } from '../../domain/receipt.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { ReceiptWords } from './words.ts';

/** The letter after a masked card number that says how it was read. */
const ENTRY_LETTERS: Readonly<Record<CardEntry, string>> = {
  swipe: '/S',
  chip: '/I',
  contactless: '/C',
  fallback: '/F',
};

/** The masked number with the letter, when there is one. */
export function cardOf({ card, entry }: Approval): string | undefined {
  if (card === undefined) return undefined;
  return entry === undefined ? card : `${card} ${ENTRY_LETTERS[entry]}`;
}

/** What a bank or a wallet said of a payment, in short, for the customer's own receipt. */
export function paymentRows(
  { approval, account }: SalePayment,
  words: ReceiptWords,
): readonly ReceiptBlock[] {
  const { charge } = words;
  const rows: readonly (readonly [string, string | undefined])[] = [
    [words.account, account],
    [charge.card, approval && cardOf(approval)],
    [charge.trace, approval?.trace],
    [charge.reference, approval?.reference],
    [charge.authCode, approval?.authCode],
    [charge.channelId, approval?.channelId],
  ];
  return rows.flatMap(([left, right]) =>
    right === undefined ? [] : [{ kind: 'pair', left, right } as const],
  );
}
