import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { purposeOf } from '../../domain/attempt.ts';
import { sum } from '../../domain/money.ts';
import type { LivePayment, OpenSaleView } from '../../flow/attempts-service.ts';
import { icon } from '../components/icons.ts';
import { payIcon } from '../components/pay-icons.ts';
import { isOnItsWay } from '../state/live-view.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { Ticker } from '../state/ticker.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import './part-decide.ts';
import './part-live.ts';

/** Sales that were begun and not paid, and money of which nobody knows where it is: what to do about each. */
@customElement('page-open-sales')
export class PageOpenSales extends PaymentPage {
  static override styles = [
    base,
    buttons,
    panels,
    reading,
    css`
      .suspense {
        display: flex;
        flex-wrap: wrap;
        align-items: end;
        gap: 2px 32px;
        padding: 16px 18px;
        border-radius: var(--radius-l);
        background: var(--bezel);
        color: var(--bezel-ink);
      }
      .suspense dt {
        color: var(--bezel-dim);
        font-weight: 600;
      }
      .suspense dd {
        font-size: clamp(2.25rem, 10vw, 3.5rem);
        font-weight: 700;
        line-height: 1.1;
        letter-spacing: -0.02em;
      }
      .suspense p {
        flex: 1 1 240px;
        color: var(--bezel-dim);
      }
      .suspense.doubt {
        background:
          repeating-linear-gradient(-45deg, var(--warn-ink) 0 14px, var(--warn) 14px 28px) top / 100% 10px no-repeat,
          var(--bezel);
        padding-top: 24px;
      }
      h2 {
        margin-top: var(--space-4);
        font-size: var(--text-17);
      }
      .item {
        display: grid;
        gap: var(--space-12);
        padding: 14px 16px;
        border-radius: var(--radius);
        background: var(--panel);
        border-inline-start: 6px solid var(--line);
      }
      .item.doubt {
        border-inline-start-color: var(--warn);
      }
      .item.stuck {
        border-inline-start-color: var(--bad);
      }
      .head {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr) auto;
        align-items: center;
        gap: 4px 14px;
      }
      .head strong {
        font-size: var(--text-17);
        line-height: 1.25;
      }
      .head small {
        display: block;
        font-size: var(--text-14);
        color: var(--ink-dim);
      }
      .amount {
        font-size: var(--text-24);
        font-weight: 700;
      }
      .empty {
        display: grid;
        justify-items: center;
        gap: 14px;
        padding: 40px 16px;
        text-align: center;
        color: var(--ink-dim);
      }
    `,
  ];

  /** The stuck attempt that a manager is at. */
  @state() private managing: string | undefined;

  constructor() {
    super();
    new Ticker(this, () => this.services.attempts.state.value.length > 0);
  }

