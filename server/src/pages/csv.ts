import { toDecimal } from '../../../src/domain/money-format.ts';
import type { SaleRow } from '../storage/reports.ts';
import { numberOf } from './office-page.ts';
import type { Texts } from './texts.ts';

/**
 * One cell. A text that a spreadsheet would run as a formula gets an apostrophe in front: what a customer or cashier
 * typed must not act on the owner's computer.
 */
export function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /["\n\r,]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A day's sales for a spreadsheet: UTF-8 with a mark, so that Excel shows Chinese; amounts as plain decimals. */
export function dayCsv(sales: readonly SaleRow[], texts: Texts, operator: (id: string) => string): string {
  const head = [
    texts.day,
    texts.number,
    texts.time,
    texts.till,
    texts.operator,
    texts.lines,
    texts.tender,
    texts.amount,
    'ISO 4217',
  ];
  const rows = sales.map((sale) => [
    sale.day,
    numberOf(sale),
    new Date(sale.sold_at).toISOString(),
    sale.till,
    operator(sale.operator_id),
    String(sale.line_count),
    sale.tender === null ? '' : texts.tenders[sale.tender],
    toDecimal(sale.total, sale.currency),
    sale.currency,
  ]);
  return `\uFEFF${[head, ...rows].map((cells) => cells.map(csvCell).join(',')).join('\r\n')}\r\n`;
}
