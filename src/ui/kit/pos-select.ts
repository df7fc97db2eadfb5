import '@awesome.me/webawesome/dist/components/option/option.js';
import '@awesome.me/webawesome/dist/components/select/select.js';
import type WaSelect from '@awesome.me/webawesome/dist/components/select/select.js';
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import { kitTokens, useOwnIcons } from './kit.ts';

useOwnIcons();

interface SelectOption {
  readonly value: string;
  readonly label: string;
}

/**
 * One of several that would not fit side by side: the list opens on a tap or a key, and is searched by typing. `pos-choice` is
 * for a few.
 *
 * @fires pos-choose - another one was chosen
 */
@customElement('pos-select')
export class PosSelect extends LitElement {
  static override styles = [
    base,
    kitTokens,
    css`
      :host {
        display: block;
      }
      wa-option {
        min-height: var(--touch);
      }
      .label {
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) options: readonly SelectOption[] = [];
  @property() value = '';
  /** What is chosen: for screen readers. The page shows it as a heading. */
  @property() label = '';
  /** Test id of the whole; of each option: `name-value`. */
  @property() name = 'select';
  @property({ type: Boolean }) disabled = false;

  override render() {
    return html`<wa-select
      data-testid=${this.name}
      .value=${this.value}
      ?disabled=${this.disabled}
      @change=${this.#changed}
    >
      <span slot="label" class="heard">${this.label}</span>
      ${this.options.map(
        ({ value, label }) =>
          html`<wa-option data-testid="${this.name}-${value}" .value=${value} .label=${label}>${label}</wa-option>`,
      )}
    </wa-select>`;
  }

  readonly #changed = (event: Event): void => {
    event.stopPropagation();
    const { value } = event.target as WaSelect;
    if (typeof value !== 'string' || value === this.value) return;
    this.dispatchEvent(new CustomEvent('pos-choose', { detail: { value }, bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-select': PosSelect;
  }
}