  override render() {
    const attempts = this.follow(this.services.attempts.state);
    const sales = this.follow(this.services.openSales.state);
    // The attempt of an open sale is shown with its sale.
    const alone = attempts.filter(({ attempt }) => !sales.some(({ sale }) => sale.saleId === attempt.saleId));
    const doubtful = alone.filter((live) => !isOnItsWay(live));
    const onItsWay = alone.filter(isOnItsWay);
    const isEmpty = sales.length === 0 && alone.length === 0;
    return html`<div class="column">
      <div class="title">
        <a class="button icon other" href="#/orders" aria-label=${this.t('common.back')}>${icon('back')}</a>
        <h1 tabindex="-1">${this.p('open.title')}</h1>
      </div>
      ${this.#suspense(attempts.filter((live) => !isOnItsWay(live)))}
      ${isEmpty ? html`<div class="empty" data-testid="open-empty">${icon('check', 56)}<p>${this.p('open.empty')}</p></div>` : nothing}
      ${sales.length === 0 ? nothing : html`<h2>${this.p('open.sales')}</h2><ul class="stack" data-testid="open-sales">${sales.map((each) => this.#sale(each))}</ul>`}
      ${doubtful.length === 0 ? nothing : html`<h2>${this.p('open.attempts')}</h2><ul class="stack" data-testid="open-attempts">${doubtful.map((each) => this.#attempt(each))}</ul>`}
      ${onItsWay.length === 0 ? nothing : html`<h2>${this.p('open.on-its-way')}</h2><ul class="stack" data-testid="open-on-its-way">${onItsWay.map((each) => this.#attempt(each))}</ul>`}
    </div>`;
  }

  #suspense(attempts: readonly LivePayment[]) {
    const total = sum(attempts.map(({ attempt }) => attempt.amount));
    return html`<section class="suspense ${attempts.length > 0 ? 'doubt' : ''}">
      <dl><dt>${this.p('open.suspense')} · ${this.p('open.count', { count: attempts.length })}</dt><dd class="figure" data-testid="suspense">${this.money(total)}</dd></dl>
      <p>${this.p('open.suspense-why')}</p>
    </section>`;
  }

  #sale({ sale, paid, remaining, live }: OpenSaleView) {
    const taken = sum(paid.map((payment) => payment.amount));
    const what = live === undefined ? this.p('open.sales') : this.p(`state.${live.state}`);
    return html`<li class="item ${lookOf(live)}" data-testid="open-sale">
      <div class="head">
        ${payIcon(live === undefined ? 'split' : 'clock', 28)}
        <div>
          <strong>${what}</strong>
          <small class="figure">${this.p('open.paid', { paid: this.money(taken), remaining: this.money(remaining) })}</small>
        </div>
        <span class="amount figure">${this.money(remaining)}</span>
      </div>
      ${live === undefined ? nothing : this.#doing(live)}
      <div class="actions">
        <button type="button" class="button primary" data-testid="resume" ?disabled=${!this.#isFree()} @click=${() => this.#resume(sale.saleId)}>${this.p('open.resume')}</button>
        ${live === undefined ? nothing : this.#buttons(live)}
      </div>
      ${this.#isFree() ? nothing : html`<p class="dim">${this.p('open.resume-busy')}</p>`}
    </li>`;
  }

  #attempt(live: LivePayment) {
    const { attempt } = live;
    return html`<li class="item ${lookOf(live)}" data-testid="open-attempt">
      <div class="head">
        ${payIcon(purposeOf(attempt) === 'sale' ? 'clock' : 'refund', 28)}
        <div>
          <strong>${this.p(`state.${live.state}`)}</strong>
          <small>${this.p(`purpose.${purposeOf(attempt)}`)} · ${this.tenderName(attempt)}</small>
        </div>
        <span class="amount figure">${this.amountOf(attempt)}</span>
      </div>
      ${this.#doing(live)}
      <div class="actions">${this.#buttons(live)}</div>
    </li>`;
  }

  #doing(live: LivePayment) {
    if (live.attempt.attemptId === this.managing && live.state === 'stuck')
      return html`<part-decide .live=${live}></part-decide>`;
    return html`<part-live .live=${live}></part-live>`;
  }

  #buttons({ attempt, state: at, canReverse }: LivePayment) {
    const { attempts } = this.services;
    const { attemptId } = attempt;
    const isManaging = this.managing === attemptId;
    return html`
      <button type="button" class="button other" data-testid="inquire-now" @click=${() => attempts.inquireNow(attemptId)}>${icon('update')} ${this.p('live.inquire')}</button>
      ${canReverse && at !== 'reversing' && at !== 'stuck' ? html`<button type="button" class="button other" data-testid="reverse" @click=${() => attempts.reverse(attemptId)}>${this.p('live.reverse')}</button>` : nothing}
      ${
        at === 'stuck'
          ? html`<button
              type="button"
              class="button ${isManaging ? 'other' : 'primary'}"
              data-testid="manager"
              aria-expanded=${isManaging}
              @click=${() => {
                this.managing = isManaging ? undefined : attemptId;
              }}
            >
              ${payIcon('person')} ${isManaging ? this.t('common.back') : this.p('open.manager')}
            </button>`
          : nothing
      }
    `;
  }

  /** Nothing is in hand that would be lost. */
  #isFree(): boolean {
    const now = this.follow(this.services.checkout.state);
    return now.at === 'done' || (now.at === 'editing' && now.lines.length === 0 && now.entry === '');
  }

  async #resume(saleId: OpenSaleView['sale']['saleId']): Promise<void> {
    await this.services.openSales.resume(saleId);
    location.hash = '#/till';
  }
}

const lookOf = (live: LivePayment | undefined): string =>
  live === undefined || isOnItsWay(live) ? '' : live.state === 'stuck' ? 'stuck' : 'doubt';

declare global {
  interface HTMLElementTagNameMap {
    'page-open-sales': PageOpenSales;
  }
}
