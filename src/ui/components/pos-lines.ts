import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { base, buttons } from '../styles/shared.ts';
import { icon } from './icons.ts';

/** A line of the basket in words. */
export interface ShownLine {
  readonly id: string;
  readonly name: string;
  /** `3.5 × ¥2.00`; empty when it is one piece. */
  readonly sum: string;
  readonly amount: string;
}

export interface LinesWords {
  readonly title: string;
  readonly empty: string;
  readonly remove: string;
  readonly undo: string;
}

/** Instead of a line: the undo button was pressed. */
const UNDONE = -1;

/**
 * The basket, as the paper that is being written.
 *
 * @fires pos-remove - a line is to go
 * @fires pos-undo - the last removed line is to come back
 */
@customElement('pos-lines')
export class PosLines extends LitElement {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: grid;
        grid-template-rows: 10px minmax(0, 1fr);
        min-height: 0;
        color: var(--paper-ink);
      }
      /* The slot the paper comes out of. */
      .slot {
        margin: 0 -6px;
        border-radius: 0 0 6px 6px;
        background: linear-gradient(var(--mouth-top), var(--mouth-bottom));
      }
      .sheet {
        display: flex;
        flex-direction: column;
        min-height: 0;
        max-height: 100%;
        align-self: start;
        background: var(--paper);
        padding-bottom: 10px;
        mask: conic-gradient(from -45deg at bottom, #0000, #000 1deg 89deg, #0000 90deg) bottom / 14px 100%;
      }
      .sheet.fills {
        align-self: stretch;
      }
      .list {
        overflow-y: auto;
        overscroll-behavior: contain;
        min-height: 0;
        flex: 1;
      }
      .line {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto var(--touch);
        align-items: center;
        gap: 0 var(--space-8);
        min-height: 50px;
        padding-inline-start: 14px;
        border-bottom: 1px dashed var(--paper-rule);
      }
      .line.fixed {
        grid-template-columns: minmax(0, 1fr) auto;
        padding-inline-end: 14px;
      }
      .name {
        overflow-wrap: anywhere;
      }
      .sum {
        display: block;
        font-size: var(--text-14);
        color: var(--paper-dim);
      }
      .amount {
        font-size: var(--text-20);
        font-weight: 650;
      }
      .remove {
        color: var(--paper-dim);
      }
      .empty {
        padding: 14px;
        color: var(--paper-dim);
      }
      .undo {
        min-height: var(--touch);
        padding: 0 14px;
        color: var(--accent-text);
        align-self: flex-start;
      }
    `,
  ];

  @property({ attribute: false }) lines: readonly ShownLine[] = [];
  @property({ attribute: false }) words: LinesWords | undefined;
  @property({ type: Boolean }) canUndo = false;
  /** The lines are settled: nothing can be taken out any more. */
  @property({ type: Boolean }) fixed = false;
  @query('.list') private list!: HTMLElement | null;
  /** Where the focus was when its button went: among the lines, or on the undo button below them. */
  #focusAt: number | undefined;

  override render() {
    const { words } = this;
    return html`
      <div class="slot"></div>
      <section class="sheet" aria-label=${words?.title ?? ''}>
        <div class="list" tabindex=${this.lines.length > 0 ? 0 : -1} role="group" aria-label=${words?.title ?? ''}>
          ${this.lines.length === 0 ? html`<p class="empty">${words?.empty}</p>` : nothing}
          <ol data-testid="lines">
            ${repeat(
              this.lines,
              (line) => line.id,
              (line, index) => this.#line(line, index),
            )}
          </ol>
        </div>
        ${
          this.canUndo
            ? html`<button type="button" class="button quiet undo" data-testid="undo" @click=${this.#undo}>
                ${icon('undo', 20)} ${words?.undo}
              </button>`
            : nothing
        }
        <slot></slot>
      </section>
    `;
  }

  #line(line: ShownLine, index: number) {
    return html`<li class="line ${this.fixed ? 'fixed' : ''}">
      <span class="name">${line.name}${line.sum === '' ? nothing : html`<span class="sum figure">${line.sum}</span>`}</span>
      <span class="amount figure">${line.amount}</span>
      ${
        this.fixed
          ? nothing
          : html`<button
              type="button"
              class="button icon quiet remove"
              data-testid="remove"
              aria-label="${this.words?.remove} ${line.name} ${line.amount}"
              @click=${(event: MouseEvent) => this.#remove(event, line, index)}
            >
              ${icon('cross', 20)}
            </button>`
      }
    </li>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('lines') || this.list === null) return;
    if ((changed.get('lines')?.length ?? 0) < this.lines.length) {
      this.list.scrollTop = this.list.scrollHeight; // The line just written is the one to be checked.
    }
    this.#keepFocus();
  }

  /** A button that a keyboard pressed is gone: the focus goes to the next line, to the undo button, or to the list. */
  #keepFocus(): void {
    const at = this.#focusAt;
    this.#focusAt = undefined;
    if (at === undefined) return;
    const buttons = [...this.renderRoot.querySelectorAll<HTMLElement>('.remove')];
    const undo = this.renderRoot.querySelector<HTMLElement>('.undo');
    const next = at === UNDONE ? this.list : (buttons[Math.min(at, buttons.length - 1)] ?? undo);
    next?.focus();
  }

  /** A finger's focus is left alone: the next Enter of a keyboard beside it must not take another line away. */
  #remove({ detail }: MouseEvent, { id }: ShownLine, index: number): void {
    this.#focusAt = detail === 0 ? index : undefined;
    this.#tell('pos-remove', { lineId: id });
  }

  readonly #undo = ({ detail }: MouseEvent): void => {
    this.#focusAt = detail === 0 ? UNDONE : undefined;
    this.#tell('pos-undo', undefined);
  };

  #tell<T extends 'pos-remove' | 'pos-undo'>(type: T, detail: HTMLElementEventMap[T]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-lines': PosLines;
  }
  interface HTMLElementEventMap {
    'pos-remove': CustomEvent<{ readonly lineId: string }>;
    'pos-undo': CustomEvent<undefined>;
  }
}
