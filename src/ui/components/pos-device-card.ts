import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { DevicePlace } from '../../flow/counter-devices.ts';
import { base, panels } from '../styles/shared.ts';
import { deviceIcon } from './device-icons.ts';
import { icon } from './icons.ts';

/** One thing a device tells of itself. What it does not tell (undefined, '') has no row. */
export interface DeviceFact {
  readonly name: string;
  readonly value: string | undefined;
  readonly testId?: string;
}

/**
 * One device of the counter: its drawing, how it is in one word, which one it is, why it is refused, and what it tells
 * of itself. Slots: `before` stands above the facts (what to do now), the default slot below them.
 */
@customElement('pos-device-card')
export class PosDeviceCard extends LitElement {
  static override styles = [
    base,
    panels,
    css`
      :host {
        display: block;
      }
      .link {
        display: flex;
        align-items: center;
        gap: 14px;
        margin-bottom: 10px;
      }
      .drawing {
        display: grid;
        place-items: center;
        width: 60px;
        height: 60px;
        border-radius: var(--radius-l);
        background: var(--case-deep);
        flex: none;
      }
      .drawing.good {
        background: var(--good);
        color: var(--good-ink);
      }
      strong {
        display: block;
        font-size: var(--text-20);
        line-height: 1.3;
      }
      .refused {
        display: flex;
        gap: 10px;
        padding: 12px 14px;
        margin-bottom: var(--space-12);
        border-radius: var(--radius);
        background: var(--bad);
        color: var(--bad-ink);
        font-weight: 600;
      }
      dd {
        font-weight: 650;
        text-align: end;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property() place: DevicePlace | 'printer' = 'printer';
  /** Its parts are found in tests as `<name>-link` and `<name>-refused`. */
  @property() name = 'device';
  @property() link = 'absent';
  /** It is there and may be used. */
  @property({ type: Boolean }) good = false;
  /** How it is, in a word. */
  @property() word = '';
  /** Which one it is. */
  @property() model = '';
  /** Why it must not be used though it is there. */
  @property() refused = '';
  @property({ attribute: false }) facts: readonly DeviceFact[] = [];

  override render() {
    const told = this.facts.filter(({ value }) => value !== undefined && value !== '');
    return html`
      <div class="link">
        <span class="drawing ${this.good ? 'good' : ''}">${deviceIcon(this.place, 34)}</span>
        <p data-testid="${this.name}-link" data-link=${this.link}>
          <strong>${this.word}</strong>
          <span class="dim">${this.model}</span>
        </p>
      </div>
      ${this.refused === '' ? nothing : html`<p class="refused" role="alert" data-testid="${this.name}-refused">${icon('alert')} <span>${this.refused}</span></p>`}
      <slot name="before"></slot>
      ${
        told.length === 0
          ? nothing
          : html`<dl>
            ${told.map(({ name, value, testId }) => html`<div class="row"><dt>${name}</dt><dd data-testid=${testId ?? nothing}>${value}</dd></div>`)}
          </dl>`
      }
      <slot></slot>
    `;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-device-card': PosDeviceCard;
  }
}
