import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icons.ts';

/**
 * A modal window. The browser's own `<dialog>` keeps the focus inside and gives it back to where it was when it closes.
 *
 * @fires pos-close - it was closed, by its button, Escape or a tap beside it
 * @slot - the content
 * @slot actions - buttons below
 */
@customElement('pos-dialog')
export class PosDialog extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      /* A closed window has no place, nor a gap beside it. */
      :host {
        display: contents;
      }
      dialog {
        width: min(560px, calc(100vw - 24px));
        max-height: calc(100dvh - 24px);
        padding: 0;
        border: 0;
        border-radius: var(--radius-l);
        background: var(--panel);
        color: var(--ink);
        box-shadow: var(--lift-dialog);
      }
      dialog::backdrop {
        background: var(--scrim);
      }
      .frame {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        max-height: calc(100dvh - 24px);
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: var(--space-12);
        padding-block: 10px;
        padding-inline: 20px 10px;
        border-bottom: 1px solid var(--line);
      }
      h2 {
        font-size: var(--text-18);
      }
      .content {
        padding: var(--space-12) var(--space-20) var(--space-16);
        overflow: auto;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        justify-content: flex-end;
        gap: var(--gap);
        padding: 0 20px 18px;
      }
    `,
  ];

  @property({ type: Boolean, reflect: true, attribute: 'open' }) shown = false;
  @property() heading = '';
  /** Word on the closing button. */
  @property() closing = '';
  @query('dialog') private dialog!: HTMLDialogElement | null;

  override render() {
    return html`<dialog
      aria-labelledby="heading"
      @close=${this.#closed}
      @click=${(event: MouseEvent) => event.target === this.dialog && this.dialog?.close()}
    >
      <div class="frame">
        <header>
          <h2 id="heading">${this.heading}</h2>
          <button
            type="button"
            class="button icon quiet"
            data-testid="dialog-close"
            aria-label=${this.closing}
            @click=${() => this.dialog?.close()}
          >
            ${icon('cross')}
          </button>
        </header>
        <div class="content"><slot></slot></div>
        <footer><slot name="actions"></slot></footer>
      </div>
    </dialog>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('shown') || this.dialog === null) return;
    if (this.shown && !this.dialog.open) {
      this.dialog.showModal();
    } else if (!this.shown && this.dialog.open) this.dialog.close();
  }

  readonly #closed = (): void => {
    this.shown = false;
    this.dispatchEvent(new CustomEvent('pos-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-dialog': PosDialog;
  }
  interface HTMLElementEventMap {
    'pos-close': CustomEvent<undefined>;
  }
}
