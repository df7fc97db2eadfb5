import { createHash } from 'node:crypto';
import { type Minor, minor, subtract, ZERO } from '../../../../src/domain/money.ts';
import { AcquirerError, type StatementLine } from '../acquirer.ts';
import { columnReader } from '../shared/csv.ts';
import { beijingMs } from '../shared/shop-time.ts';
import { fenOf } from '../shared/yuan.ts';

/** Orders in one bill; a shop makes far fewer in a day. */
const LINES_MAX = 500_000;

const COLUMNS = [
  '交易时间',
  '商户号',
  '微信订单号',
  '商户订单号',
  '交易状态',
  '微信退款单号',
  '商户退款单号',
  '退款金额',
  '手续费',
] as const;

const malformed = (what: string): AcquirerError =>
  new AcquirerError('malformed', `the trade bill has ${what}`);

/** Whether these are the bytes that WeChat Pay announced (`hash_type` SHA1). */
export const billIsWhole = (bytes: Uint8Array, hash: { type: string; value: string }): boolean =>
  hash.type.toUpperCase() === 'SHA1' &&
  createHash('sha1').update(bytes).digest('hex') === hash.value.toLowerCase();

/**
 * The lines of a trade bill of type ALL: cells begin with a backtick and may hold commas; two rows of totals follow. A bill names
 * refunds as positive amounts: here they are negative. Throws AcquirerError `malformed`, also when a row is another merchant's.
 */
export function tradeBillLines(text: string, merchantId: string): readonly StatementLine[] {
  const [first = '', ...rest] = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = first.split(',').map((name) => name.replace(/^`/, '').trim());
  let read: ReturnType<typeof columnReader>;
  try {
    read = columnReader(header, COLUMNS);
  } catch {
    throw malformed('no known header');
  }
  const lines: StatementLine[] = [];
  for (const raw of rest) {
    if (raw.startsWith('总交易单数')) break;
    if (raw.trim() === '') continue;
    if (lines.length >= LINES_MAX) throw malformed('too many lines');
    const row = raw.replace(/^`/, '').split(',`');
    if (read(row, '商户号').trim() !== merchantId) throw malformed('a line of another merchant');
    lines.push(lineOf((column) => read(row, column).trim()));
  }
  return lines;
}

function lineOf(cell: (column: string) => string): StatementLine {
  const at = beijingMs(cell('交易时间'));
  if (at === undefined) throw malformed('a line without a time');
  const fee = amountOf(cell('手续费') || '0');
  const back = amountOf(cell('退款金额') || '0');
  const common = { fee, at };
  switch (cell('交易状态')) {
    case 'SUCCESS':
      return {
        ...common,
        kind: 'payment',
        reference: cell('商户订单号'),
        channelId: cell('微信订单号'),
        amount: amountOf(cell('订单金额') || cell('应结订单金额')),
      };
    case 'REFUND':
      return {
        ...common,
        kind: 'refund',
        reference: cell('商户退款单号'),
        channelId: cell('微信退款单号'),
        amount: subtract(ZERO, minor(Math.abs(back))),
      };
    case 'REVOKED':
      return {
        ...common,
        kind: 'reversal',
        reference: cell('商户订单号'),
        channelId: cell('微信退款单号') || cell('微信订单号'),
        amount: subtract(ZERO, minor(Math.abs(back))),
      };
    default:
      throw malformed('an unknown state');
  }
}

function amountOf(text: string): Minor {
  const amount = fenOf(text);
  if (amount === undefined) throw malformed('an amount that is none');
  return amount;
}
