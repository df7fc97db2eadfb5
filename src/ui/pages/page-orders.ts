import { html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { receiptNumber } from '../../domain/ids.ts';
import type { DayTotals, JournalStatus, SaleRecord } from '../../domain/journal.ts';
import { due } from '../../domain/sale.ts';
import { icon } from '../components/icons.ts';
import { payIcon } from '../components/pay-icons.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { isSynced } from '../state/synced.ts';
import { unfinishedCount } from '../state/unfinished.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { ordersStyles } from './page-orders.styles.ts';

/** Sales fetched at once: two screens of a tall phone. */
const PAGE_SIZE = 30;
/** Sales kept in the list; older ones are found in the office. */
const SHOWN_MAX = 1_500;

/** Today's figures, and every sale of this till, latest first. */
@customElement('page-orders')
export class PageOrders extends PaymentPage {
  static override styles = [base, buttons, panels, reading, ordersStyles];

  @state() private records: readonly SaleRecord[] = [];
  @state() private totals: DayTotals | undefined;
  @state() private loading: 'first' | 'more' | 'idle' | 'end' | 'failed' = 'first';
  @query('.more') private sentinel!: HTMLElement | null;
  #headSeen: string | undefined;
  #watcher: IntersectionObserver | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watcher = new IntersectionObserver(
      (seen) => seen.some((each) => each.isIntersecting) && this.#more(),
    );
    this.#watched = null;
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    this.#watcher?.disconnect();
    super.disconnectedCallback();
  }

  override render() {
    const { t } = this.translator;
    const { journal } = this.follow(this.services.life.strip);
    this.#reloadOn(journal);
    return html`<div class="column">
      <div class="title"><h1 tabindex="-1">${t('orders.title')}</h1></div>
      ${this.#today()}
      <div class="links">
        ${this.#openLink()}
        <a class="button other" href="#/authorisations" data-testid="to-authorisations">${payIcon('hold')} ${this.p('auth.more')}</a>
      </div>
      ${this.#list(journal)}
    </div>`;
  }

  #openLink() {
    const { attempts, openSales, checkout } = this.services;
    const count = unfinishedCount(
      this.follow(attempts.state),
      this.follow(openSales.state),
      checkout.state.value,
    );
    return count === 0
      ? nothing
      : html`<a class="button primary" href="#/open" data-testid="to-open">${payIcon('open')} ${this.p('open.go', { count })}</a>`;
  }

  #today() {
    const { t } = this.translator;
    const sales = this.totals?.sales ?? 0;
    const total = this.totals?.total ?? 0;
    const average = sales === 0 ? 0 : Math.round(total / sales);
    const money = (amount: number) => this.money(amount as DayTotals['total']);
    return html`<dl class="today">
      <div><dt>${t('orders.today')}</dt><dd class="figure" data-testid="today-total">${money(total)}</dd></div>
      <div><dt>${t('orders.count')}</dt><dd class="figure" data-testid="today-count">${sales}</dd></div>
      <div><dt>${t('orders.average')}</dt><dd class="figure">${money(average)}</dd></div>
    </dl>`;
  }

  #list(journal: JournalStatus) {
    const { t } = this.translator;
    if (this.loading === 'first') return html`<p class="quiet" role="status">${t('common.loading')}</p>`;
    if (this.records.length === 0 && this.loading !== 'failed') {
      return html`<div class="empty" data-testid="orders-empty">
        ${icon('orders', 56)}
        <p>${t('orders.empty')}</p>
        <a class="button primary" href="#/till">${t('nav.till')}</a>
      </div>`;
    }
    return html`
      <ol class="list" data-testid="orders">
        ${repeat(
          this.records,
          (record) => record.sale.saleId,
          (record, index) =>
            html`${this.#heading(record, this.records[index - 1])}${this.#record(record, journal)}`,
        )}
      </ol>
      ${
        this.loading === 'end'
          ? html`<p class="quiet">${t('orders.end')}</p>`
          : html`<button type="button" class="button other more" data-testid="more" ?disabled=${this.loading === 'more'} @click=${() => this.#more()}>
              ${t(this.loading === 'failed' ? 'orders.failed' : this.loading === 'more' ? 'common.loading' : 'orders.more')}
            </button>`
      }
    `;
  }

  #heading(record: SaleRecord, before: SaleRecord | undefined) {
    if (before?.sale.day === record.sale.day) return nothing;
    return html`<li class="day"><h2>${this.translator.day(record.at, this.shop?.timeZone)}</h2></li>`;
  }

  #record(record: SaleRecord, journal: JournalStatus) {
    const { t } = this.translator;
    const synced = isSynced(record, journal);
    const { till, head, sale, at, paper, refunded } = record;
    return html`<li>
      <a class="sale" href="#/orders/${sale.saleId}" data-testid="order" data-synced=${synced}>
        <span class="time figure">${this.translator.time(at, this.shop?.timeZone)}</span>
        <span class="what">
          <strong>${sale.payments.map((payment) => t(`tender.${payment.tender}`)).join(' + ')}</strong>
          <small class="figure" title=${receiptNumber(till, head.epoch, head.seq)}
            >${t('order.short', { till, number: head.seq })}</small
          >
        </span>
        <span class="marks">
          ${refunded === undefined ? nothing : html`<span class="sign warn" data-testid="refunded-mark">${payIcon('refund', 18)} ${this.p('refund.done', { amount: this.money(refunded) })}</span>`}
          ${paper === 'unconfirmed' ? html`<span class="sign warn">${icon('printer', 18)} ${t('orders.paper-unsure')}</span>` : nothing}
          ${synced ? nothing : html`<span class="sign" data-testid="unsynced-mark">${icon('upload', 18)} ${t('orders.unsynced')}</span>`}
        </span>
        <span class="amount figure">${this.money(due(sale))}</span>
        ${icon('next', 20)}
      </a>
    </li>`;
  }

  #watched: HTMLElement | null = null;

  protected override updated(): void {
    if (this.sentinel === this.#watched) return;
    if (this.#watched !== null) this.#watcher?.unobserve(this.#watched);
    this.#watched = this.sentinel;
    if (this.sentinel !== null) this.#watcher?.observe(this.sentinel);
  }

  /** A new sale on top of the journal: the list begins again. */
  #reloadOn({ head }: JournalStatus): void {
    const place = head === undefined ? '' : `${head.epoch}-${head.seq}`;
    if (place === this.#headSeen) return;
    this.#headSeen = place;
    void this.#reload();
  }

  async #reload(): Promise<void> {
    const { orders } = this.services;
    // As many as are shown already, so that the list does not jump under the reader.
    const limit = Math.max(PAGE_SIZE, this.records.length);
    try {
      const [totals, records] = await Promise.all([orders.today(), orders.list({ limit })]);
      this.totals = totals;
      this.records = records;
      this.loading = records.length < limit ? 'end' : 'idle';
    } catch {
      this.loading = 'failed';
    }
  }

  async #more(): Promise<void> {
    if (this.loading !== 'idle' && this.loading !== 'failed') return;
    const last = this.records.at(-1);
    if (last === undefined) return this.#reload();
    this.loading = 'more';
    try {
      const more = await this.services.orders.list({ before: last.position, limit: PAGE_SIZE });
      this.records = [...this.records, ...more];
      this.loading = more.length < PAGE_SIZE || this.records.length >= SHOWN_MAX ? 'end' : 'idle';
    } catch {
      this.loading = 'failed';
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-orders': PageOrders;
  }
}
