import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { CheckoutState } from '../../flow/checkout-service.ts';
import '../components/pos-lines.ts';
import '../components/pos-stage.ts';
import '../components/pos-verdict.ts';
import { Armed } from '../state/armed.ts';
import { isSpokenFor, keyMeaning } from '../state/keys.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { shownLines } from '../state/shown-lines.ts';
import { base, buttons } from '../styles/shared.ts';

type Refused = Extract<CheckoutState, { at: 'refused' }>;

const TONES = { declined: 'bad', reversed: 'undone', refunded: 'undone', abandoned: 'ink' } as const;

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
        gap: var(--space-12);
        align-content: start;
        font-size: var(--text-18);
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
        display: inline-flex;
        align-items: center;
        min-height: var(--touch);
        font-size: var(--text-15);
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
      <pos-stage .tone=${TONES[result]} no-paper words data-testid="refused" data-result=${result}>
        <pos-verdict slot="display" role="alert" .result=${result}>
          <h1 tabindex="-1" data-testid="refused-word">${this.p(`refused.${result}`)}</h1>
          <p class="amount"><span>${this.tenderName(sale.attempt)}</span> <span class="figure">${this.amountOf(sale.attempt)}</span></p>
        </pos-verdict>
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
      ${told === undefined ? nothing : html`<a class="code figure" href="#/help/decline.${told.kind}" data-testid="refused-code">${this.p('refused.code', { code: reason ?? '' })}</a>`}
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
