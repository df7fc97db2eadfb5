import { type Minor, minor, subtract, ZERO } from '../../../../src/domain/money.ts';
import { AcquirerError, type StatementLine } from '../acquirer.ts';
import { columnReader, csvRows } from '../shared/csv.ts';
import { beijingMs } from '../shared/shop-time.ts';
import { fenOf } from '../shared/yuan.ts';
import { looksZipped, unzip } from './zip.ts';

const COLUMNS = [
  '支付宝交易号',
  '商户订单号',
  '业务类型',
  '完成时间',
  '订单金额（元）',
  '服务费（元）',
] as const;
const OUR_REQUEST = /^[0-9a-f]{32}$/;
const REQUEST = '退款批次号/请求号';
/** The second file of the archive holds totals only. */
const SUMMARY = '汇总';

const malformed = (what: string): AcquirerError => new AcquirerError('malformed', `the bill has ${what}`);

/** The lines of a bill as downloaded: a zip with GBK tables, or one such table. Throws AcquirerError `malformed`. */
export function billLines(bytes: Uint8Array): readonly StatementLine[] {
  try {
    const gbk = new TextDecoder('gb18030');
    if (!looksZipped(bytes)) return tableLines(gbk.decode(bytes));
    const details = unzip(bytes).filter(({ name }) => {
      const text = gbk.decode(name);
      return text.endsWith('.csv') && !text.includes(SUMMARY);
    });
    if (details.length === 0) throw malformed('no table of details');
    return details.flatMap((entry) => tableLines(gbk.decode(entry.bytes)));
  } catch (error) {
    if (error instanceof RangeError) throw malformed(error.message);
    throw error;
  }
}

/** Rows between the header and the closing comment; lines that begin with `#` are comments. */
function tableLines(text: string): readonly StatementLine[] {
  const rows = csvRows(text).filter(([first = '']) => !first.startsWith('#'));
  const [header, ...rest] = rows;
  if (header === undefined) throw malformed('no known header');
  const read = columnReader(
    header.map((column) => column.replace('(', '（').replace(')', '）')),
    COLUMNS,
  );
  return rest.map((row) => lineOf((column) => read(row, column).replace(/^`/, '').trim()));
}

function lineOf(cell: (column: string) => string): StatementLine {
  const at = beijingMs(cell('完成时间')) ?? beijingMs(cell('创建时间'));
  if (at === undefined) throw malformed('a line without a time');
  const amount = amountOf(cell('订单金额（元）'));
  const common = {
    channelId: cell('支付宝交易号'),
    // Alipay writes what it takes as negative.
    fee: subtract(ZERO, amountOf(cell('服务费（元）') || '0')),
    at,
  };
  const kind = cell('业务类型');
  if (kind === '交易') return { ...common, kind: 'payment', reference: cell('商户订单号'), amount };
  if (kind !== '退款') throw malformed('an unknown kind of line');
  const back = subtract(ZERO, minor(Math.abs(amount)));
  const request = cell(REQUEST);
  // Every refund of ours has an attempt's id as its number. The rest are cancels, or made by hand at Alipay: a comparison finds those.
  return OUR_REQUEST.test(request)
    ? { ...common, kind: 'refund', reference: request, amount: back }
    : { ...common, kind: 'reversal', reference: cell('商户订单号'), amount: back };
}

function amountOf(text: string): Minor {
  const amount = fenOf(text);
  if (amount === undefined) throw malformed('an amount that is none');
  return amount;
}
