import { html } from 'hono/html';
import { formatMoney } from '../../../src/domain/money-format.ts';
import type { Language, Shop } from '../../../src/domain/shop.ts';
import type { AccountRefusal } from '../acquirers/stored-value/accounts.ts';
import type { AccountRow } from '../acquirers/stored-value/rows.ts';
import type { AccountList } from '../acquirers/stored-value/stored-value.ts';
import { dateTime } from './format.ts';
import { type Html, layout } from './layout.ts';
import { sums } from './money-sections.ts';
import { textsOf } from './texts.ts';

/** Accounts on the office's page; older ones are counted. */
export const ACCOUNTS_SHOWN = 200;

export interface StoredValueView {
  readonly shop: Shop;
  readonly language: Language;
  readonly formToken: string;
  readonly storedValue: AccountList & {
    /** Goes with the forms of this page, so that one sent twice moves money once. */
    readonly reference: string;
  };
}

/** The shop's own cards: what is owed on them, the newest, and the form that makes one or puts money on it. */
export function storedValueSection(view: StoredValueView): Html {
  const { shop, language, storedValue } = view;
  const { accounts } = storedValue;
  const texts = textsOf(language).storedValue;
  const count = storedValue.sums.reduce((all, each) => all + each.count, 0);
  const field = (name: string, label: string, more: Html) =>
    html`<label>${label} <input type="text" name="${name}" autocomplete="off" ${more}></label>`;
  return html`<section id="stored-value" aria-label="${texts.title}"><h2>${texts.title}</h2>
<p class="quiet">${texts.hint}</p>
${
  count === 0
    ? html`<p>${texts.none}</p>`
    : html`<p>${texts.owed} <b data-testid="stored-value-owed">${sums(storedValue.sums, shop, language)}</b> <span class="quiet">${texts.count(count)}</span></p>
<table><thead><tr><th scope="col">${texts.account}</th><th scope="col" class="number">${texts.balance}</th><th scope="col" class="wide">${texts.issued}</th><th></th></tr></thead>
<tbody>${accounts.map((each) => accountRow(each, view))}</tbody></table>
${count > accounts.length ? html`<p class="quiet">${texts.notShown(count - accounts.length)}</p>` : ''}`
}
<form class="row" method="post" action="/office/stored-value?lang=${language}">${hidden(view)}
${field('account', texts.account, html`required maxlength="40" placeholder="${texts.accountHint}"`)}
${field('amount', `${texts.amount} (${shop.currency})`, html`required maxlength="20" inputmode="decimal"`)}
<button name="do" value="top-up">${texts.topUp}</button><button name="do" value="issue">${texts.issue}</button></form></section>`;
}

const hidden = ({ formToken, storedValue }: StoredValueView): Html =>
  html`<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="reference" value="${storedValue.reference}">`;

function accountRow(row: AccountRow, view: StoredValueView): Html {
  const { shop, language } = view;
  const texts = textsOf(language).storedValue;
  const isClosed = row.closed_at !== null;
  return html`<tr><th scope="row">${row.account}${isClosed ? html` <span class="quiet">(${texts.closed})</span>` : ''}</th><td class="number">${formatMoney(row.balance, row.currency, language)}</td><td class="wide">${dateTime(row.issued_at, shop, language)}</td>
<td class="number"><form method="post" action="/office/stored-value?lang=${language}">${hidden(view)}<input type="hidden" name="account" value="${row.account}"><button name="do" value="${isClosed ? 'reopen' : 'close'}">${isClosed ? texts.reopen : texts.close}</button></form></td></tr>`;
}

/** Says why nothing was done. */
export function storedValueRefused(language: Language, why: AccountRefusal): Html {
  const { storedValue: texts, back } = textsOf(language);
  const body = html`<main class="notice"><h1>${texts.refused}</h1><p>${texts.refusals[why]}</p>
<p><a class="button" href="/office?lang=${language}#stored-value">${back}</a></p></main>`;
  return layout({ language, title: texts.refused, body });
}
