import { html } from 'hono/html';
import type { Entry, SignedEntry } from '../../../src/domain/entry.ts';
import type { Minor } from '../../../src/domain/money.ts';
import { formatMoney } from '../../../src/domain/money-format.ts';
import type { CompletedSale } from '../../../src/domain/sale.ts';
import type { Language, Shop } from '../../../src/domain/shop.ts';
import { changeDue } from '../../../src/domain/tender.ts';
import { dateTime, quantity } from './format.ts';
import { type Html, layout } from './layout.ts';
import { numberOf } from './office-page.ts';
import { type Texts, textsOf } from './texts.ts';

export type CompletedEntry = Extract<Entry, { type: 'sale.completed' }>;

/** Lines, totals and payments of a sale: the same on the office's page and on the customer's receipt. */
function saleTable(sale: CompletedSale, language: Language, texts: Texts): Html {
  const money = (amount: Minor) => formatMoney(amount, sale.currency, language);
  const row = (label: string, amount: Minor, style = '') =>
    html`<tr class="${style}"><th scope="row" colspan="3">${label}</th><td class="number">${money(amount)}</td></tr>`;
  return html`<table class="lines"><thead><tr><th scope="col">${texts.item}</th><th scope="col" class="number">${texts.quantity}</th><th scope="col" class="number">${texts.price}</th><th scope="col" class="number">${texts.amount}</th></tr></thead>
<tbody>${sale.lines.map(
    (line) =>
      html`<tr><td>${line.name === '' ? texts.unnamed : line.name}</td><td class="number">${quantity(line.quantityMilli)}</td><td class="number">${money(line.price)}</td><td class="number">${money(line.amount)}</td></tr>`,
  )}</tbody>
<tfoot>${sale.rounding === 0 ? '' : html`${row(texts.subtotal, sale.subtotal)}${row(texts.rounding, sale.rounding)}`}
${row(texts.total, sale.total, 'total')}
${sale.payments.map(
  (each) =>
    html`${row(`${texts.paid} · ${texts.tenders[each.tender]}`, each.amount)}${each.tendered === undefined ? '' : html`${row(texts.tendered, each.tendered)}${row(texts.change, changeDue(each.amount, each.tendered))}`}`,
)}</tfoot></table>`;
}

/** What the customer sees behind the code on the slip: no operator, no other sale, no way further in. */
export function receiptPage(view: { readonly shop: Shop; readonly entry: CompletedEntry }): Html {
  const { shop, entry } = view;
  const { language } = shop;
  const texts = textsOf(language);
  const body = html`<main class="slip"><h1>${shop.name}</h1>
<dl><dt>${texts.number}</dt><dd>${numberOf(entry)}</dd><dt>${texts.date}</dt><dd>${dateTime(entry.at, shop, language)}</dd></dl>
${saleTable(entry.body, language, texts)}
<p class="quiet">${texts.receiptThanks}</p></main>`;
  return layout({ language, title: `${texts.receipt} ${numberOf(entry)}`, body });
}

export interface SaleView {
  readonly shop: Shop;
  readonly language: Language;
  readonly entry: CompletedEntry;
  readonly operator: string;
  readonly entries: readonly SignedEntry[];
}

/** A sale in the office: what was sold, by whom, and every journal record that speaks about it. */
export function salePage({ shop, language, entry, operator, entries }: SaleView): Html {
  const texts = textsOf(language);
  const { day } = entry.body;
  const body = html`<main><p><a class="button" href="/office?day=${day}&lang=${language}">‹ ${texts.back}</a></p>
<section><h1>${texts.sale} ${numberOf(entry)}</h1>
<dl><dt>${texts.day}</dt><dd>${day}</dd><dt>${texts.date}</dt><dd>${dateTime(entry.at, shop, language)}</dd><dt>${texts.operator}</dt><dd>${operator}</dd></dl>
${saleTable(entry.body, language, texts)}</section>
<section><h2>${texts.entries}</h2><table><thead><tr><th scope="col">${texts.number}</th><th scope="col">${texts.entryType}</th><th scope="col">${texts.time}</th><th scope="col" class="wide">${texts.fingerprint}</th></tr></thead>
<tbody>${entries.map(
    (each) =>
      html`<tr><td>${each.entry.epoch}-${each.entry.seq}</td><td>${each.entry.type}</td><td>${dateTime(each.entry.at, shop, language)}</td><td class="wide"><code>${each.hash.slice(0, 16)}</code></td></tr>`,
  )}</tbody></table></section></main>`;
  return layout({ language, title: `${texts.sale} ${numberOf(entry)}`, body });
}
