import { html } from 'hono/html';
import { type Epoch, receiptNumber, type TillId } from '../../../src/domain/ids.ts';
import { directionOf, LANGUAGE_NAMES, LANGUAGES, type Language } from '../../../src/domain/language.ts';
import { formatMoney } from '../../../src/domain/money-format.ts';
import type { TillState } from '../storage/merchants.ts';
import type { SaleRow } from '../storage/reports.ts';
import { type AlarmsView, alarmsSection } from './alarms-section.ts';
import { dateTime, shiftDay, timeOfDay } from './format.ts';
import { type Html, layout } from './layout.ts';
import { type MoneyView, refundsSection, sums, suspenseSection } from './money-sections.ts';
import { type StoredValueView, storedValueSection } from './stored-value-section.ts';
import { type Texts, textsOf } from './texts.ts';

/** Sales on one page of the office's list. */
export const SALES_PER_PAGE = 200;

export interface OfficeView extends MoneyView, StoredValueView, AlarmsView {
  readonly day: string;
  readonly today: string;
  readonly page: number;
  readonly count: number;
  readonly sales: readonly SaleRow[];
  readonly tills: readonly TillState[];
}

/** The day at a glance: takings, tenders, alarms, sales, tills. Works without scripts. */
export function officePage(view: OfficeView): Html {
  const texts = textsOf(view.language);
  const body = html`<header class="top">
<div><h1>${view.shop.name}</h1><p class="quiet">${texts.office}</p></div>
<nav class="languages">${LANGUAGES.map((each) => html`<a href="/office?day=${view.day}&lang=${each}" lang="${each}" dir="${directionOf(each)}">${LANGUAGE_NAMES[each]}</a> `)}</nav>
</header>
<main>${dayBar(view, texts)}${totals(view, texts)}${refundsSection(view, texts)}${suspenseSection(view, texts)}${alarmsSection(view, texts)}${sales(view, texts)}${storedValueSection(view)}${tills(view, texts)}</main>`;
  return layout({ language: view.language, title: `${view.shop.name} · ${texts.office}`, body });
}

function dayBar({ day, today, language }: OfficeView, texts: Texts): Html {
  const link = (to: string, text: string) =>
    html`<a class="button" href="/office?day=${to}&lang=${language}">${text}</a>`;
  return html`<form class="days" method="get" action="/office">
${link(shiftDay(day, -1), `‹ ${texts.previousDay}`)}
<label>${texts.day} <input type="date" name="day" value="${day}"></label>
<input type="hidden" name="lang" value="${language}">
<button>${texts.show}</button>
${day < today ? link(shiftDay(day, 1), `${texts.nextDay} ›`) : ''}
${day === today ? '' : link(today, texts.today)}
</form>`;
}

function totals(view: OfficeView, texts: Texts): Html {
  const { shop, language, count } = view;
  const takings = sums(view.totals, shop, language);
  return html`<section class="totals" aria-label="${texts.takings}">
<p class="figure"><span class="quiet">${texts.takings}</span><strong data-testid="takings">${takings}</strong><span class="quiet">${texts.salesCount(count)}</span></p>
<ul>${view.totals.map(
    (each) =>
      html`<li><span>${texts.tenders[each.tender]}</span><b>${formatMoney(each.amount, each.currency, language)}</b><span class="quiet">${texts.salesCount(each.payments)}</span></li>`,
  )}</ul></section>`;
}

/** The number printed on the slip of a sale. */
export const numberOf = (sale: Pick<SaleRow, 'till' | 'epoch' | 'seq'>): string =>
  receiptNumber(sale.till as TillId, sale.epoch as Epoch, sale.seq);

