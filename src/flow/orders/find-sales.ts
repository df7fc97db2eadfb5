import type { BusinessDay } from '../../domain/business-day.ts';
import { receiptNumber } from '../../domain/ids.ts';
import type { Journal, JournalStatus, SaleRecord } from '../../domain/journal.ts';
import { CURRENCY_EXPONENTS, type Currency } from '../../domain/money.ts';
import { due } from '../../domain/sale.ts';
import type { Tender } from '../../domain/tender.ts';
import { isSynced } from './synced.ts';

/** Sales looked at in one go; a search over more goes on when it is asked to. About a second on a slow tablet. */
const SCANNED_MAX = 4_000;
/** Sales read from the journal at once while searching. */
const READ_AT_ONCE = 200;
/** Fewer characters are a whole number, not the end of one: `12` would be the end of every eighth sale. */
const ENDING_MIN = 3;
/** The shortest piece of a bank's or a wallet's number that tells a payment from others. */
const REFERENCE_MIN = 4;

export const SALE_STATES = ['unsynced', 'refunded', 'paper-unsure'] as const;
export type SaleState = (typeof SALE_STATES)[number];

/** What a sale must be to be found. Everything that is said must hold. */
export interface SaleFilter {
  readonly day?: BusinessDay;
  readonly tender?: Tender;
  readonly state?: SaleState;
  /** An amount, a number from the slip or its end, or the end of a number of the bank's or the wallet's. */
  readonly text?: string;
}

export interface SaleQuery extends SaleFilter {
  /** Local position, exclusive: where an earlier answer stopped. */
  readonly before?: number;
  readonly limit: number;
}

export interface FoundSales {
  readonly records: readonly SaleRecord[];
  /** Where to go on; absent when every sale was looked at. */
  readonly next?: number;
}

/** Latest first. Reads until enough are found, or enough were looked at. Rejects as the journal does. */
export async function findSales(
  journal: Pick<Journal, 'sales' | 'status'>,
  { before, limit, ...filter }: SaleQuery,
): Promise<FoundSales> {
  const isPlain = Object.values(filter).every((each) => each === undefined || each === '');
  const atOnce = isPlain ? limit : READ_AT_ONCE;
  const records: SaleRecord[] = [];
  let from = before;
  for (let looked = 0; looked < SCANNED_MAX; looked += atOnce) {
    const read = await journal.sales({ ...(from === undefined ? {} : { before: from }), limit: atOnce });
    for (const record of read) {
      from = record.position;
      if (matches(record, filter, journal.status)) records.push(record);
      if (records.length >= limit) return { records, next: from };
    }
    if (read.length < atOnce) return { records };
  }
  return { records, ...(from === undefined ? {} : { next: from }) };
}

/** Whether a sale is one of those that are looked for. */
export function matches(record: SaleRecord, filter: SaleFilter, status: JournalStatus): boolean {
  const { sale, paper, refunded } = record;
  if (filter.day !== undefined && sale.day !== filter.day) return false;
  if (filter.tender !== undefined && !sale.payments.some(({ tender }) => tender === filter.tender))
    return false;
  if (filter.state === 'unsynced' && isSynced(record, status)) return false;
  if (filter.state === 'refunded' && refunded === undefined) return false;
  if (filter.state === 'paper-unsure' && paper !== 'unconfirmed') return false;
  const text = plain(filter.text ?? '');
  return text === '' || isNamed(record, text);
}

const plain = (text: string): string => text.replace(/[\s¥￥,，元#]/g, '').toUpperCase();

function isNamed(record: SaleRecord, text: string): boolean {
  const { sale, till, head } = record;
  const amount = minorOf(text, sale.currency);
  const amounts = [due(sale), sale.total, ...sale.payments.map((payment) => payment.amount)];
  if (amount !== undefined && amounts.some((each) => each === amount)) return true;
  if (text === String(head.seq)) return true;
  const number = receiptNumber(till, head.epoch, head.seq);
  if (text.length >= ENDING_MIN && number.endsWith(text)) return true;
  return text.length >= REFERENCE_MIN && references(record).some((each) => each.toUpperCase().endsWith(text));
}

/** Every number by which a customer, a bank or a wallet knows the sale. */
const references = ({ sale }: SaleRecord): readonly string[] =>
  sale.payments.flatMap(({ attemptId, approval }) =>
    [
      attemptId,
      approval?.channelId,
      approval?.reference,
      approval?.trace,
      approval?.authCode,
      approval?.card,
    ].filter((each) => each !== undefined),
  );

/** `12.5` as people type it; undefined for what is no amount: `000128` is a number from a slip. */
function minorOf(text: string, currency: Currency): number | undefined {
  const exponent = CURRENCY_EXPONENTS[currency];
  const [, whole, fraction = ''] = /^(0|[1-9]\d{0,9})(?:[.](\d*))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > exponent) return undefined;
  return Number(whole + fraction.padEnd(exponent, '0'));
}
