import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { AmountKey } from '../../domain/amount-entry.ts';
import type { Minor } from '../../domain/money.ts';
import { changeDue } from '../../domain/tender.ts';
import type { CheckoutState } from '../../flow/services.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-amount.ts';
import '../components/pos-article.ts';
import '../components/pos-dialog.ts';
import '../components/pos-keypad.ts';
import '../components/pos-lines.ts';
import '../components/pos-stage.ts';
import { Armed } from '../state/armed.ts';
import type { Command } from '../state/keys.ts';
import { Page } from '../state/page.ts';
import { shownLines } from '../state/shown-lines.ts';
import { base, buttons } from '../styles/shared.ts';

type Tendering = Extract<CheckoutState, { at: 'tendering' }>;
type Paying = Extract<CheckoutState, { at: 'paying' }>;

/** Characters of an amount that fit a quarter of a phone. */
const LONG_AMOUNT = 8;

/** Cash: what is due, what was handed over, what goes back. Stays as it is while the sale is being written down. */
@customElement('page-tender')
export class PageTender extends Page {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .display {
        display: grid;
        grid-template-rows: minmax(0, 1fr) auto;
        min-height: 0;
        gap: 8px;
      }
      .given {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 12px;
        border-top: 1px solid var(--bezel-line);
        padding-top: 8px;
      }
      .given dt {
        font-size: 0.9375rem;
        font-weight: 600;
        color: var(--bezel-dim);
      }
      .given dd {
        font-size: clamp(1.4rem, 6vw, 2.5rem);
        font-weight: 700;
        line-height: 1.15;
        white-space: nowrap;
      }
      .given > :last-child {
        text-align: right;
      }
      .change {
        color: #ffb27a;
      }
      .keys {
        display: grid;
        grid-template-rows: auto 1fr;
        gap: 10px;
      }
      .quick {
        display: grid;
        grid-template-columns: repeat(4, minmax(0, 1fr));
        gap: var(--gap);
      }
      .quick .button {
        flex-direction: column;
        gap: 0;
        min-height: 52px;
        padding-inline: 2px;
        font-size: clamp(0.9375rem, 3.6vw, 1.25rem);
      }
      /* Large sums: two and two, so that no digit is cut. */
      .quick.long {
        grid-template-columns: repeat(2, minmax(0, 1fr));
      }
      @media (min-width: 560px) and (max-width: 899px) and (max-height: 560px) {
        .quick .button {
          font-size: 0.875rem;
        }
      }
      .quick small {
        font-size: 0.75rem;
      }
      .action {
        display: grid;
        grid-template-columns: 72px minmax(0, 1fr);
        gap: var(--gap);
      }
      .action .back {
        min-height: 72px;
      }
      .refused {
        margin-bottom: 12px;
      }
      .totals {
        display: flex;
        justify-content: space-between;
        gap: 12px;
        padding: 4px 14px;
        font-weight: 650;
      }
    `,
  ];

  @state() private dismissed: CheckoutState | undefined;
  readonly #armed = new Armed(this);

  override render() {
    const sale = this.follow(this.services.checkout.state);
    if (sale.at !== 'tendering' && sale.at !== 'paying') return html``;
    const { t } = this.translator;
    const busy = sale.at === 'paying';
    return html`
      <h1 class="heard" tabindex="-1">${t('tender.title')}</h1>
      <pos-stage no-paper @pos-key=${this.#key} @pos-command=${this.#command}>
        ${this.#display(sale)}
        <pos-lines
          slot="paper"
          fixed
          .lines=${shownLines(sale.sale.lines, sale.sale.currency, this.translator)}
          .words=${{ title: t('till.basket'), empty: '', remove: '', undo: '' }}
        >
          ${this.#totals(sale)}
        </pos-lines>
        <div slot="keys" class="keys">
          ${this.#quick(sale)}
          <pos-keypad layout="cash" .words=${this.#keypadWords()} ?disabled=${busy}></pos-keypad>
        </div>
        <div slot="action" class="action">
          <button
            type="button"
            class="button other back"
            data-testid="back"
            aria-label=${t('tender.back')}
            aria-disabled=${!this.#armed.now}
            ?disabled=${busy}
            @click=${this.#back}
          >
            ${icon('back', 32)}
          </button>
          ${this.#confirmButton(sale)}
        </div>
      </pos-stage>
      ${this.#problem(sale)}
    `;
  }

  #display(sale: Tendering | Paying) {
    const { t } = this.translator;
    const tendered = sale.at === 'tendering' ? sale.tendered : (sale.attempt.tendered ?? sale.attempt.amount);
    const { total } = sale.sale;
    const isEnough = tendered >= total;
    const difference = isEnough ? changeDue(total, tendered) : changeDue(tendered, total);
    return html`<div slot="display" class="display">
      <pos-amount name="due" .label=${t('tender.due')} .value=${this.money(total)}></pos-amount>
      <dl class="given">
        <div>
          <dt>${t('tender.received')}</dt>
          <dd class="figure" data-testid="tendered">${this.money(tendered)}</dd>
        </div>
        <div>
          <dt>${t(isEnough ? 'tender.change' : 'tender.missing')}</dt>
          <dd class="figure change" data-testid="change">${this.money(difference)}</dd>
        </div>
      </dl>
    </div>`;
  }

  /** Why the last try did not go through. Money is untouched; it is said once and can be tried again. */
  #problem(sale: Tendering | Paying) {
    if (sale.at !== 'tendering' || sale.problem === undefined || sale.problem === 'too-little')
      return nothing;
    return html`<pos-dialog
      .shown=${this.dismissed !== sale}
      .heading=${this.t('tender.refused')}
      .closing=${this.t('common.close')}
      @pos-close=${() => {
        this.dismissed = sale;
      }}
    >
      <p class="refused">${this.t('tender.refused-text')}</p>
      <pos-article .article=${this.translator.article(sale.problem, undefined, 'untouched')}></pos-article>
    </pos-dialog>`;
  }

  #totals({ sale }: Tendering | Paying) {
    const { t } = this.translator;
    const line = (label: string, amount: string) =>
      html`<p class="totals"><span>${label}</span><span class="figure">${amount}</span></p>`;
    return html`
      ${sale.rounding === 0 ? nothing : html`${line(t('receipt.subtotal'), this.money(sale.subtotal))}${line(t('receipt.rounding'), this.money(sale.rounding))}`}
      ${line(t('till.total'), this.money(sale.total))}
    `;
  }

  #quick(sale: Tendering | Paying) {
    // While it is being written down the amounts stay where they are, out of use.
    const amounts = sale.at === 'tendering' ? sale.quick : this.#lastQuick;
    this.#lastQuick = amounts;
    const isLong = amounts.some((amount) => this.money(amount).length > LONG_AMOUNT);
    return html`<div class="quick ${isLong ? 'long' : ''}" role="group" aria-label=${this.t('tender.quick')}>
      ${amounts.map((amount, index) => this.#quickButton(sale, amount, index))}
    </div>`;
  }

  #quickButton(sale: Tendering | Paying, amount: Minor, index: number) {
    return html`<button
      type="button"
      class="button other figure"
      data-testid="quick-${index}"
      aria-disabled=${!this.#armed.now}
      ?disabled=${sale.at === 'paying'}
      @click=${() => this.#armed.now && this.services.checkout.send({ type: 'tendered', amount })}
    >
      ${amount === sale.sale.total ? html`<small>${this.t('tender.exact')}</small>` : nothing}${this.money(amount)}
    </button>`;
  }

  #lastQuick: Tendering['quick'] = [];

  #confirmButton(sale: Tendering | Paying) {
    const { t } = this.translator;
    const busy = sale.at === 'paying';
    const isEnough = busy || sale.enough;
    return html`<button
      type="button"
      class="button primary big"
      data-testid="confirm-cash"
      aria-disabled=${!this.#armed.now}
      ?disabled=${!isEnough || busy}
      @click=${this.#confirm}
    >
      ${busy ? t('tender.writing') : isEnough ? t('tender.confirm') : t('tender.not-enough')}
    </button>`;
  }

  #keypadWords() {
    const { t } = this.translator;
    return {
      keypad: t('tender.keypad'),
      back: t('keypad.back'),
      clear: t('keypad.clear'),
      times: '',
      plus: '',
      point: t('keypad.point'),
      add: '',
    };
  }

  readonly #key = (event: CustomEvent<{ readonly key: AmountKey }>): void => {
    void this.services.checkout.send({ type: 'key', key: event.detail.key });
  };

  readonly #command = (event: CustomEvent<{ readonly command: Command }>): void => {
    if (event.detail.command === 'confirm') this.#confirm();
    else if (event.detail.command === 'cancel') this.#back();
  };

  readonly #confirm = (): void => {
    if (this.#armed.now) void this.services.checkout.send({ type: 'confirm-cash' });
  };

  readonly #back = (): void => {
    if (this.#armed.now) void this.services.checkout.send({ type: 'back' });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'page-tender': PageTender;
  }
}