function sales(view: OfficeView, texts: Texts): Html {
  const { shop, language, day, count, page } = view;
  if (count === 0) {
    return html`<section class="empty"><h2>${texts.empty}</h2><p class="quiet">${texts.emptyHint}</p></section>`;
  }
  const pageLink = (to: number, text: string) =>
    html`<a class="button" href="/office?day=${day}&lang=${language}&page=${to}">${text}</a>`;
  const isLast = (page + 1) * SALES_PER_PAGE >= count;
  return html`<section><h2>${texts.sales}</h2><table class="sales"><thead><tr>
<th scope="col">${texts.number}</th><th scope="col">${texts.time}</th><th scope="col" class="wide">${texts.till}</th><th scope="col" class="wide number">${texts.lines}</th><th scope="col" class="wide">${texts.tender}</th><th scope="col" class="number">${texts.amount}</th>
</tr></thead><tbody>${view.sales.map(
    (sale) =>
      html`<tr><td><a href="/office/sales/${sale.sale_id}?lang=${language}">${numberOf(sale)}</a></td><td>${timeOfDay(sale.sold_at, shop, language)}</td><td class="wide">${sale.till}</td><td class="wide number">${sale.line_count}</td><td class="wide">${sale.tender === null ? '' : texts.tenders[sale.tender]}${sale.payments > 1 ? ` +${sale.payments - 1}` : ''}</td><td class="number">${formatMoney(sale.total, sale.currency, language)}</td></tr>`,
  )}</tbody></table>
<p class="row">${page > 0 ? pageLink(page - 1, `‹ ${texts.newer}`) : ''}${isLast ? '' : pageLink(page + 1, `${texts.older} ›`)}
<a class="button" href="/office/day.csv?day=${day}&lang=${language}">${texts.export}</a></p></section>`;
}

/** A till's clock is called fast only beyond this: below it, network and rounding explain the difference. */
const CLOCK_TOLERANCE_MS = 120_000;

function tills(view: OfficeView, texts: Texts): Html {
  const { shop, language, formToken } = view;
  const form = (
    till: string | undefined,
    text: string,
  ) => html`<form method="post" action="/office/code?lang=${language}">
<input type="hidden" name="form" value="${formToken}">${till === undefined ? '' : html`<input type="hidden" name="till" value="${till}">`}<button>${text}</button></form>`;
  const clock = ({ last_entry_at: entry, last_seen_at: seen }: TillState) => {
    const ahead = entry === null || seen === null ? 0 : entry - seen;
    return ahead > CLOCK_TOLERANCE_MS
      ? html`<b>⚠ ${texts.clockAhead(Math.floor(ahead / 60_000))}</b>`
      : texts.clockFine;
  };
  return html`<section><h2>${texts.tills}</h2><table><thead><tr>
<th scope="col">${texts.till}</th><th scope="col" class="wide">${texts.head}</th><th scope="col">${texts.lastSeen}</th><th scope="col" class="wide">${texts.clock}</th><th></th>
</tr></thead><tbody>${view.tills.map(
    (each) =>
      html`<tr><th scope="row">${each.till}</th><td class="wide">${each.head_epoch === null ? '–' : `${each.head_epoch}-${each.head_seq}`}</td><td>${each.last_seen_at === null ? texts.never : dateTime(each.last_seen_at, shop, language)}</td><td class="wide">${clock(each)}</td><td class="number">${form(each.till, texts.rekeyCode)}</td></tr>`,
  )}</tbody></table>
${form(undefined, texts.newTillCode)}</section>`;
}

/** The one showing of a new enrolment code. */
export function codePage(view: {
  readonly language: Language;
  readonly code: string;
  readonly till: string | undefined;
}): Html {
  const texts = textsOf(view.language);
  const hint = view.till === undefined ? texts.codeHint : texts.codeRekeyHint(view.till);
  const body = html`<main class="notice"><h1>${texts.codeTitle}</h1><p class="code" data-testid="code">${view.code}</p><p>${hint}</p>
<p><a class="button" href="/office?lang=${view.language}">${texts.back}</a></p></main>`;
  return layout({ language: view.language, title: texts.codeTitle, body });
}
