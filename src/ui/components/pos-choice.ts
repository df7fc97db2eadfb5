import { css, html, LitElement, nothing, unsafeCSS } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ACCENTS, type Accent } from '../../domain/look.ts';
import { base } from '../styles/shared.ts';
import { type IconName, icon } from './icons.ts';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  readonly icon?: IconName;
  /** Where the label is in another language than the page. */
  readonly lang?: string;
  /** A colour of the shop, shown beside its word. */
  readonly swatch?: Accent;
}

/**
 * One of a few, all of them in sight: a switch with as many places as there are answers.
 *
 * @fires pos-choose - another one was chosen
 */
@customElement('pos-choice')
export class PosChoice extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      fieldset {
        display: flex;
        flex-wrap: wrap;
        gap: var(--space-4);
        margin: 0;
        padding: var(--space-4);
        border: 0;
        border-radius: calc(var(--radius) + 2px);
        background: var(--case-deep);
      }
      :host([tiles]) fieldset {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
      }
      label {
        position: relative;
        flex: 1 0 auto;
        display: flex;
        flex-direction: column;
        align-items: center;
        justify-content: center;
        gap: var(--space-4);
        min-height: var(--touch);
        min-width: var(--touch);
        padding: 4px 14px;
        border-radius: var(--radius-m);
        font-weight: 600;
        text-align: center;
        cursor: pointer;
        color: var(--ink);
      }
      :host([tiles]) label {
        padding: var(--space-12) var(--space-4);
        font-size: var(--text-15);
      }
      input {
        position: absolute;
        inset: 0;
        margin: 0;
        opacity: 0;
        cursor: pointer;
      }
      label:has(:checked) {
        background: var(--key);
        box-shadow:
          inset 0 -3px 0 var(--accent-text),
          0 0 0 1px var(--line);
      }
      label:has(:focus-visible) {
        outline: 3px solid var(--focus);
        outline-offset: 1px;
      }
      .swatch {
        width: 44px;
        height: 24px;
        border-radius: var(--radius-s);
        border: 2px solid var(--ink);
      }
      fieldset:disabled label {
        opacity: 0.55;
        cursor: default;
      }
    `,
    unsafeCSS(ACCENTS.map((each) => `.swatch.${each} { background: var(--accent-${each}); }`).join('')),
  ];

  @property({ attribute: false }) options: readonly ChoiceOption[] = [];
  @property() value = '';
  /** What is chosen, for screen readers; also the test id of each option: `name-value`. */
  @property() label = '';
  @property() name = 'choice';
  @property({ type: Boolean }) disabled = false;

  override render() {
    return html`<fieldset aria-label=${this.label} ?disabled=${this.disabled}>
      ${this.options.map(
        (option) => html`<label>
          <input
            type="radio"
            name=${this.name}
            data-testid="${this.name}-${option.value}"
            .value=${option.value}
            .checked=${option.value === this.value}
            @change=${() => this.#choose(option.value)}
          />
          ${option.swatch === undefined ? nothing : html`<span class="swatch ${option.swatch}"></span>`}
          ${option.icon === undefined ? '' : icon(option.icon, 28)}<span lang=${option.lang ?? nothing}>${option.label}</span>
        </label>`,
      )}
    </fieldset>`;
  }

  #choose(value: string): void {
    this.dispatchEvent(new CustomEvent('pos-choose', { detail: { value }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-choice': PosChoice;
  }
  interface HTMLElementEventMap {
    'pos-choose': CustomEvent<{ readonly value: string }>;
  }
}
