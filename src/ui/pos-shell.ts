import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { isByHand } from '../domain/tender.ts';
import type { CheckoutState } from '../flow/checkout-service.ts';
import type { SessionState, StripState } from '../flow/services.ts';
import type { Key } from '../i18n/catalogue.ts';
import { type IconName, icon, mark } from './components/icons.ts';
import './components/pos-status-strip.ts';
import type { OpenMark } from './components/pos-status-strip.ts';
import './pages/page-blocked.ts';
import './pages/page-till.ts';
import { shellStyles } from './pos-shell.styles.ts';
import { announcement } from './state/announce.ts';
import { lamps, notice } from './state/lamps.ts';
import { type LazyPage, LazyPages } from './state/lazy-pages.ts';
import { Page } from './state/page.ts';
import { hashOf, type Route, Router } from './state/route.ts';
import { Sounds } from './state/sounds.ts';
import { unfinishedCount } from './state/unfinished.ts';
import { base, buttons } from './styles/shared.ts';
import { wholePage } from './styles/whole.ts';

type NavPlace = Exclude<Route['at'], 'order' | 'open' | 'authorisations'>;

/** Pages that are reached from the list of sales. */
const BEHIND_ORDERS: readonly Route['at'][] = ['order', 'open', 'authorisations'];
const NAV: readonly { readonly at: NavPlace; readonly icon: IconName; readonly word: Key }[] = [
  { at: 'till', icon: 'till', word: 'nav.till' },
  { at: 'orders', icon: 'orders', word: 'nav.orders' },
  { at: 'devices', icon: 'printer', word: 'nav.devices' },
  { at: 'settings', icon: 'settings', word: 'nav.settings' },
];

/** Copies of the journal that are too few to go on without a word. */
const ALARMING: readonly StripState['journal']['copies'][] = ['opfs-only', 'none'];

/** What is behind the lock: status strip, navigation, and the page that the session, the sale and the address ask for. */
@customElement('pos-shell')
export class PosShell extends Page {
  static override styles = [base, buttons, wholePage, shellStyles];

