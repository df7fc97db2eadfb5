import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SaleRecord } from '../../domain/journal.ts';
import { minor } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import type { RefundQuote } from '../../flow/refund-service.ts';
import { icon } from '../components/icons.ts';
import { payIcon } from '../components/pay-icons.ts';
import { isOnItsWay } from '../state/live-view.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { choiceOf, newRefundDraft, type RefundDraft, reasonOf } from '../state/refund-draft.ts';
import { refundSaid } from '../state/refund-words.ts';
import { fields } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { choosingPanel } from './part-refund.choosing.ts';
import { coursePanel } from './part-refund.course.ts';
import { refundStyles } from './part-refund.styles.ts';

/** Money that goes back for one sale: what, how much, which way it goes, who allows it, and how it went. */
@customElement('part-refund')
export class PartRefund extends PaymentPage {
  static override styles = [base, buttons, panels, fields, refundStyles];

  @property({ attribute: false }) record: SaleRecord | undefined;
  @state() private draft: RefundDraft | undefined;
  @state() private quote: RefundQuote | undefined;
  @state() private past: readonly Refund[] = [];
  /** What the quote was asked for. */
  @state() private quotedFor = '';
  #asked = '';

  override render() {
    const { record } = this;
    if (record === undefined) return nothing;
    const now = this.follow(this.services.refunds.state);
    const { head } = this.follow(this.services.life.strip).journal;
    this.#fetch(record, `${head?.seq}`);
    const isHere = now.at !== 'idle' && now.refund.saleId === record.sale.saleId;
    return html`
      <p class="heard" role="status" data-testid="refund-said">${isHere ? refundSaid(now, this.#teller) : nothing}</p>
      ${isHere ? html`<section class="panel" data-testid="refund-panel" data-at=${now.at}>${coursePanel(now, this.#teller, this.services.refunds)}</section>` : this.#start(record, now.at !== 'idle')}
      ${this.#list()}
    `;
  }

  protected override updated(): void {
    const now = this.services.refunds.state.value;
    const isHere = now.at !== 'idle' && now.refund.saleId === this.record?.sale.saleId;
    this.toggleAttribute('active', isHere || this.draft !== undefined);
    const shown = isHere ? now.at : (this.draft?.kind ?? '');
    if (shown === this.#at) return;
    const isFirst = this.#at === undefined;
    this.#at = shown;
    if (!isFirst) void this.#keepFocus();
    // After the panel has its full height, or the browser would keep in place what is below it.
    if (shown !== '') requestAnimationFrame(() => this.scrollIntoView({ block: 'start' }));
  }

  #at: string | undefined;

  /** What was pressed is gone with its panel: the reader's place is the next one's heading, unless it is elsewhere by now. */
  async #keepFocus(): Promise<void> {
    const grant = this.renderRoot.querySelector('pos-grant');
    await grant?.updateComplete;
    const isElsewhere = document.activeElement !== document.body && this.shadowRoot?.activeElement == null;
    if (isElsewhere) return;
    if (grant !== null && this.#at === 'granting') return grant.focusHeading();
    const next = '.panel [tabindex="-1"], [data-testid="refund"]:enabled';
    this.renderRoot.querySelector<HTMLElement>(next)?.focus();
  }

  get #teller() {
    const { speaker, translator, currency } = this;
    return { speaker, translator, currency };
  }

  #start(record: SaleRecord, isBusy: boolean) {
    if (this.draft !== undefined) return this.#choosing(record, this.draft);
    const { quote } = this;
    if (quote === undefined) return nothing;
    if (quote.left <= 0) return html`<section class="panel"><p>${this.p('refund.none-left')}</p></section>`;
    return html`<section class="panel">
      <div class="pair">
        <button type="button" class="button other" data-testid="void" ?disabled=${!quote.canVoid || isBusy} @click=${() => this.#begin('void')}>${icon('undo')} ${this.p('refund.void')}</button>
        <button type="button" class="button other" data-testid="refund" ?disabled=${isBusy} @click=${() => this.#begin('refund')}>${payIcon('refund')} ${this.p('refund.refund')}</button>
      </div>
      ${quote.canVoid ? html`<p class="dim">${this.p('refund.void-why')}</p>` : nothing}
    </section>`;
  }

  #choosing(record: SaleRecord, draft: RefundDraft) {
    const { quote, past } = this;
    const isQuoted = this.quotedFor === this.#asked;
    return choosingPanel(
      {
        ...{ record, draft, quote, isQuoted, past },
        change: (next) => {
          this.draft = next;
        },
        cancel: () => {
          this.draft = undefined;
        },
        start: () => this.#send(record, draft),
      },
      this.#teller,
    );
  }

  #list() {
    if (this.past.length === 0) return nothing;
    const onItsWay = this.follow(this.services.attempts.state).filter(isOnItsWay);
    const isWaitedFor = (refund: Refund): boolean =>
      refund.parts.some((part) => onItsWay.some(({ attempt }) => attempt.attemptId === part.attemptId));
    return html`<section class="panel">
      <h2>${this.p('refund.list')}</h2>
      <ul class="past" data-testid="refunds">
        ${this.past.map(
          (refund) => html`<li>
            <span>${this.p(`purpose.${refund.kind}`)}</span><strong class="figure">${this.money(minor(-refund.amount))}</strong>
            <small>${isWaitedFor(refund) ? `${this.p('refund.on-its-way')} · ` : ''}${refund.day} · ${refund.parts.map((part) => this.tenderName(part)).join(' + ')}${refund.reason === undefined ? '' : ` · ${refund.reason}`}</small>
          </li>`,
        )}
      </ul>
    </section>`;
  }

  readonly #begin = (kind: Refund['kind']): void => {
    this.draft = newRefundDraft(kind);
  };

  #send({ sale }: SaleRecord, draft: RefundDraft): void {
    this.draft = undefined;
    const { kind } = draft;
    const choice = choiceOf(draft, this.currency);
    void this.services.refunds.send({ type: 'start', saleId: sale.saleId, choice, kind, ...reasonOf(draft) });
  }

  #fetch({ sale }: SaleRecord, head: string): void {
    const choice = choiceOf(this.draft, this.currency);
    const wanted = `${sale.saleId} ${head} ${this.draft?.kind ?? ''} ${JSON.stringify(choice)}`;
    if (wanted === this.#asked) return;
    this.#asked = wanted;
    const { refunds } = this.services;
    Promise.all([refunds.quote(sale.saleId, choice), refunds.of(sale.saleId)]).then(
      ([quote, past]) => {
        if (this.#asked !== wanted) return;
        this.quote = quote;
        this.past = past;
        this.quotedFor = wanted;
      },
      () => {
        this.#asked = '';
      },
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-refund': PartRefund;
  }
}
