import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import { type IconName, icon } from './icons.ts';

/** How long a passing message stays, ms: read twice at an unhurried pace. */
const SHOWN_MS = 6_000;

/**
 * A passing word about something that needs no answer. What needs an answer is a page or a dialog, never a toast.
 *
 * @fires pos-toast-gone - its time is over
 */
@customElement('pos-toast')
export class PosToast extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        position: fixed;
        inset: auto 12px calc(var(--nav) + 12px);
        display: flex;
        justify-content: center;
        pointer-events: none;
        z-index: 5;
      }
      p {
        display: flex;
        align-items: center;
        gap: 10px;
        max-width: 560px;
        padding: 12px 18px;
        border-radius: var(--radius);
        background: var(--bezel-raised);
        border: 1px solid var(--bezel-line);
        color: var(--bezel-ink);
        font-weight: 600;
        box-shadow: 0 10px 30px #0007;
      }
    `,
  ];

  @property() text = '';
  @property() icon: IconName = 'check';
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  override render() {
    return html`<div role="status">${this.text === '' ? nothing : html`<p>${icon(this.icon)}<span>${this.text}</span></p>`}</div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('text')) return;
    clearTimeout(this.#timer);
    if (this.text === '') return;
    this.#timer = setTimeout(() => this.dispatchEvent(new CustomEvent('pos-toast-gone')), SHOWN_MS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-toast': PosToast;
  }
  interface HTMLElementEventMap {
    'pos-toast-gone': CustomEvent<undefined>;
  }
}
