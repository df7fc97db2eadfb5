import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icons.ts';

/** How long an offer stays, ms: long enough to look up from the counter and back. A finger or the focus on it stops the clock. */
const STAYS_MS = 10_000;

/** Something was done that can be taken back. */
export interface UndoOffer {
  readonly text: string;
  readonly undo: string;
  readonly close: string;
}

/**
 * Undo instead of a question: what was done is said over the figures, never over a key, and can be taken back. The page says
 * when it no longer can. It lies in the browser's top layer, so nothing moves to make room for it.
 *
 * @fires pos-undo - take it back
 */
@customElement('pos-toast')
export class PosToast extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        position: fixed;
        inset: calc(var(--strip) + 8px) 8px auto;
        width: min(480px, calc(100vw - 16px));
        margin: 0 auto;
        padding: 0;
        border: 2px solid var(--ink);
        border-radius: var(--radius);
        background: var(--paper);
        color: var(--paper-ink);
        box-shadow: var(--lift-menu);
      }
      p {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        padding-block: var(--space-4);
        padding-inline: var(--space-16) var(--space-4);
        font-weight: 650;
      }
      .text {
        flex: 1;
      }
    `,
  ];

  /** Undefined: it cannot be taken back any more, and the offer goes. */
  @property({ attribute: false }) offer: UndoOffer | undefined;
  /** ms; 0: it stays until it is closed. */
  @property({ type: Number }) stays = STAYS_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.popover = 'manual';
    this.addEventListener('pointerenter', this.#wait);
    this.addEventListener('focusin', this.#wait);
    this.addEventListener('pointerleave', this.#run);
    this.addEventListener('focusout', this.#run);
  }

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  override render() {
    const { offer } = this;
    return html`<div role="status">${
      offer === undefined
        ? nothing
        : html`<p data-testid="toast">
            <span class="text">${offer.text}</span>
            <button type="button" class="button" data-testid="toast-undo" @click=${this.#undo}>${icon('undo', 20)} ${offer.undo}</button>
            <button type="button" class="button icon quiet" data-testid="toast-close" aria-label=${offer.close} @click=${this.#close}>${icon('cross', 20)}</button>
          </p>`
    }</div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('offer')) return;
    this.togglePopover(this.offer !== undefined);
    this.#run();
  }

  readonly #run = (): void => {
    clearTimeout(this.#timer);
    if (this.offer !== undefined && this.stays > 0) this.#timer = setTimeout(this.#close, this.stays);
  };

  readonly #wait = (): void => clearTimeout(this.#timer);

  readonly #close = (): void => {
    this.offer = undefined;
  };

  readonly #undo = (): void => {
    this.#close();
    this.dispatchEvent(new CustomEvent('pos-undo', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-toast': PosToast;
  }
}
