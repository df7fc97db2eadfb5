import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { AmountKey } from '../../domain/amount-entry.ts';
import { sum } from '../../domain/money.ts';
import type { CheckoutState } from '../../flow/checkout-service.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-amount.ts';
import '../components/pos-keypad.ts';
import '../components/pos-lines.ts';
import '../components/pos-stage.ts';
import type { PosToast, UndoOffer } from '../components/pos-toast.ts';
import type { Command } from '../state/keys.ts';
import { Page } from '../state/page.ts';
import { ScanCatcher } from '../state/scan-catcher.ts';
import { shownLines } from '../state/shown-lines.ts';
import { base, buttons } from '../styles/shared.ts';

type Editing = Extract<CheckoutState, { at: 'editing' }>;

/** The till: type an amount, or several, and charge. */
@customElement('page-till')
export class PageTill extends Page {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .clear {
        min-width: 64px;
        min-height: var(--touch);
        padding: 0 14px;
        margin-inline-end: -2px;
        border: 1px solid var(--bezel-line);
        border-radius: var(--radius-m);
        background: var(--bezel-raised);
        color: var(--bezel-ink);
        font-weight: 600;
        cursor: pointer;
      }
      .clear.on {
        border-color: var(--accent);
        color: var(--accent-bezel);
        white-space: nowrap;
      }
      .clear:disabled {
        color: var(--bezel-dim);
        cursor: default;
      }
      .problem {
        display: flex;
        align-items: center;
        gap: 10px;
        padding: 10px 14px 0;
        font-size: var(--text-15);
        font-weight: 600;
        line-height: 1.2;
        color: var(--bad-text);
      }
      .sum {
        display: none;
      }
      @media (min-width: 900px) {
        .sum {
          display: flex;
          justify-content: space-between;
          padding: 10px 14px 4px;
          border-top: 2px solid var(--paper-ink);
          font-weight: 650;
        }
        .sum + .sum {
          padding-top: 0;
          border-top: 0;
        }
      }
    `,
  ];

  /** Undo instead of a question. Its element comes when it is first needed. */
  @state() private toast: PosToast | undefined;

  constructor() {
    super();
    // Labels of a scale are sold by their code. What a scanner types must not become an amount, nor its Enter a charge.
    new ScanCatcher(
      this,
      () => this.services.counter,
      (heard) => {
        const { checkout } = this.services;
        if (heard.kind === 'card' || (heard.kind === 'code' && heard.leaked))
          void checkout.send({ type: 'key', key: 'clear' });
        if (heard.kind === 'code') void checkout.send({ type: 'scanned', text: heard.text });
      },
    );
  }

  override render() {
    const sale = this.follow(this.services.checkout.state);
    if (sale.at !== 'editing') return html``;
    const { t } = this.translator;
    const total = this.money(sale.total);
    return html`
      <h1 class="heard" tabindex="-1">${t('till.title')}</h1>
      <pos-stage @pos-key=${this.#key} @pos-command=${this.#command} @pos-remove=${this.#remove} @pos-undo=${this.#undo}>
        <pos-amount slot="display" .label=${t('till.total')} .value=${total} .entry=${sale.entry}>
          ${this.#discountKey(sale)}
          <button
            type="button"
            class="clear"
            data-testid="clear"
            ?disabled=${sale.entry === '' && sale.lines.length === 0}
            @click=${this.#clear}
          >
            ${t('till.clear')}
          </button>
        </pos-amount>
        <pos-lines
          slot="paper"
          .lines=${shownLines(sale.lines, this.currency, this.translator)}
          .canUndo=${sale.canUndo}
          .words=${{ title: t('till.basket'), empty: t('till.empty'), remove: t('till.remove'), undo: t('till.undo') }}
        >${this.#sum(sale)}${this.#problem(sale)}</pos-lines>
        <pos-keypad slot="keys" .words=${this.#keypadWords()}></pos-keypad>
        <button
          slot="action"
          type="button"
          class="button primary big"
          data-testid="charge"
          ?disabled=${sale.total <= 0}
          @click=${() => this.services.checkout.send({ type: 'charge' })}
        >
          ${t('till.charge')} <span class="figure">${total}</span>
        </button>
      </pos-stage>
      ${this.#toastOf(sale)}
    `;
  }

  /** What is in the basket already, without the figure being typed. */
  #sum({ lines, discount }: Editing) {
    if (lines.length === 0) return nothing;
    const total = sum([...lines.map((line) => line.amount), discount]);
    return html`${discount === 0 ? nothing : html`<p class="sum soft"><span>${this.t('till.discount')}</span><span class="figure">${this.money(discount)}</span></p>`}<p class="sum"><span>${this.t('till.count', { count: lines.length })}</span><span class="figure">${this.money(total)}</span></p>`;
  }

  #problem({ problem }: Editing) {
    if (problem === undefined) return nothing;
    return html`<p class="problem" role="alert" data-testid="scan-problem" data-code=${problem}>
      ${icon('scan', 24)} ${this.t(`till.${problem}`)}
    </p>`;
  }

  /** Takes the typed amount off the whole sale. With nothing typed it takes the discount away again. */
  #discountKey({ entry, lines, discount, total }: Editing) {
    if (lines.length === 0) return nothing;
    const { t } = this.translator;
    const isOn = discount !== 0;
    const amount = this.money(discount);
    return html`<button
      type="button"
      class="clear ${isOn ? 'on' : ''}"
      data-testid="discount"
      aria-label=${isOn && entry === '' ? t('till.discount-off', { amount }) : nothing}
      ?disabled=${total <= 0 || (entry === '' && !isOn)}
      @click=${() => this.services.checkout.send({ type: 'discount' })}
    >
      ${t('till.discount')} ${isOn ? html`<span class="figure">${amount}</span>` : nothing}
    </button>`;
  }

  #keypadWords() {
    const { t } = this.translator;
    return {
      keypad: t('keypad.title'),
      back: t('keypad.back'),
      clear: t('keypad.clear'),
      times: t('keypad.times'),
      plus: t('keypad.plus'),
      point: t('keypad.point'),
      add: t('keypad.add'),
    };
  }

  get #editing(): Editing | undefined {
    const sale = this.services.checkout.state.value;
    return sale.at === 'editing' ? sale : undefined;
  }

  readonly #key = (event: CustomEvent<{ readonly key: AmountKey }>): void => {
    void this.services.checkout.send({ type: 'key', key: event.detail.key });
  };

  readonly #command = (event: CustomEvent<{ readonly command: Command }>): void => {
    const { checkout } = this.services;
    const { command } = event.detail;
    if (command === 'add') void checkout.send({ type: 'add' });
    else if (command === 'confirm') void checkout.send({ type: 'charge' });
    else if (command === 'undo') void checkout.send({ type: 'undo' });
    else if (command === 'cancel') this.#clear();
  };

  readonly #remove = (event: CustomEvent<{ readonly lineId: string }>): void => {
    void this.services.checkout.send({ type: 'remove', lineId: event.detail.lineId });
  };

  readonly #undo = (): void => {
    void this.services.checkout.send({ type: 'undo' });
  };

  /** First what was typed; then the basket, which can come back until the next line is written. */
  readonly #clear = (): void => {
    const sale = this.#editing;
    const { checkout } = this.services;
    if (sale === undefined) return;
    if (sale.entry !== '') {
      if (sale.lines.length === 0) this.focusHeading();
      return void checkout.send({ type: 'key', key: 'clear' });
    }
    if (sale.lines.length === 0) return;
    const parameters = { count: sale.lines.length, total: this.money(sale.total) };
    const offer = {
      text: this.t('till.cleared', parameters),
      undo: this.t('till.cleared-undo'),
      close: this.t('common.close'),
    };
    void checkout.send({ type: 'clear' });
    // With nothing left the button is shut, and would leave the focus nowhere.
    this.focusHeading();
    void this.#offer(offer);
  };

  /** Without it, the undo in the basket is there all the same. */
  async #offer(offer: UndoOffer): Promise<void> {
    await import('../components/pos-toast.ts').catch(() => undefined);
    if (customElements.get('pos-toast') === undefined) return;
    this.toast ??= document.createElement('pos-toast');
    this.toast.offer = offer;
  }

  /** The offer goes when it cannot be kept any more. */
  #toastOf({ canUndo, lines }: Editing) {
    if (this.toast === undefined) return nothing;
    if (!canUndo || lines.length > 0) this.toast.offer = undefined;
    return html`<div @pos-undo=${this.#undo}>${this.toast}</div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-till': PageTill;
  }
}
