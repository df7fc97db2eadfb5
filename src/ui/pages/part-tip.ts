import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SaleRecord } from '../../domain/journal.ts';
import type { SalePayment } from '../../domain/tender.ts';
import '../components/pos-sum-field.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { typedAmount } from '../state/typed-amount.ts';
import { base, buttons, panels } from '../styles/shared.ts';

/** 小费 on a card payment of a sale that is done. What becomes of it is shown where card movements are. */
@customElement('part-tip')
export class PartTip extends PaymentPage {
  static override styles = [
    base,
    buttons,
    panels,
    css`
      .row {
        display: grid;
        gap: 10px;
      }
    `,
  ];

  @property({ attribute: false }) record: SaleRecord | undefined;
  @state() private asking: SalePayment | undefined;
  @state() private text = '';

  override render() {
    const cards = this.record?.sale.payments.filter(({ tender }) => tender === 'card') ?? [];
    if (cards.length === 0) return nothing;
    const { asking } = this;
    return html`<section class="panel">
      ${asking === undefined ? cards.map((payment) => this.#button(payment)) : this.#field(asking)}
    </section>`;
  }

  #button(payment: SalePayment) {
    return html`<button
      type="button"
      class="button other"
      data-testid="tip-add"
      @click=${() => {
        this.asking = payment;
        this.text = '';
      }}
    >
      ${this.p('tip.add', { amount: this.moneyOf(payment.amount) })}
    </button>`;
  }

  #field(payment: SalePayment) {
    const amount = typedAmount(this.text, this.currency);
    return html`<div class="row">
      <pos-sum-field
        name="tip-amount"
        .label=${this.p('tip.amount')}
        .value=${this.text}
        @pos-text=${(event: CustomEvent<{ readonly value: string }>) => {
          this.text = event.detail.value;
        }}
        @pos-enter=${() => this.#give(payment)}
      ></pos-sum-field>
      <div class="actions">
        <button type="button" class="button other" @click=${() => {
          this.asking = undefined;
        }}>${this.t('common.back')}</button>
        <button type="button" class="button primary" data-testid="tip-do" ?disabled=${amount === undefined} @click=${() => this.#give(payment)}>${amount === undefined ? this.p('tip.amount') : this.p('tip.do', { amount: this.moneyOf(amount) })}</button>
      </div>
    </div>`;
  }

  #give({ attemptId }: SalePayment): void {
    const amount = typedAmount(this.text, this.currency);
    const saleId = this.record?.sale.saleId;
    if (amount === undefined || saleId === undefined) return;
    this.asking = undefined;
    void this.services.authorisations.send({ type: 'tip', saleId, original: attemptId, amount });
    location.hash = '#/authorisations';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-tip': PartTip;
  }
}
