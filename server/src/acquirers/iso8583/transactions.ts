import type { Purpose } from '../../../../src/domain/attempt.ts';
import type { CardData } from '../../../../src/domain/card-data.ts';
import type { Original, PayOrder } from '../acquirer.ts';
import { beijingText } from '../shared/shop-time.ts';

import type { IsoFields } from './codec.ts';
import type { SealedCard } from './keys/terminal-keys.ts';
import type { TradeRecord } from './terminal-store.ts';

/** How a transaction looks on the wire (facts: field 5.1; message types of field 60). */
interface Transaction {
  readonly mti: '0100' | '0200' | '0220';
  /** Field 3. */
  readonly processing: string;
  /** Field 25. */
  readonly condition: '00' | '06';
  /** Field 60.1. */
  readonly type: string;
  /** Whether a card is read for it. */
  readonly card: boolean;
  /** Which field names the original beside 61, and whether 61 holds its date. */
  readonly original?: { readonly by: 37 | 38; readonly dated: boolean };
  /** The sign of its amount in a settlement; none for what only freezes or frees money, and for tips. */
  readonly settles?: 'debit' | 'credit';
  /** What ends a trade without an answer: a reversal, or the same message again with the same trace. */
  readonly without: 'reversal' | 'repetition';
}

export const TRANSACTIONS: Readonly<Record<Purpose, Transaction>> = {
  sale: {
    mti: '0200',
    processing: '000000',
    condition: '00',
    type: '22',
    card: true,
    settles: 'debit',
    without: 'reversal',
  },
  void: {
    mti: '0200',
    processing: '200000',
    condition: '00',
    type: '23',
    card: false,
    original: { by: 37, dated: false },
    settles: 'credit',
    without: 'repetition',
  },
  refund: {
    mti: '0220',
    processing: '200000',
    condition: '00',
    type: '25',
    card: false,
    original: { by: 37, dated: true },
    settles: 'credit',
    without: 'repetition',
  },
  authorisation: {
    mti: '0100',
    processing: '030000',
    condition: '06',
    type: '10',
    card: true,
    without: 'reversal',
  },
  'authorisation-cancel': {
    mti: '0100',
    processing: '200000',
    condition: '06',
    type: '11',
    card: false,
    original: { by: 38, dated: true },
    without: 'reversal',
  },
  completion: {
    mti: '0200',
    processing: '000000',
    condition: '06',
    type: '20',
    card: false,
    original: { by: 38, dated: true },
    settles: 'debit',
    without: 'reversal',
  },
  'completion-cancel': {
    mti: '0200',
    processing: '200000',
    condition: '06',
    type: '21',
    card: false,
    original: { by: 37, dated: false },
    settles: 'credit',
    without: 'reversal',
  },
  tip: {
    mti: '0220',
    processing: '000000',
    condition: '00',
    type: '34',
    card: false,
    original: { by: 37, dated: false },
    without: 'repetition',
  },
};

const CURRENCY_CNY = '156';
/** Keyed in, no PIN: what a message without a card says. */
const NO_CARD_ENTRY = '012';
const ENTRY_MODES = { swipe: '02', chip: '05', contactless: '07', fallback: '80' } as const;
const PIN_DIGITS_MAX = '12';
/** Field 60.4: the terminal reads chips without contact too. */
const READS_CHIPS = '5';
const EMV_BYTES_MAX = 255;
/** Field 60.5. */
const CONDITIONS = { usual: '0', fallback: '2' } as const;

export const amountText = (amount: number): string => String(amount).padStart(12, '0');

/** Field 60: message type, batch, network code and, for trades, what the terminal can read. */
export const field60 = (type: string, batch: string, network: string, isFallback = false): string =>
  `${type}${batch}${network}${READS_CHIPS}${isFallback ? CONDITIONS.fallback : CONDITIONS.usual}`;

/**
 * The fields of a trade that hold no card data and may be kept. `hasPin`: one was typed on the reader. Undefined when the
 * original is not known well enough.
 */
export function keptFields(
  order: PayOrder,
  batch: string,
  ids: { readonly terminal: string; readonly merchant: string },
  hasPin: boolean,
): Record<number, string> | undefined {
  const kind = TRANSACTIONS[order.purpose];
  const isFallback = order.card?.entry === 'fallback';
  const fields: Record<number, string> = {
    3: kind.processing,
    4: amountText(amountSent(order)),
    22: kind.card && order.card !== undefined ? entryMode(order.card, hasPin) : NO_CARD_ENTRY,
    25: kind.condition,
    41: ids.terminal,
    42: ids.merchant,
    49: CURRENCY_CNY,
    60: field60(kind.type, batch, '000', isFallback),
  };
  if (kind.original === undefined) return fields;
  const named = order.original && originalFields(order.original, kind.original);
  if (named === undefined) return undefined;
  if (order.purpose === 'tip') fields[48] = amountText(tipOf(order));
  return { ...fields, ...named };
}

/** A tip adjustment sends the new total; everything else its amount. */
export const amountSent = (order: PayOrder): number =>
  order.purpose === 'tip' ? (order.original?.amount ?? 0) + tipOf(order) : order.amount;

const tipOf = (order: PayOrder): number => order.tip ?? order.amount;

/** Field 22: how the card was read, and whether a PIN was typed. */
export const entryMode = ({ entry }: Pick<CardData, 'entry'>, hasPin: boolean): string =>
  `${ENTRY_MODES[entry]}${hasPin ? '1' : '2'}`;

function originalFields(
  { approval, at }: Original,
  { by, dated }: { readonly by: 37 | 38; readonly dated: boolean },
): Record<number, string> | undefined {
  const { batch, trace, reference, authCode, paidAt } = approval;
  const name = by === 37 ? reference : authCode;
  if (batch === undefined || trace === undefined || name === undefined) return undefined;
  const date = dated
    ? beijingText(paidAt ?? at)
        .slice(5, 10)
        .replace('-', '')
    : '';
  return { [by]: name, 61: `${batch}${trace}${date}` };
}

/** The fields that hold card data: sent once, never kept. Undefined when the chip said more than field 55 carries. */
export function cardFields({ track, pin, emv, sequence }: SealedCard): Record<number, string> | undefined {
  const hasPin = pin !== undefined;
  if (emv !== undefined && emv.length / 2 > EMV_BYTES_MAX) return undefined;
  return {
    ...(sequence === undefined ? {} : { 23: sequence }),
    ...(hasPin ? { 26: PIN_DIGITS_MAX, 52: pin } : {}),
    35: track,
    // PIN block with card number, TDES, track encrypted.
    53: `${hasPin ? '2' : '0'}610000000000000`,
    ...(emv === undefined ? {} : { 55: emv }),
  };
}

/** A reversal repeats what named the trade, with the reason in field 39; no card data. */
export function reversalFields({ fields, reversalReason, approval }: TradeRecord): IsoFields {
  const repeated = [3, 4, 11, 22, 25, 41, 42, 49, 60, 61].flatMap((field) => {
    const value = fields[field];
    return value === undefined ? [] : [[field, value] as const];
  });
  const authCode = approval?.authCode ?? fields[38];
  return {
    ...Object.fromEntries(repeated),
    ...(authCode === undefined ? {} : { 38: authCode }),
    39: reversalReason,
  };
}
