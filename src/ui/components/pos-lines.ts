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
        background: linear-gradient(#050606, #2a3132);
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
        gap: 0 8px;
        min-height: 50px;
        padding-left: 14px;
        border-bottom: 1px dashed color-mix(in srgb, var(--paper-ink) 22%, transparent);
      }
      .line.fixed {
        grid-template-columns: minmax(0, 1fr) auto;
        padding-right: 14px;
      }
      .name {
        overflow-wrap: anywhere;
      }
      .sum {
        display: block;
        font-size: 0.875rem;
        color: color-mix(in srgb, var(--paper-ink) 72%, transparent);
      }
      .amount {
        font-size: 1.25rem;
        font-weight: 650;
      }
      .remove {
        color: color-mix(in srgb, var(--paper-ink) 72%, transparent);
      }
      .empty {
        padding: 14px;
        color: color-mix(in srgb, var(--paper-ink) 76%, transparent);
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
              (line) => this.#line(line),
            )}
          </ol>
        </div>
        ${
          this.canUndo
            ? html`<button type="button" class="button quiet undo" data-testid="undo" @click=${() => this.#tell('pos-undo', undefined)}>
                ${icon('undo', 20)} ${words?.undo}
              </button>`
            : nothing
        }
        <slot></slot>
      </section>
    `;
  }

  #line(line: ShownLine) {
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
              @click=${() => this.#tell('pos-remove', { lineId: line.id })}
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
  }

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
