import { consume } from '@lit/context';
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { StorageTrouble } from '../domain/journal.ts';
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
import { allWordsContext } from './state/contexts.ts';
import { HeardKeys } from './state/heard-keys.ts';
import { lamps, notice } from './state/lamps.ts';
import { type LazyPage, LazyPages } from './state/lazy-pages.ts';
import { Page } from './state/page.ts';
import { hashOf, type Route, Router } from './state/route.ts';
import type { AllWords } from './state/tongue.ts';
import { unfinishedCount } from './state/unfinished.ts';
import { base, buttons } from './styles/shared.ts';
import { wholePage } from './styles/whole.ts';

type NavPlace = 'till' | 'orders' | 'devices' | 'settings';

/** Pages that are reached from another, whose place in the navigation they share. */
const BEHIND: Readonly<Partial<Record<Route['at'], NavPlace>>> = {
  order: 'orders',
  open: 'orders',
  authorisations: 'orders',
  today: 'orders',
  health: 'settings',
  help: 'settings',
};
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
  @state() private helpShown = false;
  @state() private said = '';
  readonly #router = new Router(this);
  @consume({ context: allWordsContext })
  private allWords!: AllWords;
  readonly #lazy = new LazyPages(this, () => this.allWords.whole());
  #before: CheckoutState | undefined;
  #place = '';
  #stop: (() => void) | undefined;

  constructor() {
    super();
    new HeardKeys(this, () => this.services.sound);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#before = this.services.checkout.state.value;
    this.#stop = this.services.checkout.state.subscribe(() => this.#saleMoved());
    addEventListener('keydown', this.#helpKey);
  }

  override disconnectedCallback(): void {
    this.#stop?.();
    removeEventListener('keydown', this.#helpKey);
    super.disconnectedCallback();
  }

  override render() {
    const session = this.follow(this.services.session.state);
    this.follow(this.services.checkout.state);
    const { route } = this.#router;
    switch (session.at) {
      case 'first-run':
        return html`<main class="whole">${this.#page(route.at === 'help' ? 'page-help' : 'page-first-run')}</main>`;
      case 'blocked':
        return html`<main class="whole">${route.at === 'help' ? this.#page('page-help') : this.#blocked(session.trouble)}</main>`;
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
        <div class="top"><pos-status-strip
          .label=${t('strip.title')}
          .notice=${notice(strip, session.shop.name, this.translator)}
          .lamps=${lamps(strip, this.translator)}
          .unsynced=${strip.journal.unsynced}
          .open=${this.#unfinished()}
          @pos-open-status=${this.#openStatus}
        ></pos-status-strip>
        <button type="button" class="ask" data-testid="help" aria-label=${t('help.open')} aria-haspopup="dialog" @click=${this.#openHelp}>?</button></div>
        ${this.#path(route)}
        <div class="bands">${this.#trainingStripe()}${this.#guide()}${this.#demo(strip)}${this.#banner(strip)}${this.#keyLost(session)}</div>
        </header>
        <main>${this.#content(route, strip)}</main>
        <nav aria-label=${t('nav.title')}>
          <span class="nav-mark">${mark(44)}</span>
          ${NAV.map(
            (place) => html`<a
              href=${hashOf({ at: place.at })}
              data-testid="nav-${place.at}"
              aria-current=${place.at === (BEHIND[route.at] ?? route.at) ? 'page' : nothing}
            >
              ${icon(place.icon)}<span>${t(place.word)}</span>
            </a>`,
          )}
          <button type="button" data-testid="nav-lock" @click=${() => this.services.session.lock()}>${icon('lock')}<span>${t('nav.lock')}</span></button>
        </nav>
        <p class="heard" role="status" aria-live="polite" data-testid="said">${this.said}</p>
        ${this.#lazy.has('page-status') ? html`<page-status .shown=${this.statusShown} @pos-close=${this.#closeStatus}></page-status>` : nothing}
        ${this.#lazy.has('part-help') ? html`<part-help .shown=${this.helpShown} .route=${route} @pos-close=${this.#closeHelp}></part-help>` : nothing}
      </div>
    `;
  }

  /** Where the sale stands. Its room is there from the start: nothing moves when its words come. Whoever is guided has that. */
  #path(route: Route) {
    if (route.at !== 'till' || this.follow(this.services.welcome.guide) !== undefined) return nothing;
    return html`<div class="path">${this.#lazy.want('part-path') === 'ready' ? html`<part-path></part-path>` : nothing}</div>`;
  }

  #trainingStripe() {
    return this.services.session.training
      ? html`<p class="training" data-testid="training">${this.t('training.stripe')}</p>`
      : nothing;
  }

  /** Whoever practises for the first time is told what comes next. Its words come when they come: nothing waits for them. */
  #guide() {
    const { welcome } = this.services;
    if (this.follow(welcome.guide) === undefined) return nothing;
    return this.#lazy.want('part-guide') === 'ready' ? html`<part-guide></part-guide>` : nothing;
  }

  #blocked(trouble: StorageTrouble) {
    // The way out with the journal is fetched at once: what is broken may break more.
    const exporter = this.#lazy.want('part-export') === 'ready' ? html`<part-export></part-export>` : nothing;
    return html`<page-blocked .reason=${trouble}>${exporter}</page-blocked>`;
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
    if (route.at === 'open') return this.#page('page-open-sales');
    if (route.at !== 'till') return this.#page(`page-${route.at}`);
    if (journal.role === 'reader') return html`<page-blocked .reason=${'reader'}></page-blocked>`;
    if (journal.role === 'failed') return this.#blocked(journal.trouble ?? 'disk');
    if (sale.at === 'editing') return html`<page-till></page-till>`;
    // What a person vouches for is done at once: the tender page stays as it is for that moment.
    if (sale.at === 'paying')
      return this.#page(isByHand(sale.attempt.tender) ? 'page-tender' : 'page-paying');
    return this.#page(sale.at === 'tendering' ? 'page-tender' : `page-${sale.at}`);
  }

  #page(page: LazyPage): TemplateResult {
    switch (this.#lazy.want(page)) {
      case 'failed':
        return html`<page-blocked .reason=${'page-not-loaded'}></page-blocked>`;
      case 'loading':
        return html`<p class="loading" role="status">${this.t('common.loading')}</p>`;
      default:
        return LazyPages.view(page, this.#router.route);
    }
  }

  protected override updated(_changed: PropertyValues<this>): void {
    this.#lazy.warm();
    const { route } = this.#router;
    const { session, checkout } = this.services;
    const where = route.at === 'till' ? checkout.state.value.at : hashOf(route);
    const place = `${session.state.value.at} ${where}`;
    const isFirst = this.#place === '';
    if (place === this.#place) return;
    // A page that is still being fetched takes the reader's place when it is there.
    if (this.renderRoot.querySelector('.loading') !== null) return;
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
  }

  readonly #openStatus = (): void => {
    void this.#lazy.load('page-status').then(() => {
      this.statusShown = true;
    });
  };

  readonly #openHelp = (): void => {
    void this.#lazy.load('part-help').then(() => {
      this.helpShown = true;
    });
  };

  readonly #closeHelp = (): void => {
    this.helpShown = false;
  };

  readonly #helpKey = (event: KeyboardEvent): void => {
    if (event.key !== 'F1' || this.services.session.state.value.at !== 'open') return;
    event.preventDefault();
    this.#openHelp();
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
