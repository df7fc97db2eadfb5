import { html } from 'hono/html';
import type { Currency, Minor } from '../../../src/domain/money.ts';
import { formatMoney } from '../../../src/domain/money-format.ts';
import type { Language, Shop } from '../../../src/domain/shop.ts';
import type { DayTotal, OpenAttempt } from '../storage/reports.ts';
import { dateTime } from './format.ts';
import type { Html } from './layout.ts';
import type { Texts } from './texts.ts';

interface Amount {
  readonly currency: Currency;
  readonly amount: Minor;
}

/** One sum per currency: a shop that changed its currency must not see yuan and yen added up. */
export function sums(rows: readonly Amount[], shop: Shop, language: Language): string {
  const byCurrency = Map.groupBy(rows, (each) => each.currency);
  // A day may exceed what one sale may carry, so this is no sum of the domain's.
  const told = [...byCurrency].map(([currency, each]) =>
    formatMoney(each.reduce((all, row) => all + row.amount, 0) as Minor, currency, language),
  );
  return told.length === 0 ? formatMoney(0 as Minor, shop.currency, language) : told.join(' + ');
}

export interface MoneyView {
  readonly shop: Shop;
  readonly language: Language;
  readonly totals: readonly DayTotal[];
  readonly refunds: readonly DayTotal[];
  readonly open: readonly OpenAttempt[];
}

/** What went back on the day, and what is left of the takings. Nothing when nothing went back. */
export function refundsSection({ shop, language, totals, refunds }: MoneyView, texts: Texts): Html | string {
  if (refunds.length === 0) return '';
  const back = refunds.map((each) => ({ ...each, amount: -each.amount as Minor }));
  return html`<section class="totals" aria-label="${texts.refunds}">
<p class="figure"><span class="quiet">${texts.refunds}</span><strong data-testid="refunds">${sums(back, shop, language)}</strong><span class="quiet">${texts.net} <b data-testid="net">${sums([...totals, ...back], shop, language)}</b></span></p>
<ul>${back.map(
    (each) =>
      html`<li><span>${texts.tenders[each.tender]}</span><b>${formatMoney(each.amount, each.currency, language)}</b><span class="quiet">${texts.salesCount(each.payments)}</span></li>`,
  )}</ul></section>`;
}

/** The suspense account: attempts whose end is not known. Nothing when there is none. */
export function suspenseSection({ shop, language, open }: MoneyView, texts: Texts): Html | string {
  if (open.length === 0) return '';
  return html`<section class="alarms" aria-label="${texts.suspense}"><h2>⚠ ${texts.suspense} <span data-testid="suspense">${sums(open, shop, language)}</span></h2>
<p class="quiet">${texts.suspenseHint}</p>
<ul>${open.map(
    (each) =>
      html`<li><b>${each.till} · ${texts.tenders[each.tender]} · ${formatMoney(each.amount, each.currency, language)}</b> <span class="quiet">${dateTime(each.opened_at, shop, language)} · ${texts.alarm.attempts[each.state] ?? each.state}</span>
<p class="quiet">${each.attempt_id}</p></li>`,
  )}</ul></section>`;
}
