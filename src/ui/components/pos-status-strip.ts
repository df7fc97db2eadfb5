import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/shared.ts';
import { type IconName, icon } from './icons.ts';

/** One state of the machine. `short` may be empty where the drawing and a number say it. */
export interface Lamp {
  readonly id: string;
  readonly icon: IconName;
  readonly tone: 'calm' | 'warn' | 'bad';
  readonly short: string;
  /** The whole sentence: for screen readers and the status window. */
  readonly long: string;
}

/** Sales and payments that wait for an end: where they are found. */
export interface OpenMark {
  readonly count: number;
  readonly href: string;
  readonly label: string;
}

/**
 * The strip that never lies: one lamp for each thing that can be wrong, always in the same place. The whole strip is one
 * button, which opens the same states in full sentences.
 *
 * @fires pos-open-status - the lamps were tapped
 */
@customElement('pos-status-strip')
export class PosStatusStrip extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        background: var(--bezel);
        color: var(--bezel-ink);
      }
      button {
        display: flex;
        align-items: center;
        gap: 10px;
        flex: 1;
        min-width: 0;
        height: var(--strip);
        padding: 0 var(--space-12);
        border: 0;
        background: none;
        text-align: start;
        cursor: pointer;
        -webkit-tap-highlight-color: transparent;
      }
      button:focus-visible {
        outline-offset: -3px;
        outline-color: var(--accent);
      }
      .open {
        flex: none;
        display: flex;
        align-items: center;
        justify-content: center;
        gap: 6px;
        min-width: var(--strip);
        height: var(--strip);
        padding: 0 var(--space-12);
        background: var(--warn);
        color: var(--warn-ink);
        font-size: var(--text-18);
        font-weight: 750;
        text-decoration: none;
      }
      .open:focus-visible {
        outline-offset: -4px;
        outline-color: var(--warn-ink);
      }
      .open .word {
        display: none;
        font-size: var(--text-15);
      }
      .notice {
        flex: 1;
        min-width: 0;
        font-weight: 600;
        line-height: 1.15;
        font-size: var(--text-15);
        overflow: hidden;
        display: -webkit-box;
        -webkit-line-clamp: 2;
        -webkit-box-orient: vertical;
      }
      .lamps {
        display: flex;
        gap: 6px;
      }
      .lamp {
        display: flex;
        align-items: center;
        gap: 5px;
        min-width: 34px;
        height: 32px;
        padding: 0 6px;
        justify-content: center;
        border-radius: var(--radius-s);
        font-size: var(--text-14);
        font-weight: 600;
        color: var(--bezel-dim);
        border: 1px solid var(--bezel-line);
      }
      .lamp .word {
        display: none;
        white-space: nowrap;
      }
      .lamp.warn {
        background: var(--warn);
        border-color: var(--warn);
        color: var(--warn-ink);
      }
      .lamp.bad {
        background: var(--bad);
        border-color: var(--bad);
        color: var(--bad-ink);
      }
      .number {
        font-variant-numeric: tabular-nums;
      }
      @media (min-width: 900px) {
        .lamp {
          padding: 0 10px;
        }
        .lamp .word,
        .open .word {
          display: inline;
        }
        /* The word has it. */
        .open .number {
          display: none;
        }
        .notice {
          font-size: var(--text-16);
        }
      }
    `,
  ];

  @property() notice = '';
  @property() label = '';
  @property({ attribute: false }) lamps: readonly Lamp[] = [];
  /** Entries the server does not hold yet. */
  @property({ type: Number }) unsynced = 0;

  /** Absent: nothing is unfinished. */
  @property({ attribute: false }) open: OpenMark | undefined;

  override render() {
    return html`${this.#openLamp()}<button type="button" data-testid="status" aria-label=${this.label} aria-describedby="states" @click=${this.#open}>
        <span class="notice" data-testid="notice">${this.notice}</span>
        <span class="lamps">${this.lamps.map((lamp) => this.#lamp(lamp))}</span>
      </button>
      <p id="states" class="heard">${this.lamps.map((lamp) => `${lamp.long} `)}</p>`;
  }

  #openLamp() {
    const { open } = this;
    if (open === undefined) return nothing;
    return html`<a class="open" href=${open.href} data-testid="lamp-open" data-count=${open.count} aria-label=${open.label}>
      ${icon('question', 22)}<span class="number">${open.count}</span><span class="word">${open.label}</span>
    </a>`;
  }

  #lamp({ id, icon: drawing, tone, short }: Lamp) {
    const number =
      id === 'sync' ? html`<span class="number" data-testid="unsynced">${this.unsynced}</span>` : nothing;
    return html`<span class="lamp ${tone}" data-testid="lamp-${id}" data-tone=${tone}>
      ${icon(drawing, 20)}${number}${short === '' ? nothing : html`<span class="word">${short}</span>`}
    </span>`;
  }

  #open(): void {
    this.dispatchEvent(new CustomEvent('pos-open-status', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-status-strip': PosStatusStrip;
  }
  interface HTMLElementEventMap {
    'pos-open-status': CustomEvent<undefined>;
  }
}
