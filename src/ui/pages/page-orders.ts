import { html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { receiptNumber } from '../../domain/ids.ts';
import type { DayTotals, JournalStatus, SaleRecord } from '../../domain/journal.ts';
import { due } from '../../domain/sale.ts';
import type { SaleFilter } from '../../flow/orders/find-sales.ts';
import { isSynced } from '../../flow/orders/synced.ts';
import { icon } from '../components/icons.ts';
import { payIcon } from '../components/pay-icons.ts';
import { BooksPage } from '../state/books-page.ts';
import { isSpokenFor } from '../state/keys.ts';
import { unfinishedCount } from '../state/unfinished.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { ordersStyles } from './page-orders.styles.ts';
import './part-find.ts';

/** Sales fetched at once: two screens of a tall phone. */
const PAGE_SIZE = 30;
/** Sales kept in the list; older ones are found by a search. */
const SHOWN_MAX = 1_500;

/** Today's figures, and every sale of this till, latest first, with a search over all of them. */
@customElement('page-orders')
export class PageOrders extends BooksPage {
  static override styles = [base, buttons, panels, reading, ordersStyles];

  @state() private records: readonly SaleRecord[] = [];
  @state() private totals: DayTotals | undefined;
  @state() private loading: 'first' | 'more' | 'idle' | 'end' | 'failed' = 'first';
  @state() private filter: SaleFilter = {};
  @query('.more') private sentinel!: HTMLElement | null;
  #next: number | undefined;
  #headSeen: string | undefined;
  #watcher: IntersectionObserver | undefined;
  /** Counts what was asked for: an answer to an older question is not shown. */
  #asked = 0;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watcher = new IntersectionObserver(
      (seen) => seen.some((each) => each.isIntersecting) && this.#more(),
    );
    this.#watched = null;
    addEventListener('keydown', this.#typed);
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    this.#watcher?.disconnect();
    removeEventListener('keydown', this.#typed);
    super.disconnectedCallback();
  }

  get #isSearch(): boolean {
    return Object.values(this.filter).some((each) => each !== undefined && each !== '');
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
      ${this.#isFirstDay ? nothing : html`<part-find .filter=${this.filter} .found=${this.#found()} @pos-find=${this.#find}></part-find>`}
      ${this.#list(journal)}
    </div>`;
  }

  /** Nothing was ever sold here: there is nothing to look for. */
  get #isFirstDay(): boolean {
    return (
      !this.#isSearch && this.records.length === 0 && (this.loading === 'end' || this.loading === 'first')
    );
  }

  /** What a search has come to, for eyes and for screen readers. */
  #found(): string {
    if (!this.#isSearch || this.loading === 'first') return '';
    const count = this.records.length;
    if (count === 0 && this.loading === 'end') return '';
    return this.b(this.loading === 'end' ? 'find.found' : 'find.found-more', { count });
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
    return html`<a class="day-link" href="#/today" data-testid="to-today">
      <dl class="today">
        <div><dt>${t('orders.today')}</dt><dd class="figure" data-testid="today-total">${this.moneyOf(total)}</dd></div>
        <div><dt>${t('orders.count')}</dt><dd class="figure" data-testid="today-count">${sales}</dd></div>
        <div><dt>${t('orders.average')}</dt><dd class="figure">${this.moneyOf(average)}</dd></div>
      </dl>
      <span class="go">${this.b('orders.to-day')} ${icon('next', 20)}</span>
    </a>`;
  }

  #list(journal: JournalStatus) {
    const { t } = this.translator;
    if (this.loading === 'first') return html`<p class="quiet" role="status">${t('common.loading')}</p>`;
    if (this.records.length === 0 && this.loading === 'end') return this.#empty();
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
              ${this.loading === 'failed' ? t('orders.failed') : this.loading === 'more' ? t('common.loading') : this.#isSearch ? this.b('find.more') : t('orders.more')}
            </button>`
      }
    `;
  }

  #empty() {
    if (this.#isSearch) {
      return html`<div class="empty" data-testid="find-none" role="status">
        ${icon('orders', 56)}
        <h2>${this.b('find.none')}</h2>
        <p>${this.b('find.none-why')}</p>
        <button type="button" class="button primary" data-testid="find-clear-all" @click=${() => this.#set({})}>${this.b('find.clear')}</button>
      </div>`;
    }
    return html`<div class="empty" data-testid="orders-empty">
      ${icon('orders', 56)}
      <h2>${this.b('orders.empty-title')}</h2>
      <p>${this.b('orders.empty-why')}</p>
      <a class="button primary" href="#/till">${icon('till')} ${this.b('orders.empty-go')}</a>
    </div>`;
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
    // A search that found little has its button in sight at once: only a person asks it to read all of the past.
    if (this.sentinel !== null && !this.#isSearch) this.#watcher?.observe(this.sentinel);
  }

  /** A new sale on top of the journal: the list begins again. */
  #reloadOn({ head }: JournalStatus): void {
    const place = head === undefined ? '' : `${head.epoch}-${head.seq}`;
    if (place === this.#headSeen) return;
    this.#headSeen = place;
    void this.#reload();
  }

  readonly #find = ({ detail }: HTMLElementEventMap['pos-find']): void => this.#set(detail);

  #set(filter: SaleFilter): void {
    this.filter = filter;
    this.records = [];
    this.loading = 'first';
    void this.#reload();
  }

  async #reload(): Promise<void> {
    const { orders } = this.services;
    this.#asked += 1;
    const asked = this.#asked;
    // As many as are shown already, so that the list does not jump under the reader.
    const limit = Math.max(PAGE_SIZE, this.records.length);
    try {
      const [day, found] = await Promise.all([
        orders.day(orders.today()),
        orders.find({ ...this.filter, limit }),
      ]);
      if (asked !== this.#asked) return;
      this.totals = day.totals;
      this.#show(found.records, found.next);
    } catch {
      if (asked === this.#asked) this.loading = 'failed';
    }
  }

  async #more(): Promise<void> {
    if (this.loading !== 'idle' && this.loading !== 'failed') return;
    if (this.#next === undefined) return this.#reload();
    this.loading = 'more';
    const asked = this.#asked;
    try {
      const query = { ...this.filter, before: this.#next, limit: PAGE_SIZE };
      const found = await this.services.orders.find(query);
      if (asked === this.#asked) this.#show([...this.records, ...found.records], found.next);
    } catch {
      if (asked === this.#asked) this.loading = 'failed';
    }
  }

  #show(records: readonly SaleRecord[], next: number | undefined): void {
    this.records = records;
    this.#next = next;
    this.loading = next === undefined || records.length >= SHOWN_MAX ? 'end' : 'idle';
  }

  /** `/` begins a search; the arrows walk through what it found. */
  readonly #typed = (event: KeyboardEvent): void => {
    const [target] = event.composedPath();
    const inField = target instanceof HTMLInputElement || target instanceof HTMLSelectElement;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === '/' && !isSpokenFor(event)) {
      event.preventDefault();
      this.renderRoot.querySelector('part-find')?.focusField();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (target instanceof HTMLSelectElement || (inField && target.type === 'date')) return;
      if (this.#step(event.key === 'ArrowDown' ? 1 : -1)) event.preventDefault();
    }
  };

  /** From one sale to the next; from the field to the first. False where there is none. */
  #step(by: 1 | -1): boolean {
    const links = [...this.renderRoot.querySelectorAll<HTMLAnchorElement>('a.sale')];
    const focused = this.shadowRoot?.activeElement;
    const at = focused instanceof HTMLAnchorElement ? links.indexOf(focused) : -1;
    const next = links[at < 0 ? (by > 0 ? 0 : -1) : at + by];
    next?.focus();
    return next !== undefined;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-orders': PageOrders;
  }
}
