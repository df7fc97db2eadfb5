import { css, html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { CheckoutEvent, CheckoutState } from '../../flow/checkout-service.ts';
import { icon } from '../components/icons.ts';
import type { Sign } from '../components/signs.ts';
import '../components/pos-lines.ts';
import '../components/pos-stage.ts';
import '../components/pos-verdict.ts';
import { payIcon } from '../components/pay-icons.ts';
import { Armed } from '../state/armed.ts';
import { isSpokenFor, keyMeaning } from '../state/keys.ts';
import { type LiveView, liveView } from '../state/live-view.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { shownLines } from '../state/shown-lines.ts';
import { Ticker } from '../state/ticker.ts';
import { base, buttons } from '../styles/shared.ts';
import './part-decide.ts';
import './part-live.ts';

type Paying = Extract<CheckoutState, { at: 'paying' }>;

/** A title of this many half-width characters fits one line of a phone in the largest letters. */
const SHORT = 20;
const widthOf = (text: string): number =>
  [...text].reduce((all, each) => all + (each > '\u2e7f' ? 2 : 1.1), 0);

/** What has come to no end that the machine can find has a sign. */
const VERDICTS: Partial<Record<LiveView['kind'], Sign>> = { unknown: 'unknown', stuck: 'manager' };

/** The money is on its way, or nobody knows: what the customer must do, how long it may take, and what may be done about it. */
@customElement('page-paying')
export class PagePaying extends PaymentPage {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .display {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr);
        gap: 6px;
        min-height: 0;
      }
      .what {
        display: flex;
        align-items: baseline;
        gap: var(--space-12);
        min-height: 34px;
        font-weight: 650;
      }
      .what strong {
        margin-inline-start: auto;
        font-size: clamp(1.5rem, 7vw, 2.75rem);
        line-height: 1.1;
      }
      h1 {
        align-self: center;
        font-size: clamp(1.5rem, min(6.4vw, 6.4vh), 3rem);
        font-weight: 750;
        line-height: 1.18;
        font-variant-numeric: tabular-nums;
      }
      .word {
        font-size: clamp(2.25rem, min(10vw, 8vh), 3.5rem);
        font-weight: 800;
        line-height: 1;
      }
      .word + h1 {
        margin-top: var(--space-4);
        font-size: clamp(1.125rem, min(4.4vw, 3.4vh), 1.75rem);
      }
      h1.short {
        font-size: clamp(1.875rem, min(8.4vw, 9vh), 4.25rem);
      }
      .actions {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--gap);
      }
      .actions .button {
        min-height: 56px;
        padding-inline: var(--space-8);
      }
      .actions .big {
        grid-column: 1 / -1;
        min-height: 72px;
      }
      .actions :only-child {
        grid-column: 1 / -1;
      }
      .call {
        margin-bottom: 14px;
        font-weight: 650;
      }
      .pinning h1,
      .pinning h1.short {
        font-size: var(--text-18);
      }
      .pinning .what strong {
        font-size: var(--text-24);
      }
    `,
  ];

  /** A manager is asked for the PIN: there is nothing else to do here meanwhile. */
  @state() private pinning = false;
  readonly #armed = new Armed(this);
  readonly #ticker = new Ticker(this, () => this.#live?.untilAt !== undefined);
  #wasKind = '';

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#typed);
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#typed);
    super.disconnectedCallback();
  }

  override render() {
    const sale = this.follow(this.services.checkout.state);
    if (sale.at !== 'paying') return html``;
    const view = this.#view(sale);
    const isPinning = this.pinning && view.kind === 'stuck';
    return html`
      <pos-stage .tone=${view.tone} no-paper words ?pad=${isPinning} data-testid="paying" data-state=${sale.state} data-kind=${view.kind}>
        <div slot="display" class="display ${isPinning ? 'pinning' : ''}">
          <p class="what">
            ${payIcon(view.icon, 26)} <span>${this.tenderName(sale.attempt)}</span>
            <strong class="figure" data-testid="paying-amount">${this.amountOf(sale.attempt)}</strong>
          </p>
          ${this.#title(view, isPinning)}
        </div>
        <pos-lines
          slot="paper"
          fixed
          .lines=${shownLines(sale.sale.lines, sale.sale.currency, this.translator)}
          .words=${{ title: this.t('till.basket'), empty: '', remove: '', undo: '' }}
        ></pos-lines>
        <div slot="keys">
          <p class="heard" role=${view.tone === 'ink' ? 'status' : 'alert'}>${view.said}</p>
          ${this.#body(sale, view)}
        </div>
        <div slot="action" class="actions">${this.#actions(sale, view)}</div>
      </pos-stage>
    `;
  }

  /** What is not known, and what needs a manager, has a sign that is seen from the other side of the counter. */
  #title({ kind, title, said }: LiveView, isPinning: boolean) {
    const look = widthOf(title) <= SHORT ? 'short' : '';
    const words = html`<h1 class=${look} tabindex="-1" data-testid="live-title" aria-label=${said}>${title}</h1>`;
    const result = isPinning ? undefined : VERDICTS[kind];
    const isUnknown = result === 'unknown';
    // Nothing is wrong: what the customer must do is said first.
    const isTyping = this.#live?.waiting.for === 'customer-password';
    return html`<pos-verdict .result=${result}>
      ${isUnknown ? html`<p class="word" aria-hidden="true">${this.p(isTyping ? 'live.password-word' : 'live.unknown-word')}</p>` : nothing}${words}
    </pos-verdict>`;
  }

  get #live() {
    const sale = this.services.checkout.state.value;
    return sale.at === 'paying' ? sale.live : undefined;
  }

  #view({ live }: Paying): LiveView {
    if (live === undefined) {
      const title = this.p('live.sending');
      return { kind: 'sending', tone: 'ink', icon: 'clock', title, said: title, hint: '' };
    }
    const seconds = live.untilAt === undefined ? undefined : this.#ticker.secondsTo(live.untilAt);
    return liveView(live, seconds, this.speaker);
  }

  #body({ live }: Paying, { kind }: LiveView) {
    if (live === undefined) return nothing;
    return kind === 'stuck'
      ? html`${this.pinning ? nothing : html`<p class="call">${this.p('live.stuck-hint')}</p>`}<part-decide
            .live=${live}
            @pos-pinning=${(event: CustomEvent<{ readonly on: boolean }>) => {
              this.pinning = event.detail.on;
            }}
          ></part-decide>`
      : html`<part-live untitled .live=${live}></part-live>`;
  }

  #actions({ live }: Paying, { kind }: LiveView) {
    if (live === undefined) return nothing;
    const isDoubtful = kind === 'unknown' || kind === 'scan';
    return html`
      ${live.canReverse && kind !== 'undoing' ? this.#button('reverse', 'live.reverse', 'other') : nothing}
      ${this.#button('set-aside', 'live.set-aside', 'other')}
      ${kind === 'undoing' ? this.#button('inquire-now', 'live.inquire', 'other') : nothing}
      ${isDoubtful || kind === 'stuck' ? this.#button('inquire-now', 'live.inquire', 'primary big') : nothing}
      ${kind === 'undoing' ? this.#button('back', 'live.other-tender', 'primary big') : nothing}
    `;
  }

  #button(
    type: Extract<CheckoutEvent['type'], 'reverse' | 'set-aside' | 'inquire-now' | 'back'>,
    word: Parameters<PagePaying['p']>[0],
    look: string,
  ) {
    return html`<button
      type="button"
      class="button ${look}"
      data-testid=${type}
      aria-disabled=${!this.#armed.now}
      @click=${() => this.#armed.now && this.services.checkout.send({ type })}
    >
      ${type === 'inquire-now' ? icon('update') : nothing} ${this.p(word)}
    </button>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const sale = this.services.checkout.state.value;
    const kind = sale.at === 'paying' ? this.#view(sale).kind : '';
    if (kind === this.#wasKind) return;
    this.pinning &&= kind === 'stuck';
    const isFirst = this.#wasKind === '';
    this.#wasKind = kind;
    // Buttons change their meaning under a finger that is on its way.
    if (!isFirst) this.#armed.rest();
  }

  readonly #typed = (event: KeyboardEvent): void => {
    const meaning = keyMeaning(event.key);
    if (meaning?.kind !== 'command' || event.repeat || isSpokenFor(event)) return;
    // Asking again is always safe. Undoing is not begun by a key that is pressed out of habit.
    if (meaning.command === 'confirm' && this.#armed.now)
      void this.services.checkout.send({ type: 'inquire-now' });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-paying': PagePaying;
  }
}
