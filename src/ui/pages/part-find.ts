import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BusinessDay } from '../../domain/business-day.ts';
import { TENDERS, type Tender } from '../../domain/tender.ts';
import { SALE_STATES, type SaleFilter, type SaleState } from '../../flow/orders/find-sales.ts';
import { icon } from '../components/icons.ts';
import { BooksPage } from '../state/books-page.ts';
import { fields } from '../styles/pages.ts';
import { base, buttons } from '../styles/shared.ts';

/** Ms after the last letter until it is looked for: whoever types a number wants the whole of it found. */
const TYPED_MS = 250;

/**
 * What a sale is looked for by: an amount or the end of a number, the day, how it was paid, its state.
 *
 * @fires pos-find - the filter is another
 */
@customElement('part-find')
export class PartFind extends BooksPage {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      form {
        display: grid;
        gap: var(--gap);
      }
      .line {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: var(--gap);
      }
      .field {
        position: relative;
      }
      .field > svg {
        position: absolute;
        inset-inline-start: 14px;
        top: 14px;
        pointer-events: none;
        color: var(--ink-dim);
      }
      input.text {
        min-height: 52px;
      }
      .field > input.text {
        padding-inline-start: 46px;
      }
      .filters {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(136px, 1fr));
        gap: var(--gap);
      }
      select.text {
        width: 100%;
        min-height: 52px;
        padding: 8px 10px;
        border: 2px solid var(--field-line, var(--line));
        border-radius: var(--radius);
        background: var(--paper);
        color: var(--paper-ink);
        font-size: var(--text-16);
      }
      .filters input.text {
        padding: 8px 10px;
        font-size: var(--text-16);
      }
      .toggle[aria-expanded='true'] {
        background: var(--case-deep);
      }
      .found {
        min-height: 1.4em;
        color: var(--ink-dim);
        font-weight: 600;
      }
      .found:empty {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) filter: SaleFilter = {};
  /** What came of it, in words. */
  @property() found = '';
  @state() private opened = false;
  @query('input[type=search]') private field!: HTMLInputElement | null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    clearTimeout(this.#timer);
    super.disconnectedCallback();
  }

  focusField(): void {
    this.field?.focus();
    this.field?.select();
  }

  override render() {
    const { day, tender, state: at, text = '' } = this.filter;
    const isFiltered = day !== undefined || tender !== undefined || at !== undefined;
    const shown = this.opened || isFiltered;
    return html`<form role="search" aria-label=${this.b('find.label')} @submit=${this.#submit}>
      <div class="line">
        <div class="field">
          ${icon('find', 22)}
          <input
            type="search"
            class="text figure"
            data-testid="find"
            autocomplete="off"
            enterkeyhint="search"
            aria-label=${this.b('find.label')}
            placeholder=${this.b('find.hint')}
            maxlength="40"
            .value=${text}
            @input=${this.#typed}
            @keydown=${this.#keys}
          />
        </div>
        <button type="button" class="button other toggle" data-testid="find-filters" aria-expanded=${shown} @click=${this.#toggle}>
          ${icon('settings')} ${this.b('find.filters')}
        </button>
      </div>
      ${shown ? this.#filters() : nothing}
      <p class="found" role="status" data-testid="found">${this.found}</p>
    </form>`;
  }

  #filters() {
    const { day = '', tender = '', state: at = '' } = this.filter;
    return html`<div class="filters">
      <input
        type="date"
        class="text figure"
        data-testid="find-day"
        aria-label=${this.b('find.day')}
        .value=${day}
        .max=${this.services.orders.today()}
        @change=${(event: Event) => this.#choose('day', event)}
      />
      <select class="text" data-testid="find-tender" aria-label=${this.b('find.tender')} .value=${tender} @change=${(event: Event) => this.#choose('tender', event)}>
        <option value="">${this.b('find.tender.any')}</option>
        ${TENDERS.map((each) => html`<option value=${each} ?selected=${each === tender}>${this.t(`tender.${each}`)}</option>`)}
      </select>
      <select class="text" data-testid="find-state" aria-label=${this.b('find.state')} .value=${at} @change=${(event: Event) => this.#choose('state', event)}>
        <option value="">${this.b('find.state.any')}</option>
        ${SALE_STATES.map((each) => html`<option value=${each} ?selected=${each === at}>${this.b(`find.state.${each}`)}</option>`)}
      </select>
      ${Object.keys(this.filter).length === 0 ? nothing : html`<button type="button" class="button other" data-testid="find-clear" @click=${() => this.#send({})}>${this.b('find.clear')}</button>`}
    </div>`;
  }

  #choose(key: 'day' | 'tender' | 'state', event: Event): void {
    const { value } = event.target as HTMLInputElement | HTMLSelectElement;
    const { [key]: _, ...rest } = this.filter;
    if (value === '') this.#send(rest);
    else if (key === 'day') this.#send({ ...rest, day: value as BusinessDay });
    else if (key === 'tender') this.#send({ ...rest, tender: value as Tender });
    else this.#send({ ...rest, state: value as SaleState });
  }

  readonly #toggle = (): void => {
    this.opened = !this.opened;
  };

  readonly #typed = (): void => {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#sendText(), TYPED_MS);
  };

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.#sendText();
  };

  readonly #keys = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || this.field === null || this.field.value === '') return;
    event.preventDefault();
    this.field.value = '';
    this.#sendText();
  };

  #sendText(): void {
    clearTimeout(this.#timer);
    const text = this.field?.value.trim() ?? '';
    const { text: before = '', ...rest } = this.filter;
    if (text !== before) this.#send(text === '' ? rest : { ...rest, text });
  }

  #send(filter: SaleFilter): void {
    this.dispatchEvent(new CustomEvent('pos-find', { detail: filter }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-find': PartFind;
  }
  interface HTMLElementEventMap {
    'pos-find': CustomEvent<SaleFilter>;
  }
}
