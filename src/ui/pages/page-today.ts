import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { DayTotals } from '../../domain/journal.ts';
import { localeOf } from '../../domain/language.ts';
import { type Minor, subtract, sum, ZERO } from '../../domain/money.ts';
import { TENDERS } from '../../domain/tender.ts';
import type { DayView } from '../../flow/services.ts';
import { icon } from '../components/icons.ts';
import { payIcon } from '../components/pay-icons.ts';
import { BooksPage } from '../state/books-page.ts';
import { dayAfter } from '../state/days.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { todayStyles } from './page-today.styles.ts';

/** One day of this till in figures, from its own journal: right also without a network. */
@customElement('page-today')
export class PageToday extends BooksPage {
  static override styles = [base, buttons, panels, reading, todayStyles];

  /** Absent: today. */
  @property({ attribute: false }) day: BusinessDay | undefined;
  @state() private view: DayView | 'loading' | 'failed' = 'loading';
  #shown = '';

  override render() {
    const { journal } = this.follow(this.services.life.strip);
    const today = this.services.orders.today();
    const day = this.day ?? today;
    const wanted = `${day} ${journal.head?.epoch}-${journal.head?.seq}`;
    if (wanted !== this.#shown) {
      this.#shown = wanted;
      void this.#fetch(day);
    }
    return html`<div class="column">
      ${this.#title(day, today)}
      ${this.view === 'loading' ? html`<p role="status">${this.t('common.loading')}</p>` : this.view === 'failed' ? html`<p role="alert">${this.t('orders.failed')}</p>` : this.#figures(this.view)}
    </div>`;
  }

  #title(day: BusinessDay, today: BusinessDay) {
    const isToday = day === today;
    const name = this.translator.day(Date.parse(`${day}T12:00:00Z`), 'UTC');
    return html`<div class="title">
      <a class="button icon other" href="#/orders" aria-label=${this.t('common.back')}>${icon('back')}</a>
      <h1 tabindex="-1">${isToday ? this.b('day.title') : name}${isToday ? html` <small>${name}</small>` : nothing}</h1>
      <a class="button icon other" data-testid="day-before" href="#/today/${dayAfter(day, -1)}" aria-label=${this.b('day.before')}>${icon('back')}</a>
      ${
        isToday
          ? html`<button type="button" class="button icon other" disabled aria-label=${this.b('day.after')}>${icon('next')}</button>`
          : html`<a class="button icon other" data-testid="day-after" href="#/today/${dayAfter(day, 1)}" aria-label=${this.b('day.after')}>${icon('next')}</a>`
      }
    </div>`;
  }

  #figures({ totals, open, day }: DayView) {
    return html`
      ${totals === undefined ? this.#empty() : this.#takings(totals)}
      <div class="two">
        <div class="stack">${totals === undefined ? nothing : this.#tenders(totals)}</div>
        <div class="stack">
          ${totals === undefined ? nothing : this.#drawer(totals)}
          ${this.#open(open.filter(({ state: at }) => at !== 'accepted').map(({ attempt }) => attempt.amount))}
        </div>
      </div>
      <p class="dim local">${this.b('day.local')}</p>
      <span class="heard" data-testid="day-shown">${day}</span>
    `;
  }

  #empty() {
    return html`<div class="empty panel" data-testid="day-empty">
      ${icon('office', 56)}
      <h2>${this.b('day.empty')}</h2>
      <p>${this.b('day.empty-why')}</p>
      <a class="button primary" href="#/till">${icon('till')} ${this.t('nav.till')}</a>
    </div>`;
  }

  #takings({ sales, total, refunds = 0, refunded = ZERO }: DayTotals) {
    const net = subtract(total, refunded);
    const average = sales === 0 ? 0 : Math.round(total / sales);
    const figure = (name: string, value: unknown, testId: string) =>
      html`<div><dt>${name}</dt><dd class="figure" data-testid=${testId}>${value}</dd></div>`;
    return html`<dl class="takings">
      ${figure(this.b(refunds === 0 ? 'day.taken' : 'day.net'), this.money(net), 'day-net')}
      ${refunds === 0 ? nothing : figure(this.b('day.taken'), this.money(total), 'day-taken')}
      ${figure(this.b('day.sales'), sales, 'day-sales')}
      ${figure(this.b('day.average'), this.moneyOf(average), 'day-average')}
      ${refunds === 0 ? nothing : figure(this.b('day.refunds-count', { count: refunds }), this.money(refunded), 'day-refunded')}
    </dl>`;
  }

  #tenders({ tenders }: DayTotals) {
    const rows = TENDERS.flatMap((tender) => {
      const amount = tenders[tender];
      return amount === undefined ? [] : [{ tender, amount }];
    }).sort((a, b) => b.amount - a.amount);
    const most = Math.max(1, ...rows.map(({ amount }) => amount));
    const all = sum(rows.map(({ amount }) => amount));
    const percent = new Intl.NumberFormat(localeOf(this.translator.language), { style: 'percent' });
    return html`<section class="panel">
      <h2>${this.b('day.tenders')}</h2>
      <ul class="bars" data-testid="day-tenders">
        ${rows.map(
          ({ tender, amount }) => html`<li data-testid="day-tender-${tender}">
            <span>${this.t(`tender.${tender}`)}</span>
            <span class="figure">${this.money(amount)}</span>
            <meter min="0" max=${most} value=${Math.max(0, amount)} aria-label=${this.b('day.share', { percent: percent.format(all > 0 ? amount / all : 0) })}></meter>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  #drawer({ tenders }: DayTotals) {
    return html`<section class="panel">
      <h2>${icon('drawer')} ${this.b('day.drawer')}</h2>
      <p class="big figure" data-testid="day-drawer">${this.money(tenders['cash'] ?? ZERO)}</p>
      <p class="dim">${this.b('day.drawer-why')}</p>
    </section>`;
  }

  #open(amounts: readonly Minor[]) {
    return html`<section class="panel ${amounts.length > 0 ? 'doubt' : ''}" data-testid="day-open" data-count=${amounts.length}>
      <h2>${icon(amounts.length > 0 ? 'question' : 'check')} ${this.b('day.open')}</h2>
      ${
        amounts.length === 0
          ? html`<p>${this.b('day.open-none')}</p>`
          : html`<p>${this.b('day.open-some', { count: amounts.length, amount: this.money(sum(amounts)) })}</p>
              <a class="button" href="#/open">${payIcon('open')} ${this.b('day.open-go')}</a>`
      }
    </section>`;
  }

  async #fetch(day: BusinessDay): Promise<void> {
    const view = await this.services.orders.day(day).catch(() => 'failed' as const);
    // A day that was left meanwhile is not shown.
    if (this.#shown.startsWith(day)) this.view = view;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-today': PageToday;
  }
}
