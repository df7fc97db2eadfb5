import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import type { CheckoutState } from '../../flow/checkout-service.ts';
import { inOrder } from '../../i18n/speaker.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-amount.ts';
import '../components/pos-article.ts';
import '../components/pos-dialog.ts';
import '../components/pos-qr.ts';
import '../components/pos-stage.ts';
import { sign } from '../components/signs.ts';
import { Armed } from '../state/armed.ts';
import { isSpokenFor, keyMeaning } from '../state/keys.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { slipWords } from '../state/slip-words.ts';
import { base, buttons } from '../styles/shared.ts';
import { doneStyles } from './page-done.styles.ts';
import './part-install.ts';
import './part-slip.ts';

type Done = Extract<CheckoutState, { at: 'done' }>;

/** Nobody has verified a printed code, and credit is no money: neither wears the sign of money. */
const SIGNS = { good: 'approved', warn: 'unknown', ink: 'noted' } as const;

/** Paid, beyond doubt: what to give back, what became of the slip, and the next sale. */
@customElement('page-done')
export class PageDone extends PaymentPage {
  static override styles = [base, buttons, doneStyles];

  @state() private receipt: ReceiptDocument | undefined;
  @state() private explaining = false;
  /** The result is on the screen: what takes time to draw may come. */
  @state() private painted = false;
  #receiptOf = '';
  readonly #armed = new Armed(this);

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('keydown', this.#typed);
  }

  override disconnectedCallback(): void {
    removeEventListener('keydown', this.#typed);
    super.disconnectedCallback();
  }

  override render() {
    const sale = this.follow(this.services.checkout.state);
    if (sale.at !== 'done') return html``;
    void this.#fetchReceipt(sale);
    const { t } = this.translator;
    return html`
      <pos-stage .tone=${toneOf(sale)} no-paper words data-testid="done">
        ${this.#display(sale)}
        <div slot="paper" class="slip">
          <div class="mouth"></div>
          <div class="roll" tabindex="0" role="group" aria-label=${t('slip.title')}>${this.receipt === undefined ? nothing : html`<part-slip .document=${this.receipt}></part-slip>`}</div>
        </div>
        <div slot="keys" class="after">
          <h1 class="heard" tabindex="-1">${t('done.title')}</h1>
          ${this.follow(this.services.welcome.offersInstall) ? html`<part-install></part-install>` : nothing} ${this.#payments(sale)} ${this.#slip(sale)} ${this.#electronic(sale)}
        </div>
        <button
          slot="action"
          type="button"
          class="button primary big"
          data-testid="next"
          aria-disabled=${!this.#armed.now}
          @click=${this.#next}
        >
          ${t('done.next')} ${icon('next', 28)}
        </button>
      </pos-stage>
    `;
  }

  /** Paid, in the largest letters there are; with change, the change is what the cashier needs. */
  #display(sale: Done) {
    const { t } = this.translator;
    const hasChange = sale.change > 0;
    const isCash = sale.payments.some((payment) => payment.tender === 'cash');
    const amount = hasChange ? sale.change : sale.total;
    return html`<div slot="display" class="display" data-tone=${toneOf(sale)}>
      <span class="stamp">${sign(SIGNS[toneOf(sale)], 84)}</span>
      <p class="paid">
        <span class="word" data-testid="paid">${this.#word(sale)}</span>
        ${hasChange ? html`<strong class="figure" data-testid="total">${this.money(sale.total)}</strong>` : nothing}
        ${isCash && !hasChange ? html`<strong class="figure">${t('done.change')} <span data-testid="change">${this.money(sale.change)}</span></strong>` : nothing}
      </p>
      <pos-amount
        .tone=${toneOf(sale)}
        name=${hasChange ? 'change' : 'total'}
        .label=${hasChange ? t('done.change') : isCash ? t('done.no-change') : this.#paidBy(sale)}
        .value=${this.money(amount)}
      ></pos-amount>
    </div>`;
  }

