import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { receiptNumber, type SaleId } from '../../domain/ids.ts';
import { due } from '../../domain/sale.ts';
import { changeDue } from '../../domain/tender.ts';
import type { OrderDetail } from '../../flow/services.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import { isSynced } from '../../flow/orders/synced.ts';
import { approvalRows } from '../state/approval-rows.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import './part-refund.ts';
import './part-slip.ts';
import './part-timeline.ts';
import './part-tip.ts';

/** One sale: its figures, its paper, and everything that the journal says of it. */
@customElement('page-order')
export class PageOrder extends PaymentPage {
  static override styles = [
    base,
    buttons,
    panels,
    reading,
    css`
      .total {
        font-size: clamp(2.5rem, 12vw, 4rem);
        font-weight: 700;
        line-height: 1.1;
        letter-spacing: -0.02em;
      }
      .figures dt {
        color: var(--ink-dim);
      }
      .figures dd {
        font-weight: 650;
        text-align: end;
        overflow-wrap: anywhere;
      }
      .preview {
        max-width: 420px;
        justify-self: center;
        width: 100%;
        box-shadow: var(--lift-sheet);
        border-radius: 4px;
        overflow: hidden;
      }
      .synced {
        display: flex;
        gap: var(--space-8);
        align-items: center;
        font-weight: 600;
      }
      /* While money goes back, that is what the page is about. */
      part-refund[active] {
        order: -1;
      }
      .gone {
        font-weight: 650;
        color: var(--warn-text);
      }
      .which {
        display: flex;
        justify-content: space-between;
        gap: var(--space-12);
      }
      .mark {
        font-weight: 650;
        color: var(--warn-text);
      }
      .tight {
        min-height: 34px;
        padding: 2px 0;
      }
      .outcome {
        min-height: 24px;
      }
    `,
  ];

  @property({ attribute: false }) saleId: SaleId | undefined;
  @state() private order: OrderDetail | 'loading' | 'missing' = 'loading';
  @state() private outcome = '';
  @state() private printing = false;
  #shown = '';

  override render() {
    const { journal } = this.follow(this.services.life.strip);
    const { saleId } = this;
    const wanted = `${saleId}-${journal.head?.seq}`;
    if (saleId !== undefined && wanted !== this.#shown) {
      this.#shown = wanted;
      void this.#fetch(saleId);
    }
    const { t } = this.translator;
    return html`<div class="column">
      <div class="title">
        <a class="button icon other" href="#/orders" aria-label=${t('common.back')}>${icon('back')}</a>
        <h1 tabindex="-1">${t('order.title')}</h1>
      </div>
      ${typeof this.order === 'string' ? html`<p role="status">${t(this.order === 'loading' ? 'common.loading' : 'order.missing')}</p>` : this.#detail(this.order)}
    </div>`;
  }

  #detail(order: OrderDetail) {
    const { t } = this.translator;
    const { record } = order;
    const synced = isSynced(record, this.services.life.strip.value.journal);
    return html`<div class="two">
      <div class="stack">
        <section class="panel">
          <p class="total figure" data-testid="order-total">${this.money(due(record.sale))}</p>
          ${record.refunded === undefined ? nothing : html`<p class="gone" data-testid="refunded">${this.p('refund.done', { amount: this.money(record.refunded) })}</p>`}
          <p class="synced">${icon(synced ? 'check' : 'upload')} ${t(synced ? 'order.synced' : 'order.unsynced')}</p>
          ${this.#figures(order)}
          <div class="actions">
            <button type="button" class="button primary" data-testid="reprint" ?disabled=${this.printing} @click=${() => this.#reprint(record.sale.saleId)}>
              ${icon('printer')} ${t(record.papers > 0 ? 'order.reprint' : 'slip.print')}
            </button>
            <button type="button" class="button other" data-testid="system-print" @click=${() => this.services.devices.printBySystem(order.document)}>
              ${t('slip.by-system')}
            </button>
          </div>
          <p class="outcome" role="status" data-testid="outcome">${this.outcome}</p>
        </section>
        ${this.#slips(order)}
        <part-tip .record=${record}></part-tip>
        <part-refund .record=${record}></part-refund>
        <part-timeline .entries=${order.entries}></part-timeline>
      </div>
      <div class="preview"><part-slip .document=${order.document}></part-slip></div>
    </div>`;
  }

  #figures({ record }: OrderDetail) {
    const { t, dateTime } = this.translator;
    const { sale, till, head, at, operator, papers } = record;
    const rows: readonly (readonly [string, string])[] = [
      [t('order.number'), receiptNumber(till, head.epoch, head.seq)],
      [t('order.time'), dateTime(at, this.shop?.timeZone)],
      [t('order.operator'), this.operatorName(operator)],
      ...(sale.adjustments ?? []).map(
        ({ kind, amount }) => [this.p(`adjustment.${kind}`), this.money(amount)] as const,
      ),
      ...(sale.tip === undefined ? [] : [[this.p('tender.tip'), this.money(sale.tip)] as const]),
      ...(sale.rounding === 0 ? [] : [[t('receipt.rounding'), this.money(sale.rounding)] as const]),
      ...sale.payments.flatMap((payment) => [
        [t(`tender.${payment.tender}`), this.money(payment.tendered ?? payment.amount)] as const,
        ...(payment.tendered === undefined
          ? []
          : [[t('tender.change'), this.money(changeDue(payment.amount, payment.tendered))] as const]),
      ]),
      [t('order.papers'), String(papers)],
    ];
    return html`<dl class="figures">${rows.map(([label, value]) => html`<div class="row"><dt>${label}</dt><dd class="figure">${value}</dd></div>`)}</dl>`;
  }

  /** What the channels said of each payment: the fields by which a bank or a wallet finds it again. */
  #slips({ record }: OrderDetail) {
    const told = record.sale.payments.filter(({ approval, account }) => approval ?? account);
    if (told.length === 0) return nothing;
    return html`<section class="panel" data-testid="slip-details">
      <h2>${this.p('slip.title')}</h2>
      ${told.map((payment) => {
        const { approval } = payment;
        return html`
          <p class="which"><strong>${this.tenderName(payment)}</strong> <span class="figure">${this.money(payment.amount)}</span></p>
          ${approval?.demo ? html`<p class="mark">${this.p('slip.demo')}</p>` : nothing}
          ${approval?.offline ? html`<p class="mark">${this.p('slip.offline')}</p>` : nothing}
          <dl class="figures">${approvalRows(payment, this.speaker).map(([name, value]) => html`<div class="row tight"><dt>${name}</dt><dd class="figure">${value}</dd></div>`)}</dl>
        `;
      })}
    </section>`;
  }

  async #fetch(saleId: SaleId): Promise<void> {
    const detail = await this.services.orders.detail(saleId).catch(() => undefined);
    if (this.saleId === saleId) this.order = detail ?? 'missing';
  }

  async #reprint(saleId: SaleId): Promise<void> {
    this.printing = true;
    this.outcome = this.t('slip.printing');
    const outcome = await this.services.orders.reprint(saleId);
    this.printing = false;
    const { t, article } = this.translator;
    if (outcome.kind === 'confirmed') this.outcome = t('slip.printed');
    else if (outcome.kind === 'unconfirmed')
      this.outcome = t('slip.unconfirmed', { reason: article(outcome.reason, 'print').title });
    else this.outcome = t('slip.failed', { reason: article(outcome.reason, 'print').title });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-order': PageOrder;
  }
}
