import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icons.ts';
import './pos-pin-pad.ts';
import { payIcon } from './pay-icons.ts';

export interface GrantWords {
  /** What is allowed by typing the PIN. */
  readonly what: string;
  readonly pin: string;
  readonly back: string;
  readonly cancel: string;
}

/**
 * A manager allows something that the operator may not do alone: what, and the pad for the PIN. In place, not in a window,
 * so that the figures it is about stay in sight.
 *
 * @fires pos-pin - six digits are there
 * @fires pos-cancel - not allowed after all
 */
@customElement('pos-grant')
export class PosGrant extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        gap: 14px;
        justify-items: center;
        padding: var(--space-16);
        border: 2px solid var(--ink);
        border-radius: var(--radius);
        background: var(--case);
      }
      @media (max-height: 700px) {
        :host {
          gap: var(--space-8);
          padding: 10px;
        }
      }
      h3 {
        display: flex;
        align-items: center;
        gap: 10px;
        font-size: var(--text-18);
        line-height: 1.25;
      }
      .problem {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        font-weight: 650;
        color: var(--bad-text);
      }
    `,
  ];

  @property({ attribute: false }) words: GrantWords | undefined;
  /** In words, why the last PIN was not taken. */
  @property() problem = '';
  /** Its code, for those who look after the machine. */
  @property() code = '';
  @property({ type: Boolean }) disabled = false;

  override render() {
    const { words } = this;
    if (words === undefined) return nothing;
    return html`
      <h3 tabindex="-1">${payIcon('person', 28)} <span>${words.what}</span></h3>
      <p role="alert" class="problem" data-testid="grant-problem" data-code=${this.code} ?hidden=${this.problem === ''}>${icon('alert')} ${this.problem}</p>
      <pos-pin-pad .words=${{ label: words.pin, back: words.back }} ?disabled=${this.disabled}></pos-pin-pad>
      <button type="button" class="button other wide" data-testid="grant-cancel" @click=${this.#cancel}>${words.cancel}</button>
    `;
  }

  /** Moves the reader's place here: what was pressed to come here is gone. */
  focusHeading(): void {
    this.renderRoot.querySelector('h3')?.focus();
  }

  #cancel(): void {
    this.dispatchEvent(new CustomEvent('pos-cancel', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-grant': PosGrant;
  }
  interface HTMLElementEventMap {
    'pos-cancel': CustomEvent<undefined>;
  }
}
