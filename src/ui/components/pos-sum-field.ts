import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { fields } from '../styles/pages.ts';
import { base } from '../styles/shared.ts';

/**
 * An amount typed into a form, with the number pad of the device. The sale itself has the keypad.
 *
 * @fires pos-text - the text as it stands
 * @fires pos-enter - Enter
 */
@customElement('pos-sum-field')
export class PosSumField extends LitElement {
  static override styles = [
    base,
    fields,
    css`
      :host {
        display: block;
      }
      input.text {
        min-height: 64px;
        font: 700 1.875rem / 1.1 var(--font-figure);
        font-variant-numeric: tabular-nums;
        text-align: end;
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ attribute: 'name' }) name = 'amount';
  @property({ type: Boolean }) disabled = false;

  override render() {
    return html`<label class="field">
      <span>${this.label}</span>
      <input
        class="text figure"
        inputmode="decimal"
        autocomplete="off"
        maxlength="14"
        data-testid=${this.name}
        .value=${this.value}
        ?disabled=${this.disabled}
        @input=${(event: InputEvent) => this.#tell('pos-text', (event.target as HTMLInputElement).value)}
        @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && this.#tell('pos-enter', (event.target as HTMLInputElement).value)}
      />
    </label>`;
  }

  #tell(type: 'pos-text' | 'pos-enter', value: string): void {
    this.dispatchEvent(new CustomEvent(type, { detail: { value }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-sum-field': PosSumField;
  }
}