  /** Only money that is there, or that its channel vouches for, is called paid. */
  #word(sale: Done): string {
    const tone = toneOf(sale);
    if (tone === 'warn') return this.p('done.noted');
    if (tone === 'ink') return this.p('done.on-account');
    return this.t(sale.recovered ? 'done.recovered' : 'done.paid');
  }

  #paidBy({ payments }: Done): string {
    const [first] = payments;
    if (first === undefined) return '';
    if (payments.some((payment) => payment.tender === 'static-code')) return this.p('done.on-trust');
    if (payments.length > 1) return this.p('done.parts', { count: payments.length });
    const { tender } = first;
    return tender === 'credit'
      ? this.tenderName(first)
      : this.p('done.by', { tender: this.tenderName(first) });
  }

  /** What it was paid with, when that is not one payment in cash. */
  #payments({ payments }: Done) {
    const isPlain = payments.length === 1 && payments[0]?.tender === 'cash';
    if (isPlain) return nothing;
    return html`<section class="payments" aria-label=${this.p('done.payments')} data-testid="payments">
      ${payments.map(
        (payment) => html`<p>
          <span>${this.tenderName(payment)}${payment.account === undefined ? nothing : html` · ${payment.account}`}
            ${payment.approval?.card === undefined ? nothing : html`<small class="figure">${inOrder(payment.approval.card, this.translator.direction)}</small>`}
            ${payment.approval?.offline ? html`<small>${this.p('slip.offline')}</small>` : nothing}</span>
          <span class="figure">${this.money(payment.amount)}</span>
        </p>`,
      )}
    </section>`;
  }

  #slip({ slip }: Done) {
    const { t } = this.translator;
    const words = slipWords(slip, this.translator);
    const reason = slip.at === 'unconfirmed' || slip.at === 'failed' ? slip.reason : undefined;
    return html`<section class="paper-state" aria-label=${t('slip.title')}>
      <p class="state ${words.tone}" role="status" data-testid="slip" data-state=${slip.at}>
        ${keyed(words.text, html`${icon(words.icon, 28)} <span>${words.text}</span>`)}
      </p>
      <div class="buttons">
        <button
          type="button"
          class="button"
          data-testid="print"
          ?disabled=${slip.at === 'printing'}
          @click=${() => this.services.checkout.send({ type: 'print' })}
        >
          ${keyed(words.print, html`${icon('printer')} <span>${words.print}</span>`)}
        </button>
        <button type="button" class="button other" data-testid="system-print" ?disabled=${this.receipt === undefined} @click=${this.#printBySystem}>
          ${t('slip.by-system')}
        </button>
        ${
          reason === undefined || reason === 'no-printer'
            ? nothing
            : html`<button type="button" class="button quiet" data-testid="explain" @click=${() => this.#explain(true)}>${t('common.explain')}</button>`
        }
      </div>
      ${
        reason === undefined
          ? nothing
          : html`<pos-dialog .shown=${this.explaining} .heading=${t('slip.title')} .closing=${t('common.close')} @pos-close=${() => this.#explain(false)}>
              <pos-article .article=${this.translator.article(reason, 'print')}></pos-article>
            </pos-dialog>`
      }
    </section>`;
  }

  #electronic(sale: Done) {
    const { t } = this.translator;
    return html`<section class="electronic" aria-label=${t('done.e-receipt')}>
      <pos-qr .data=${this.painted ? sale.receiptUrl : ''} .label=${t('done.e-receipt')}></pos-qr>
      <div>
        <p class="scan">${t('done.e-receipt')}</p>
        <p class="number figure" data-testid="number">${sale.number}</p>
      </div>
    </section>`;
  }

  /** A QR code takes as long as the rest of the page: the amount does not wait for it. */
  protected override firstUpdated(): void {
    requestAnimationFrame(() =>
      setTimeout(() => {
        this.painted = true;
      }),
    );
  }

  #explain(shown: boolean): void {
    this.explaining = shown;
  }

  async #fetchReceipt({ saleId }: Done): Promise<void> {
    if (this.#receiptOf === saleId) return;
    this.#receiptOf = saleId;
    this.receipt = undefined;
    // Only the preview hangs on this: the sale is written down, whatever becomes of it.
    const detail = await this.services.orders.detail(saleId).catch(() => undefined);
    if (this.#receiptOf === saleId) this.receipt = detail?.document;
  }

  readonly #printBySystem = (): void => {
    if (this.receipt !== undefined) void this.services.devices.printBySystem(this.receipt);
  };

  readonly #typed = (event: KeyboardEvent): void => {
    const meaning = keyMeaning(event.key);
    if (meaning?.kind !== 'command' || event.repeat || isSpokenFor(event)) return;
    if (meaning.command === 'confirm') this.#next();
    else if (meaning.command === 'print') void this.services.checkout.send({ type: 'print' });
  };

  readonly #next = (): void => {
    if (this.#armed.now) void this.services.checkout.send({ type: 'next' });
  };
}

/** Green is for money. What nobody has verified is yellow, and what is owed is neither. */
function toneOf({ payments }: Done): 'good' | 'warn' | 'ink' {
  if (payments.some((payment) => payment.tender === 'static-code')) return 'warn';
  return payments.length > 0 && payments.every((payment) => payment.tender === 'credit') ? 'ink' : 'good';
}

declare global {
  interface HTMLElementTagNameMap {
    'page-done': PageDone;
  }
}
