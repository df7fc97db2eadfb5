import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import { type PayIconName, payIcon } from './pay-icons.ts';

/** One tile. `why`: in a word, why it cannot be used now. */
export interface WayTile {
  readonly id: string;
  readonly icon: PayIconName;
  readonly label: string;
  readonly chosen: boolean;
  readonly why?: string;
  /** Not a way to pay but something done with the amount: it stands apart. */
  readonly isExtra?: boolean;
}

/**
 * Every way to pay, always in the same order: a row that scrolls on a phone, two columns beside the keypad on a counter
 * screen. A tile that cannot be used says why, and can still be tapped for the whole reason.
 *
 * @fires pos-way - a tile was tapped
 */
@customElement('pos-ways')
export class PosWays extends LitElement {
  static override styles = [
    base,
    css`
      :host(:dir(rtl)) {
        --ahead: -90deg;
      }
      :host {
        display: block;
        min-width: 0;
      }
      .tiles {
        display: flex;
        gap: 6px;
        margin-inline: -12px;
        padding: 1px 12px 1px;
        position: relative;
        overflow-x: auto;
        scrollbar-width: none;
        overscroll-behavior-x: contain;
        /* The last tile in sight fades: there are more. */
        mask: linear-gradient(var(--ahead, 90deg), #000 calc(100% - 36px), #0005);
      }
      .tiles::-webkit-scrollbar {
        display: none;
      }
      button {
        flex: 0 0 auto;
        display: grid;
        grid-template-rows: 22px auto;
        justify-items: center;
        align-content: center;
        gap: 2px;
        min-width: 72px;
        min-height: 54px;
        padding: 4px 9px 6px;
        border: var(--cap-border);
        border-radius: var(--radius-m);
        background: var(--key-other);
        box-shadow: inset 0 -3px 0 var(--key-other-edge);
        color: var(--ink);
        font-size: var(--text-13);
        font-weight: 650;
        line-height: 1.1;
        white-space: nowrap;
        cursor: pointer;
        touch-action: manipulation;
        -webkit-tap-highlight-color: transparent;
      }
      button[aria-pressed='true'] {
        background: var(--ink);
        color: var(--case);
        box-shadow: inset 0 -4px 0 var(--accent);
      }
      button.shut {
        background: transparent;
        box-shadow: inset 0 0 0 2px var(--line);
        color: var(--ink-dim);
      }
      button.shut svg {
        display: none;
      }
      .why {
        grid-row: 2;
        font-size: var(--text-12);
        font-weight: 600;
        color: var(--warn-text);
      }
      button.shut .label {
        grid-row: 1;
        align-self: center;
      }
      button.extra {
        background: transparent;
        box-shadow: inset 0 0 0 2px var(--key-other-edge);
      }
      button.extra[aria-pressed='true'] {
        background: var(--ink);
        color: var(--case);
        box-shadow: inset 0 -4px 0 var(--accent);
      }
      button:disabled {
        opacity: 0.6;
        cursor: default;
      }
      @media (min-width: 1160px) {
        .tiles {
          display: grid;
          grid-template-columns: repeat(2, minmax(0, 1fr));
          grid-auto-rows: minmax(60px, 1fr);
          gap: var(--gap);
          height: 100%;
          margin: 0;
          padding: 0;
          overflow: visible;
          mask: none;
        }
        button {
          font-size: var(--text-15);
          white-space: normal;
          grid-template-rows: 26px auto;
          padding-inline: var(--space-4);
        }
      }
    `,
  ];

  @property({ attribute: false }) tiles: readonly WayTile[] = [];
  @property() label = '';
  @property({ type: Boolean }) disabled = false;

  override render() {
    return html`<div class="tiles" role="group" aria-label=${this.label}>${this.tiles.map((tile) => this.#tile(tile))}</div>`;
  }

  /** The chosen tile is always in sight. */
  protected override updated(): void {
    const chosen = this.renderRoot.querySelector<HTMLElement>('[aria-pressed="true"]');
    const id = chosen?.dataset['testid'] ?? '';
    if (chosen === null || id === this.#inSight) return;
    this.#inSight = id;
    const row = chosen.parentElement;
    if (row === null) return;
    const middle = ({ left, width }: DOMRect): number => left + width / 2;
    row.scrollBy({ left: middle(chosen.getBoundingClientRect()) - middle(row.getBoundingClientRect()) });
  }

  #inSight = '';

  #tile({ id, icon, label, chosen, why, isExtra }: WayTile) {
    const look = [why === undefined ? '' : 'shut', isExtra ? 'extra' : ''].join(' ');
    return html`<button
      type="button"
      class=${look}
      data-testid=${isExtra ? id : `way-${id}`}
      data-why=${why === undefined ? nothing : 'shut'}
      aria-pressed=${chosen}
      ?disabled=${this.disabled}
      @click=${() => this.#choose(id)}
    >
      ${payIcon(icon, 22)}<span class="label">${label}</span>${why === undefined ? nothing : html`<span class="why">${why}</span>`}
    </button>`;
  }

  #choose(id: string): void {
    this.dispatchEvent(new CustomEvent('pos-way', { detail: { id }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-ways': PosWays;
  }
  interface HTMLElementEventMap {
    'pos-way': CustomEvent<{ readonly id: string }>;
  }
}