  @state() private statusShown = false;
  @state() private said = '';
  readonly #router = new Router(this);
  readonly #lazy = new LazyPages(this);
  readonly #sounds = new Sounds();
  #before: CheckoutState | undefined;
  #place = '';
  #stop: (() => void) | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = this.services.checkout.state.value;
    this.#stop = this.services.checkout.state.subscribe(() => this.#saleMoved());
    this.addEventListener('pos-key', this.#click);
    this.addEventListener('pos-scan', this.#scanned);
  }

  override disconnectedCallback(): void {
    this.#stop?.();
    this.removeEventListener('pos-key', this.#click);
    this.removeEventListener('pos-scan', this.#scanned);
    super.disconnectedCallback();
  }

  override render() {
    const session = this.follow(this.services.session.state);
    this.follow(this.services.checkout.state);
    switch (session.at) {
      case 'first-run':
        return html`<main class="whole">${this.#page('page-first-run')}</main>`;
      case 'blocked':
        return html`<main class="whole"><page-blocked .reason=${session.trouble}></page-blocked></main>`;
      case 'open':
        return this.#open(session);
      case 'starting':
        return nothing;
      case 'locked': // The lock screen is the door's. What must stay in sight is shown all the same.
        return this.services.checkout.state.value.at === 'unsaved'
          ? html`<main class="whole">${this.#page('page-unsaved')}</main>`
          : nothing;
      default:
        return session satisfies never;
    }
  }

  #open(session: Extract<SessionState, { at: 'open' }>) {
    const strip = this.follow(this.services.life.strip);
    const { t } = this.translator;
    const { route } = this.#router;
    return html`
      <div class="shell">
        <header>
        <pos-status-strip
          .label=${t('strip.title')}
          .notice=${notice(strip, session.shop.name, this.translator)}
          .lamps=${lamps(strip, this.translator)}
          .unsynced=${strip.journal.unsynced}
          .open=${this.#unfinished()}
          @pos-open-status=${this.#openStatus}
        ></pos-status-strip>
        <div class="bands">${this.#trainingStripe()}${this.#demo(strip)}${this.#banner(strip)}${this.#keyLost(session)}</div>
        </header>
        <main>${this.#content(route, strip)}</main>
        <nav aria-label=${t('nav.title')}>
          <span class="nav-mark">${mark(44)}</span>
          ${NAV.map(
            (place) => html`<a
              href=${hashOf({ at: place.at })}
              data-testid="nav-${place.at}"
              aria-current=${place.at === route.at || (place.at === 'orders' && BEHIND_ORDERS.includes(route.at)) ? 'page' : nothing}
            >
              ${icon(place.icon)}<span>${t(place.word)}</span>
            </a>`,
          )}
          <button type="button" data-testid="nav-lock" @click=${() => this.services.session.lock()}>${icon('lock')}<span>${t('nav.lock')}</span></button>
        </nav>
        <p class="heard" role="status" aria-live="polite" data-testid="said">${this.said}</p>
        ${this.#lazy.has('page-status') ? html`<page-status .shown=${this.statusShown} @pos-close=${this.#closeStatus}></page-status>` : nothing}
      </div>
    `;
  }

  #trainingStripe() {
    return this.services.session.training
      ? html`<p class="training" data-testid="training">${this.t('training.stripe')}</p>`
      : nothing;
  }

  /** Play money is never taken for real money, on no page. Training says so by itself. */
  #demo({ demo }: StripState) {
    return demo && !this.services.session.training
      ? html`<p class="demo" data-testid="demo">${this.t('demo.banner')}</p>`
      : nothing;
  }

  /** Sales and attempts that wait for an end, beside the one in hand. */
  #unfinished(): OpenMark | undefined {
    const { attempts, openSales, checkout } = this.services;
    const count = unfinishedCount(
      this.follow(attempts.state),
      this.follow(openSales.state),
      checkout.state.value,
    );
    return count === 0
      ? undefined
      : { count, href: hashOf({ at: 'open' }), label: this.t('strip.open', { count }) };
  }

  #banner({ journal }: StripState) {
    if (journal.role === 'opening' || !ALARMING.includes(journal.copies)) return nothing;
    return html`<p class="banner" role="alert" data-testid="banner">${icon('alert', 20)} ${this.t(`strip.copies.${journal.copies}.long`)}</p>`;
  }

  #keyLost({ emergency }: Extract<SessionState, { at: 'open' }>) {
    if (emergency !== 'key-lost') return nothing;
    return html`<p class="banner" role="alert" data-testid="key-lost">
      ${icon('alert', 20)} ${this.t('key-lost.text')}
      <button type="button" class="button" data-testid="rejoin" @click=${() => this.services.session.rejoin(true)}>${this.t('key-lost.mend')}</button>
    </p>`;
  }

  #content(route: Route, { journal }: StripState): TemplateResult {
    const sale = this.services.checkout.state.value;
    if (sale.at === 'unsaved') return this.#page('page-unsaved');
    if (route.at === 'order') return this.#page('page-order', route);
    if (route.at === 'open') return this.#page('page-open-sales');
    if (route.at !== 'till') return this.#page(`page-${route.at}`);
    if (journal.role === 'reader') return html`<page-blocked .reason=${'reader'}></page-blocked>`;
    if (journal.role === 'failed')
      return html`<page-blocked .reason=${journal.trouble ?? 'disk'}></page-blocked>`;
    if (sale.at === 'editing') return html`<page-till></page-till>`;
    // What a person vouches for is done at once: the tender page stays as it is for that moment.
    if (sale.at === 'paying')
      return this.#page(isByHand(sale.attempt.tender) ? 'page-tender' : 'page-paying');
    return this.#page(sale.at === 'tendering' ? 'page-tender' : `page-${sale.at}`);
  }

  #page(page: LazyPage, route?: Extract<Route, { at: 'order' }>): TemplateResult {
    switch (this.#lazy.want(page)) {
      case 'failed':
        return html`<page-blocked .reason=${'page-not-loaded'}></page-blocked>`;
      case 'loading':
        return html`<p class="loading" role="status">${this.t('common.loading')}</p>`;
      default:
        return LazyPages.view(page, route?.id);
    }
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.#lazy.warm();
    const { route } = this.#router;
    const { session, checkout } = this.services;
    const where = route.at === 'order' ? route.id : `${route.at} ${checkout.state.value.at}`;
    const place = `${session.state.value.at} ${where}`;
    const isFirst = this.#place === '';
    if (place === this.#place) return;
    this.#place = place;
    if (!isFirst) void this.focusPage();
  }

  /** A reader's place follows the page; without this it would be left on an element that is gone. */
  async focusPage(): Promise<void> {
    const page = this.renderRoot.querySelector('main > *');
    if (!(page instanceof Page)) return;
    await page.updateComplete;
    page.focusHeading();
  }

  #saleMoved(): void {
    const before = this.#before;
    const now = this.services.checkout.state.value;
    this.#before = now;
    if (before === undefined) return;
    const said = announcement(before, now, this.currency, this.translator);
    if (said !== '') this.said = said;
    if (now.at === 'done' && before.at !== 'done' && this.services.life.settings.value.sound)
      this.#sounds.paid();
  }

  readonly #click = (): void => {
    if (this.services.life.settings.value.sound) this.#sounds.click();
  };

  readonly #scanned = ({ detail }: HTMLElementEventMap['pos-scan']): void => {
    if (this.services.life.settings.value.sound) this.#sounds.scan(detail.isClear);
  };

  readonly #openStatus = (): void => {
    void this.#lazy.load('page-status').then(() => {
      this.statusShown = true;
    });
  };

  readonly #closeStatus = (): void => {
    this.statusShown = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-shell': PosShell;
  }
}
