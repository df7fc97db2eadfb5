import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import { type Sign, sign } from './signs.ts';

/** The place a sign stands in: results that could be taken for each other stand on different sides. */
const RIGHT: readonly Sign[] = ['declined', 'reversed'];

/**
 * How a payment ended, for eyes two metres away: a sign of a shape of its own, on a side of its own, and what is said of it.
 * The band it stands on brings colour and pattern (`pos-stage`). The sign is never smaller than 84 px (15 mm on a phone).
 *
 * Without a result there is no sign: a heading that is read stays the same element when its payment becomes one.
 *
 * @slot - the word, and what belongs to it
 */
@customElement('pos-verdict')
export class PosVerdict extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: clamp(14px, 3vw, 32px);
        min-width: 0;
        min-height: 0;
      }
      :host(:not([result])) {
        grid-template-columns: minmax(0, 1fr);
      }
      :host([right]) {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      svg {
        width: clamp(84px, min(20vmin, 18vh), 168px);
        height: auto;
      }
      :host([right]) svg {
        order: 2;
      }
      .words {
        min-width: 0;
      }
    `,
  ];

  @property({ reflect: true }) result: Sign | undefined;
  @property({ type: Boolean, reflect: true }) right = false;

  override willUpdate(): void {
    this.right = this.result !== undefined && RIGHT.includes(this.result);
  }

  override render() {
    return html`${this.result === undefined ? nothing : sign(this.result)}<div class="words"><slot></slot></div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-verdict': PosVerdict;
  }
}
