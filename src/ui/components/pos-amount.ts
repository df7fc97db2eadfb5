import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, roomMeasured } from '../styles/shared.ts';

/** How wide a figure is against its height, measured on the fonts of the stack (0.56–0.62), with the currency sign. */
const FIGURE_WIDTH = 0.6;

/**
 * An amount as the largest thing on the screen. It fills the place it is given and shrinks in steps of one character,
 * so that the last digit is never cut.
 *
 * @slot - what belongs beside the label: a small key, for instance
 */
@customElement('pos-amount')
export class PosAmount extends LitElement {
  static override styles = [
    base,
    roomMeasured,
    css`
      :host {
        display: grid;
        grid-template: auto 1fr / minmax(0, 1fr);
        min-height: 0;
        min-width: 0;
        color: var(--bezel-ink);
      }
      .head {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        min-height: var(--amount-head, 34px);
      }
      .label {
        font-size: var(--text-17);
        font-weight: 600;
        line-height: 1.2;
        color: var(--bezel-dim);
      }
      .entry {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        /* The reverse of the line, so that a long sum loses its beginning and not its end. */
        text-align: right;
        font-size: var(--text-20);
        white-space: nowrap;
        direction: rtl;
        color: var(--bezel-dim);
      }
      :host(:dir(rtl)) .entry {
        text-align: left;
      }
      .entry bdi {
        direction: ltr;
        unicode-bidi: isolate;
      }
      .room {
        min-height: 0;
        display: flex;
        align-items: center;
        justify-content: flex-end;
      }
      .value {
        --fit: calc(100cqw / (var(--characters, 6) * ${FIGURE_WIDTH}));
        font-size: clamp(1.5rem, min(84cqh, var(--fit)), 11rem);
        line-height: 1;
        font-weight: 700;
        letter-spacing: -0.02em;
        white-space: nowrap;
      }
      :host([tone='good']) {
        color: var(--good-ink);
      }
      :host([tone='good']) .label,
      :host([tone='good']) .entry {
        color: var(--good-ink);
      }
      :host([tone='warn']),
      :host([tone='warn']) .label {
        color: var(--warn-ink);
      }
      :host([tone='bad']),
      :host([tone='bad']) .label {
        color: var(--bad-ink);
      }
    `,
  ];

  @property() label = '';
  /** The amount as people write it, with its sign. */
  @property() value = '';
  /** What was typed to come to it: `12.5+3×2`. */
  @property() entry = '';
  @property({ reflect: true }) tone: 'ink' | 'good' | 'warn' | 'bad' = 'ink';
  /** Test id of the figure itself. */
  @property({ attribute: 'name' }) name = 'amount';

  override render() {
    return html`
      <div class="head">
        <span class="label">${this.label}</span>
        <span class="entry figure"><bdi>${this.entry}</bdi></span>
        <slot></slot>
      </div>
      <div class="room"><output class="value figure" data-testid=${this.name} aria-label="${this.label} ${this.value}">${this.value}</output></div>
    `;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('value')) return;
    // A figure never gets larger than four characters' worth: `¥0` and `¥5` must not shout louder than `¥500`.
    this.style.setProperty('--characters', String(Math.max(4, this.value.length)));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-amount': PosAmount;
  }
}
