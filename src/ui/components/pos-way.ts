import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { fields } from '../styles/pages.ts';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icons.ts';
import { type PayIconName, payIcon } from './pay-icons.ts';

/** What one way of paying asks of the cashier before it begins. */
export interface WayWords {
  readonly icon: PayIconName;
  readonly ask: string;
  readonly hint: string;
  /** Said in capitals of the trade: this money is not verified. */
  readonly warning?: string;
  /** What is left of a cap, when there is one. */
  readonly left?: string;
}

export interface WayField {
  readonly testId: string;
  readonly label: string;
  readonly value: string;
  /** Digits only: the phone shows its number pad. */
  readonly isNumber: boolean;
}

export interface WayChoice {
  readonly value: string;
  readonly label: string;
}

/**
 * Everything but cash, before it begins: what to ask the customer, and the one thing that must be chosen or typed.
 *
 * @fires pos-text - something was typed into the field
 * @fires pos-enter - Enter in the field
 * @fires pos-choose - one of the choices was tapped
 * @slot - another way to the same
 */
@customElement('pos-way')
export class PosWay extends LitElement {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: 14px;
        min-height: calc(4 * var(--key-size) + 3 * var(--gap) + 62px);
      }
      .ask {
        display: grid;
        grid-template-columns: 64px minmax(0, 1fr);
        gap: var(--space-4) var(--space-16);
        align-items: center;
      }
      .drawing {
        grid-row: span 2;
        display: grid;
        place-items: center;
        width: 64px;
        height: 64px;
        border-radius: var(--radius-l);
        background: var(--bezel);
        color: var(--bezel-ink);
      }
      h2 {
        font-size: clamp(1.25rem, 5vw, 1.625rem);
        line-height: 1.2;
      }
      .hint {
        color: var(--ink-dim);
        line-height: 1.4;
      }
      .warning {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 10px 14px;
        border-radius: var(--radius);
        background: var(--warn);
        color: var(--warn-ink);
        font-size: var(--text-20);
        font-weight: 700;
      }
      .choices {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(96px, 1fr));
        gap: var(--gap);
      }
      .choices .button {
        min-height: 72px;
        padding-inline: 6px;
        font-size: var(--text-17);
      }
      .choices [aria-pressed='true'] {
        background: var(--ink);
        color: var(--case);
        box-shadow: inset 0 -4px 0 var(--accent);
      }
      .left {
        display: flex;
        gap: var(--space-8);
        align-items: center;
        font-weight: 600;
        color: var(--warn-text);
      }
      @media (min-width: 1160px) {
        :host {
          gap: var(--space-20);
        }
        .ask {
          grid-template-columns: 96px minmax(0, 1fr);
        }
        .drawing {
          width: 96px;
          height: 96px;
          border-radius: var(--radius-xl);
        }
        .drawing svg {
          width: 56px;
          height: 56px;
        }
        h2 {
          font-size: var(--text-32);
        }
        .hint {
          font-size: var(--text-18);
        }
      }
      input.text {
        min-height: 60px;
        font-size: var(--text-22);
      }
    `,
  ];

  @property({ attribute: false }) words: WayWords | undefined;
  @property({ attribute: false }) field: WayField | undefined;
  @property({ attribute: false }) choices: readonly WayChoice[] = [];
  /** Test id of a choice: `name-value`. */
  @property() name = 'choice';
  @property() chosen = '';
  @property({ type: Boolean }) disabled = false;
  @query('input') private input!: HTMLInputElement | null;

  override render() {
    const { words } = this;
    if (words === undefined) return nothing;
    return html`
      <div class="ask">
        <span class="drawing">${payIcon(words.icon, 36)}</span>
        <h2>${words.ask}</h2>
        <p class="hint">${words.hint}</p>
      </div>
      ${words.warning === undefined ? nothing : html`<p class="warning">${icon('alert', 28)} ${words.warning}</p>`}
      ${words.left === undefined ? nothing : html`<p class="left">${payIcon('clock', 20)} ${words.left}</p>`}
      ${this.choices.length === 0 ? nothing : html`<div class="choices" role="group" aria-label=${words.ask}>${this.choices.map((choice) => this.#choice(choice))}</div>`}
      ${this.#typing()}
      <slot></slot>
    `;
  }

  /** Where the next thing is typed, if anything is. */
  focusField(): void {
    this.input?.focus();
  }

  #choice({ value, label }: WayChoice) {
    return html`<button
      type="button"
      class="button"
      data-testid="${this.name}-${value}"
      aria-pressed=${value === this.chosen}
      ?disabled=${this.disabled}
      @click=${() => this.#tell('pos-choose', value)}
    >
      ${label}
    </button>`;
  }

  #typing() {
    const { field } = this;
    if (field === undefined) return nothing;
    return html`<label class="field">
      <span>${field.label}</span>
      <input
        class="text"
        data-testid=${field.testId}
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        inputmode=${field.isNumber ? 'numeric' : 'text'}
        maxlength="40"
        .value=${field.value}
        ?disabled=${this.disabled}
        @input=${(event: InputEvent) => this.#tell('pos-text', (event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => {
          if (event.key !== 'Enter' || event.isComposing) return;
          event.preventDefault();
          this.#tell('pos-enter', (event.target as HTMLInputElement).value);
        }}
      />
    </label>`;
  }

  #tell(type: 'pos-text' | 'pos-enter' | 'pos-choose', value: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail: { value }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-way': PosWay;
  }
  interface HTMLElementEventMap {
    'pos-text': CustomEvent<{ readonly value: string }>;
    'pos-enter': CustomEvent<{ readonly value: string }>;
  }
}
