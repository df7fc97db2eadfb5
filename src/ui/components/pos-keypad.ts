import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { AmountKey } from '../../domain/amount-entry.ts';
import { type Command, isSpokenFor, keyMeaning } from '../state/keys.ts';
import { base } from '../styles/shared.ts';
import { icon } from './icons.ts';

export interface KeypadWords {
  readonly keypad: string;
  readonly back: string;
  readonly times: string;
  readonly plus: string;
  readonly point: string;
  readonly add: string;
  /** Clears the figure typed so far. */
  readonly clear: string;
}

type Cell = AmountKey | 'add';

const WITH_SUMS: readonly Cell[] = [
  '7',
  '8',
  '9',
  'back',
  '4',
  '5',
  '6',
  '×',
  '1',
  '2',
  '3',
  '+',
  '00',
  '0',
  '.',
  'add',
];
const PLAIN: readonly Cell[] = ['7', '8', '9', 'back', '4', '5', '6', 'clear', '1', '2', '3', '00', '.', '0'];

/** How long a key lights up that was pressed on the keyboard, ms: long enough to be seen, shorter than the next press. */
const FLASH_MS = 110;

/**
 * The keypad. Keys answer when the finger goes down, not when it leaves; while it is on the page the keyboard works too.
 *
 * @fires pos-key - an amount key
 * @fires pos-command - a key of the keyboard, or `add`, that is no amount key
 */
@customElement('pos-keypad')
export class PosKeypad extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-height: calc(4 * var(--key-size) + 3 * var(--gap));
        user-select: none;
        -webkit-user-select: none;
      }
      .keys {
        /* Figures stand where they stand on every keypad, whichever way the words are read. */
        direction: ltr;
        display: grid;
        grid-template-columns: repeat(4, minmax(var(--key-size), 1fr));
        grid-auto-rows: minmax(var(--key-size), 1fr);
        gap: var(--gap);
        height: 100%;
      }
      button {
        display: grid;
        place-items: center;
        min-width: var(--key-size);
        min-height: var(--key-size);
        padding: 0 0 3px;
        border: var(--cap-border);
        border-radius: var(--radius);
        background: var(--key);
        box-shadow: inset 0 -3px 0 var(--key-edge);
        color: var(--ink);
        font: 600 clamp(1.6rem, 4.2vh, 2.4rem) / 1 var(--font-figure);
        font-variant-numeric: tabular-nums lining-nums;
        cursor: pointer;
        touch-action: manipulation;
        -webkit-tap-highlight-color: transparent;
      }
      button.other {
        background: var(--key-other);
        box-shadow: inset 0 -3px 0 var(--key-other-edge);
      }
      button.add {
        padding-inline: var(--space-8);
        font: 650 1.0625rem / 1.15 var(--font);
      }
      button.wide {
        grid-column: span 2;
      }
      button.tall {
        grid-row: span 2;
      }
      button.down,
      button:active:not(:disabled) {
        padding: 3px 0 0;
        box-shadow: inset 0 2px 0 var(--key-edge);
      }
      button:disabled {
        cursor: default;
        color: var(--ink-dim);
        opacity: 0.65;
      }
    `,
  ];

  @property({ attribute: false }) words: KeypadWords | undefined;
  /** `sale` adds and multiplies; `cash` only counts what was handed over. */
  @property() layout: 'sale' | 'cash' = 'sale';
  @property({ type: Boolean }) disabled = false;
  @state() private down: Cell | undefined;
  #flash: ReturnType<typeof setTimeout> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#typed);
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#typed);
    clearTimeout(this.#flash);
    super.disconnectedCallback();
  }

  override render() {
    const cells = this.layout === 'sale' ? WITH_SUMS : PLAIN;
    return html`<div class="keys" role="group" aria-label=${this.words?.keypad ?? ''}>
      ${cells.map((cell) => this.#key(cell))}
    </div>`;
  }

  #key(cell: Cell) {
    const classes = ['key', this.#look(cell), this.down === cell ? 'down' : ''].join(' ');
    return html`<button
      type="button"
      class=${classes}
      data-testid="key-${cell}"
      aria-label=${this.#spoken(cell)}
      ?disabled=${this.disabled}
      @pointerdown=${(event: PointerEvent) => event.button === 0 && this.#press(cell)}
      @mousedown=${(event: MouseEvent) => event.preventDefault()}
      @click=${(event: MouseEvent) => event.detail === 0 && this.#press(cell)}
    >${this.#face(cell)}</button>`;
  }

  #look(cell: Cell): string {
    if (cell === 'add') return 'other add';
    if (this.layout === 'cash' && cell === '0') return 'wide';
    if (this.layout === 'cash' && cell === '00') return 'tall';
    return /^[0-9.]+$/.test(cell) ? '' : 'other';
  }

  #face(cell: Cell) {
    if (cell === 'back') return icon('erase', 30);
    if (cell === 'clear') return 'C';
    return cell === 'add' ? (this.words?.add ?? '') : cell;
  }

  #spoken(cell: Cell): string {
    const { words } = this;
    const names = {
      back: words?.back,
      clear: words?.clear,
      '×': words?.times,
      '+': words?.plus,
      '.': words?.point,
      add: words?.add,
    };
    return cell in names ? (names[cell as keyof typeof names] ?? '') : cell;
  }

  #press(cell: Cell): void {
    if (this.disabled) return;
    if (cell === 'add') this.#tell('pos-command', { command: 'add' });
    else this.#tell('pos-key', { key: cell });
  }

  readonly #typed = (event: KeyboardEvent): void => {
    const meaning = keyMeaning(event.key);
    if (meaning === undefined || this.disabled || isSpokenFor(event)) return;
    event.preventDefault();
    // A key held down repeats: fine for erasing, never for a command.
    if (event.repeat && !(meaning.kind === 'amount' && meaning.key === 'back')) return;
    const sums = meaning.kind === 'amount' && (meaning.key === '+' || meaning.key === '×');
    if (sums && this.layout === 'cash') return;
    if (meaning.kind === 'amount') this.#tell('pos-key', { key: meaning.key });
    else this.#tell('pos-command', { command: meaning.command });
    this.#light(meaning.kind === 'amount' ? meaning.key : 'add');
  };

  #light(cell: Cell): void {
    this.down = cell;
    clearTimeout(this.#flash);
    this.#flash = setTimeout(() => {
      this.down = undefined;
    }, FLASH_MS);
  }

  #tell<T extends 'pos-key' | 'pos-command'>(type: T, detail: HTMLElementEventMap[T]['detail']): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'pos-keypad': PosKeypad;
  }
  interface HTMLElementEventMap {
    'pos-key': CustomEvent<{ readonly key: AmountKey }>;
    'pos-command': CustomEvent<{ readonly command: Command }>;
  }
}
