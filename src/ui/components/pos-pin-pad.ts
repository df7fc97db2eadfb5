import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { isSpokenFor } from '../state/keys.ts';
import { base } from '../styles/shared.ts';
import { icon } from './icons.ts';

/** An operator's PIN is six digits (NIST SP 800-63B-4: at least six). */
export const PIN_LENGTH = 6;

export interface PinWords {
  readonly label: string;
  readonly back: string;
}

/**
 * Where an operator types the PIN that unlocks the till. Never for a card's PIN: that is typed on the reader.
 * Digits work on the keyboard too. It empties itself when it has told.
 *
 * @fires pos-pin - six digits are there
 */
@customElement('pos-pin-pad')
export class PosPinPad extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        position: relative;
        gap: 18px;
        justify-items: center;
        user-select: none;
        -webkit-user-select: none;
      }
      .dots {
        direction: ltr;
        display: flex;
        gap: var(--space-16);
        height: 20px;
      }
      .dot {
        width: 18px;
        height: 18px;
        border-radius: 50%;
        border: 2px solid currentColor;
      }
      .dot.full {
        background: currentColor;
      }
      .keys {
        direction: ltr;
        display: grid;
        grid-template-columns: repeat(3, minmax(var(--key-size), 92px));
        grid-auto-rows: minmax(var(--key-size), 68px);
        gap: 10px;
      }
      button {
        display: grid;
        place-items: center;
        padding: 0 0 3px;
        border: var(--cap-border);
        border-radius: var(--radius);
        background: var(--key);
        box-shadow: inset 0 -3px 0 var(--key-edge);
        color: var(--ink);
        font: 600 1.75rem / 1 var(--font-figure);
        cursor: pointer;
        touch-action: manipulation;
        -webkit-tap-highlight-color: transparent;
      }
      button.other {
        background: var(--key-other);
        box-shadow: inset 0 -3px 0 var(--key-other-edge);
      }
      button:active:not(:disabled) {
        padding: 3px 0 0;
        box-shadow: inset 0 2px 0 var(--key-edge);
      }
      button:disabled {
        opacity: 0.45;
        cursor: default;
      }
      .zero {
        grid-column: 2;
      }
    `,
  ];

  @property({ attribute: false }) words: PinWords | undefined;
  @property({ type: Boolean }) disabled = false;
  @state() private pin = '';

  override connectedCallback(): void {
    super.connectedCallback();
    this.pin = '';
    addEventListener('keydown', this.#typed);
    addEventListener('paste', this.#pasted);
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#typed);
    removeEventListener('paste', this.#pasted);
    super.disconnectedCallback();
  }

  override render() {
    const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];
    const typed = `${this.words?.label} ${this.pin.length}/${PIN_LENGTH}`;
    return html`
      <p class="heard" role="status">${typed}</p>
      <div class="dots" aria-hidden="true">
        ${Array.from({ length: PIN_LENGTH }, (_, index) => html`<span class="dot ${index < this.pin.length ? 'full' : ''}"></span>`)}
      </div>
      <div class="keys" role="group" aria-label=${this.words?.label ?? ''}>
        ${digits.map((digit) => this.#key(digit, digit, digit === '0' ? 'zero' : ''))}
        ${this.#key('back', icon('erase', 28), 'other')}
      </div>
    `;
  }

  #key(key: string, face: unknown, look: string) {
    return html`<button
      type="button"
      class=${look}
      data-testid="pin-${key}"
      aria-label=${key === 'back' ? (this.words?.back ?? '') : key}
      ?disabled=${this.disabled}
      @pointerdown=${(event: PointerEvent) => event.button === 0 && this.#press(key)}
      @mousedown=${(event: MouseEvent) => event.preventDefault()}
      @click=${(event: MouseEvent) => event.detail === 0 && this.#press(key)}
    >${face}</button>`;
  }

  #press(key: string): void {
    if (this.disabled) return;
    if (key === 'back') {
      this.pin = this.pin.slice(0, -1);
      return;
    }
    const pin = this.pin + key;
    this.pin = pin.length < PIN_LENGTH ? pin : '';
    if (pin.length < PIN_LENGTH) return;
    this.dispatchEvent(new CustomEvent('pos-pin', { detail: { pin }, bubbles: true, composed: true }));
  }

  /** For who keeps the PIN where it need not be remembered (WCAG 2.2, 3.3.8). */
  readonly #pasted = (event: ClipboardEvent): void => {
    const text = event.clipboardData?.getData('text').trim() ?? '';
    const [target] = event.composedPath();
    if (target instanceof HTMLInputElement || !/^\d{6}$/.test(text)) return;
    event.preventDefault();
    this.pin = '';
    for (const digit of text) this.#press(digit);
  };

  readonly #typed = (event: KeyboardEvent): void => {
    const isBack = event.key === 'Backspace';
    if (event.repeat || isSpokenFor(event) || !(isBack || /^[0-9]$/.test(event.key))) return;
    event.preventDefault();
    this.#press(isBack ? 'back' : event.key);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-pin-pad': PosPinPad;
  }
  interface HTMLElementEventMap {
    'pos-pin': CustomEvent<{ readonly pin: string }>;
  }
}
