import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { changeDue } from '../../domain/tender.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-amount.ts';
import '../components/pos-lines.ts';
import '../components/pos-stage.ts';
import { Armed } from '../state/armed.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { reference } from '../state/reference.ts';
import { shownLines } from '../state/shown-lines.ts';
import { base, buttons } from '../styles/shared.ts';

/** After a restart in the middle of a sale: only a person knows whether the cash changed hands, or the money came. */
@customElement('page-asking')
export class PageAsking extends PaymentPage {
  static override styles = [
    base,
    buttons,
    css`
      :host {
        display: block;
        height: 100%;
      }
      .question {
        display: grid;
        align-content: start;
        gap: var(--space-12);
      }
      h1 {
        font-size: clamp(1.375rem, 5vw, 2rem);
        line-height: 1.25;
      }
      dl {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--space-8) var(--space-16);
      }
      dt {
        font-size: var(--text-14);
        color: var(--ink-dim);
      }
      dd {
        font-weight: 650;
        font-size: var(--text-18);
      }
      .answers {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--gap);
      }
      .answers .big {
        font-size: var(--text-18);
        padding-inline: var(--space-8);
      }
      .hint {
        display: flex;
        gap: var(--space-8);
        color: var(--ink-dim);
      }
    `,
  ];

  @state() private answered = false;
  readonly #armed = new Armed(this);

  override render() {
    const sale = this.follow(this.services.checkout.state);
    if (sale.at !== 'asking') return html``;
    const { t } = this.translator;
    const { attempt } = sale;
    const amount = this.money(attempt.amount);
    const isCash = attempt.tender === 'cash';
    const tendered = attempt.tendered ?? attempt.amount;
    return html`
      <pos-stage tone="warn" no-paper words>
        <pos-amount slot="display" tone="warn" .label=${t('asking.label')} .value=${amount}></pos-amount>
        <pos-lines
          slot="paper"
          fixed
          .lines=${shownLines(sale.sale.lines, sale.sale.currency, this.translator)}
          .words=${{ title: t('till.basket'), empty: '', remove: '', undo: '' }}
        ></pos-lines>
        <div slot="keys" class="question" data-testid="asking">
          <h1 tabindex="-1">${isCash ? t('asking.question', { amount }) : this.p('asking.question', { amount, tender: this.tenderName(attempt) })}</h1>
          <p>${isCash ? t('asking.why') : this.p('asking.why')}</p>
          <dl>
            ${
              isCash
                ? html`<div><dt>${t('tender.received')}</dt><dd class="figure">${this.money(tendered)}</dd></div>
                    <div><dt>${t('tender.change')}</dt><dd class="figure">${this.money(changeDue(attempt.amount, tendered))}</dd></div>`
                : nothing
            }
            ${attempt.account === undefined ? nothing : html`<div><dt>${this.p('asking.account')}</dt><dd>${attempt.account}</dd></div>`}
            <div><dt>${t('asking.reference')}</dt><dd class="figure">${reference(attempt.attemptId)}</dd></div>
            <div><dt>${t('asking.lines')}</dt><dd class="figure">${sale.sale.lines.length}</dd></div>
          </dl>
          <p class="hint">${icon('drawer')} <span>${isCash ? t('asking.hint') : this.p('asking.hint')}</span></p>
        </div>
        <div slot="action" class="answers">
          ${this.#answer('no')}${this.#answer('yes')}
        </div>
      </pos-stage>
    `;
  }

  #answer(answer: 'yes' | 'no') {
    const received = answer === 'yes';
    return html`<button
      type="button"
      class="button big ${received ? 'good' : 'other'}"
      data-testid="answer-${answer}"
      aria-disabled=${!this.#armed.now}
      ?disabled=${this.answered}
      @click=${() => this.#send(received)}
    >
      ${icon(received ? 'check' : 'cross', 28)} ${this.t(received ? 'asking.yes' : 'asking.no')}
    </button>`;
  }

  #send(received: boolean): void {
    if (!this.#armed.now) return;
    this.answered = true;
    // A refusal of the disk leaves the question open: it may be answered again.
    void this.services.checkout.send({ type: 'answer', received }).then(() => {
      this.answered = false;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-asking': PageAsking;
  }
}
