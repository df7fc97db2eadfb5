import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { CheckoutState } from '../../flow/checkout-service.ts';
import '../components/pos-lines.ts';
import '../components/pos-stage.ts';
import { sign } from '../components/signs.ts';
import { Armed } from '../state/armed.ts';
import { isSpokenFor, keyMeaning } from '../state/keys.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { shownLines } from '../state/shown-lines.ts';
import { base, buttons } from '../styles/shared.ts';

type Refused = Extract<CheckoutState, { at: 'refused' }>;

/** An attempt that ended without money, or whose money went back: told from each other, and from paid, by shape and word. */
@customElement('page-refused')
export class PageRefused extends PaymentPage {
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
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: clamp(14px, 3vw, 32px);
        min-height: 0;
      }
      .display svg {
        width: clamp(92px, 20vmin, 170px);
        height: auto;
      }
      h1 {
        font-size: clamp(2.25rem, min(10.5vw, 11vh), 5.25rem);
        font-weight: 800;
        line-height: 1.05;
        letter-spacing: -0.01em;
      }
      .amount {
        margin-top: 6px;
        font-size: clamp(1.25rem, 5vw, 2rem);
        font-weight: 650;
        opacity: 0.92;
      }
      .why {
        display: grid;
        gap: 12px;
        align-content: start;
        font-size: 1.125rem;
        line-height: 1.4;
      }
      h2 {
        font-size: clamp(1.375rem, 5vw, 1.875rem);
        line-height: 1.2;
      }
      .do {
        padding: 14px 16px;
        border-radius: var(--radius);
        background: var(--panel);
        font-weight: 650;
      }
      .code {
        font-size: 0.9375rem;
        color: var(--ink-dim);
      }
    `,
  ];

  readonly #armed = new Armed(this);

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
    if (sale.at !== 'refused') return html``;
    const { result } = sale;
    return html`
      <pos-stage .tone=${result === 'declined' ? 'bad' : 'ink'} no-paper words data-testid="refused" data-result=${result}>
        <div slot="display" class="display" role="alert">
          ${sign(result)}
          <div>
            <h1 tabindex="-1" data-testid="refused-word">${this.p(`refused.${result}`)}</h1>
            <p class="amount"><span>${this.tenderName(sale.attempt)}</span> <span class="figure">${this.amountOf(sale.attempt)}</span></p>
          </div>
        </div>
        <pos-lines
          slot="paper"
          fixed
          .lines=${shownLines(sale.sale.lines, sale.sale.currency, this.translator)}
          .words=${{ title: this.t('till.basket'), empty: '', remove: '', undo: '' }}
        ></pos-lines>
        <div slot="keys" class="why">${this.#why(sale)}</div>
        <button
          slot="action"
          type="button"
          class="button primary big"
          data-testid="other-tender"
          aria-disabled=${!this.#armed.now}
          @click=${this.#next}
        >
          ${this.p('refused.next')}
        </button>
      </pos-stage>
    `;
  }

  #why({ result, reason, remaining }: Refused) {
    const told = reason === undefined ? undefined : this.speaker.decline(reason);
    return html`
      ${told === undefined ? nothing : html`<h2 data-testid="refused-reason">${told.title}</h2>`}
      <p>${this.p(`refused.${result}-what`)}</p>
      ${told === undefined ? nothing : html`<p class="do">${told.action}</p>`}
      <p class="figure">${this.p('refused.still-due', { amount: this.money(remaining) })}</p>
      ${reason === undefined ? nothing : html`<p class="code figure" data-testid="refused-code">${this.p('refused.code', { code: reason })}</p>`}
    `;
  }

  readonly #typed = (event: KeyboardEvent): void => {
    const meaning = keyMeaning(event.key);
    if (meaning?.kind !== 'command' || event.repeat || isSpokenFor(event)) return;
    if (meaning.command === 'confirm') this.#next();
  };

  readonly #next = (): void => {
    if (this.#armed.now) void this.services.checkout.send({ type: 'next' });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-refused': PageRefused;
  }
}
