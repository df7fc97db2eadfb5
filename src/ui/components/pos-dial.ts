import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';

/** A dial that runs down: how much of the time is left, with the seconds in its middle. Ticks with its properties. */
@customElement('pos-dial')
export class PosDial extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        --share: 100%;
        display: grid;
        place-items: center;
        width: 132px;
        aspect-ratio: 1;
        border-radius: 50%;
        background:
          radial-gradient(closest-side, var(--panel) 76%, transparent 77%),
          conic-gradient(var(--accent) var(--share), var(--line) 0);
        color: var(--ink);
        transition: background var(--motion-quick);
      }
      span {
        font-size: var(--text-44);
        font-weight: 700;
        line-height: 1;
        letter-spacing: -0.02em;
      }
    `,
  ];

  /** What stands in the middle. */
  @property() text = '';
  /** From 1 (all of the time is left) to 0. */
  @property({ type: Number }) share = 1;

  override render() {
    return html`<span class="figure" aria-hidden="true">${this.text}</span>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('share')) return;
    this.style.setProperty('--share', `${Math.round(Math.min(1, Math.max(0, this.share)) * 100)}%`);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-dial': PosDial;
  }
}
