import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SaleRecord } from '../../domain/journal.ts';
import { minor, sum } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import type { RefundChoice } from '../../domain/refund-quote.ts';
import type { RefundEvent, RefundQuote, RefundState } from '../../flow/refund-service.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-choice.ts';
import '../components/pos-grant.ts';
import '../components/pos-sum-field.ts';
import { payIcon } from '../components/pay-icons.ts';
import { sign } from '../components/signs.ts';
import { isOnItsWay } from '../state/live-view.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { type ChosenLines, leftOfLine, stepOf } from '../state/refund-lines.ts';
import { doneWords, givenUpWords, refundSaid } from '../state/refund-words.ts';
import { slipWords } from '../state/slip-words.ts';
import { typedAmount } from '../state/typed-amount.ts';
import { fields } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import './part-live.ts';
import { refundStyles } from './part-refund.styles.ts';

type By = RefundChoice['by'];
type Kind = Refund['kind'];
type Shown<At extends RefundState['at']> = Extract<RefundState, { at: At }>;

/** Money that goes back for one sale: what, how much, which way it goes, who allows it, and how it went. */
@customElement('part-refund')
export class PartRefund extends PaymentPage {
  static override styles = [base, buttons, panels, fields, refundStyles];

  @property({ attribute: false }) record: SaleRecord | undefined;
  @state() private choosing: Kind | undefined;
  @state() private by: By = 'all';
  @state() private lines: ChosenLines = new Map();
  @state() private amount = '';
  @state() private reason = '';
  @state() private quote: RefundQuote | undefined;
  @state() private past: readonly Refund[] = [];
  /** The figures are those of the choice as it stands. */
  @state() private isQuoted = false;
  #quoted = '';

  override render() {
    const { record } = this;
    if (record === undefined) return nothing;
    const now = this.follow(this.services.refunds.state);
    const { head } = this.follow(this.services.life.strip).journal;
    this.#fetch(record, `${head?.seq}`);
    const isHere = now.at !== 'idle' && now.refund.saleId === record.sale.saleId;
    return html`
      <p class="heard" role="status" data-testid="refund-said">${isHere ? refundSaid(now, this.#teller) : nothing}</p>
      ${isHere ? html`<section class="panel" data-testid="refund-panel" data-at=${now.at}>${this.#under(now)}</section>` : this.#start(record, now.at !== 'idle')}
      ${this.#list()}
    `;
  }

  protected override updated(): void {
    const now = this.services.refunds.state.value;
    const isHere = now.at !== 'idle' && now.refund.saleId === this.record?.sale.saleId;
    this.toggleAttribute('active', isHere || this.choosing !== undefined);
    const shown = isHere ? now.at : (this.choosing ?? '');
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
    if (this.choosing !== undefined) return this.#choose(record, this.choosing);
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

  #choose(record: SaleRecord, kind: Kind) {
    const { quote } = this;
    const isVoid = kind === 'void';
    const amount = quote?.amount ?? 0;
    const isReady = this.isQuoted && quote !== undefined && quote.problem === undefined && amount > 0;
    return html`<section class="panel" data-testid="refund-choose">
      <h2 tabindex="-1">${this.p(isVoid ? 'refund.void' : 'refund.title')}</h2>
      ${isVoid ? html`<p class="dim">${this.p('refund.void-why')}</p>` : this.#what(record)}
      ${this.#quoteFigures(quote)}
      <label class="field">
        <span>${this.p('refund.reason')}</span>
        <input
          class="text"
          data-testid="refund-reason"
          maxlength="64"
          autocomplete="off"
          .value=${this.reason}
          @input=${(event: InputEvent) => {
            this.reason = (event.target as HTMLInputElement).value;
          }}
        />
      </label>
      <div class="foot">
        <button
          type="button"
          class="button other"
          data-testid="refund-cancel"
          @click=${() => {
            this.choosing = undefined;
          }}
        >
          ${this.p('refund.cancel')}
        </button>
        <button type="button" class="button danger" data-testid="refund-start" ?disabled=${!isReady} @click=${() => this.#send(record, kind)}>
          ${this.p(isVoid ? 'refund.start-void' : 'refund.start', { amount: this.moneyOf(amount) })}
        </button>
      </div>
    </section>`;
  }

  #what(record: SaleRecord) {
    const options = (['all', 'lines', 'amount'] as const).map((value) => ({
      value,
      label: this.p(`refund.by.${value}`),
    }));
    return html`
      <pos-choice
        name="refund-by"
        .label=${this.p('refund.what')}
        .value=${this.by}
        .options=${options}
        @pos-choose=${(event: CustomEvent<{ readonly value: string }>) => {
          this.by = event.detail.value as By;
          this.#ask();
        }}
      ></pos-choice>
      ${this.by === 'lines' ? this.#lines(record) : nothing}
      ${
        this.by === 'amount'
          ? html`<pos-sum-field
              name="refund-amount"
              .label=${this.p('refund.amount')}
              .value=${this.amount}
              @pos-text=${(event: CustomEvent<{ readonly value: string }>) => {
                this.amount = event.detail.value;
                this.#ask();
              }}
            ></pos-sum-field>`
          : nothing
      }
    `;
  }

  #lines({ sale }: SaleRecord) {
    return html`<ul class="lines" data-testid="refund-lines">
      ${sale.lines.map((line) => {
        const left = leftOfLine(line, this.past);
        const chosen = this.lines.get(line.id) ?? 0;
        const name = line.name === '' ? this.t('till.amount-line') : line.name;
        const change = (by: 1 | -1): void => {
          this.lines = new Map(this.lines).set(line.id, stepOf(chosen, left, by));
          this.#ask();
        };
        return html`<li>
          <span>${name}<br /><small class="dim figure">${this.money(line.amount)}</small></span>
          <span class="stepper">
            <button type="button" class="button icon other" data-testid="line-less" aria-label=${this.p('refund.line-less', { name })} ?disabled=${chosen === 0} @click=${() => change(-1)}>${payIcon('minus')}</button>
            <span class="figure" data-testid="line-count">${chosen / 1_000}<small>/ ${left / 1_000}</small></span>
            <button type="button" class="button icon other" data-testid="line-more" aria-label=${this.p('refund.line-more', { name })} ?disabled=${chosen >= left} @click=${() => change(1)}>${payIcon('plus')}</button>
          </span>
        </li>`;
      })}
    </ul>`;
  }

  #quoteFigures(quote: RefundQuote | undefined) {
    if (quote === undefined) return html`<p role="status">${this.t('common.loading')}</p>`;
    const { problem, points } = quote;
    const isAsked = problem !== undefined && problem !== 'nothing-chosen';
    return html`
      <div class="back" aria-live="polite">
        <dl>
          <dt>${this.p('refund.goes-back')}</dt>
          <dd class="big figure" data-testid="refund-total">${this.money(quote.amount)}</dd>
        </dl>
        ${quote.parts.map((part) => html`<p data-testid="refund-part"><span>${this.tenderName(part)}</span><span class="figure">${this.money(part.amount)}</span></p>`)}
        ${points === undefined || points === 0 ? nothing : html`<p>${this.p('refund.points', { amount: this.money(points) })}</p>`}
        <p>${this.p('refund.left', { amount: this.money(quote.left) })}</p>
      </div>
      ${isAsked ? html`<p class="problem" role="alert" data-testid="refund-problem" data-code=${problem}>${icon('alert')} ${this.#words(problem)}</p>` : nothing}
    `;
  }

  #under(now: Exclude<RefundState, { at: 'idle' }>) {
    switch (now.at) {
      case 'granting':
        return this.#grant(
          this.p('refund.granting', { amount: this.money(now.refund.amount) }),
          now.problem,
          {
            granted: (pin) => ({ type: 'grant', pin }),
            cancel: this.p('refund.cancel'),
          },
        );
      case 'running':
        return this.#running(now);
      case 'part-refused':
        return this.#refused(now);
      case 'done':
        return this.#done(now);
      case 'given-up':
        return this.#givenUp(now);
      default:
        return now satisfies never;
    }
  }

  #grant(
    what: string,
    problem: string | undefined,
    { granted, cancel }: { granted(pin: string): RefundEvent; readonly cancel: string },
  ) {
    const { refunds } = this.services;
    return html`<pos-grant
      .words=${{ what, pin: this.p('grant.pin'), back: this.t('keypad.back'), cancel }}
      .problem=${problem === undefined ? '' : this.#words(problem)}
      .code=${problem ?? ''}
      @pos-pin=${(event: CustomEvent<{ readonly pin: string }>) => refunds.send(granted(event.detail.pin))}
      @pos-cancel=${async () => {
        const isGranting = refunds.state.value.at === 'granting';
        await refunds.send({ type: 'leave' });
        if (isGranting) await refunds.send({ type: 'close' });
      }}
    ></pos-grant>`;
  }

  #running({ refund, done, live }: Shown<'running'>) {
    const part = refund.parts.find(({ attemptId }) => !done.some((each) => each.attemptId === attemptId));
    const parameters = { done: done.length + 1, all: refund.parts.length };
    return html`
      <h2 tabindex="-1">${this.p('refund.running')}</h2>
      ${part === undefined ? nothing : html`<p>${this.p('refund.running-part', { ...parameters, tender: this.tenderName(part), amount: this.money(part.amount) })}</p>`}
      ${live === undefined ? nothing : html`<part-live .live=${live}></part-live>`}
      <div class="actions">
        <button type="button" class="button primary" data-testid="inquire-now" @click=${() => this.services.refunds.send({ type: 'inquire-now' })}>${icon('update')} ${this.p('live.inquire')}</button>
        ${live?.state === 'stuck' ? html`<a class="button other" href="#/open" data-testid="to-open">${payIcon('person')} ${this.p('open.manager')}</a>` : nothing}
        <button type="button" class="button other" data-testid="refund-close" @click=${this.#close}>${this.p('refund.leave-running')}</button>
      </div>
    `;
  }

  #refused({ part, reason, problem }: Shown<'part-refused'>) {
    const told = this.speaker.decline(reason);
    return html`
      <div class="ended bad">
        ${sign('declined')}
        <div>
          <h3 tabindex="-1">${this.p('refund.part-refused', { tender: this.tenderName(part), amount: this.money(part.amount) })}</h3>
          <p>${told.title}</p>
          <p class="dim figure">${this.p('refused.code', { code: reason })}</p>
        </div>
      </div>
      ${this.#grant(this.p('refund.pay-cash'), problem, { granted: (pin) => ({ type: 'pay-cash', pin }), cancel: this.p('refund.leave') })}
    `;
  }

  #done(now: Shown<'done'>) {
    const { refund, slip, underWay = [] } = now;
    const words = slipWords(slip, this.translator);
    // Only a sale has an e-receipt to scan instead.
    const hasNoPrinter = slip.at === 'failed' && slip.reason === 'no-printer';
    return html`
      <div class="ended" data-testid="refund-done">
        ${sign(refund.kind === 'void' ? 'reversed' : 'refunded')}
        <div>
          <h3 tabindex="-1">${doneWords(now, this.#teller)}</h3>
          ${refund.parts.map((part) => html`<p>${this.tenderName(part)} <span class="figure">${this.money(part.amount)}</span>${underWay.includes(part.attemptId) ? html` · <strong data-testid="refund-on-its-way">${this.p('refund.on-its-way')}</strong>` : nothing}</p>`)}
          ${underWay.length > 0 ? html`<p class="dim">${this.p('refund.on-its-way-hint')}</p>` : nothing}
        </div>
      </div>
      <p role="status" data-testid="slip" data-state=${slip.at}>${hasNoPrinter ? this.t('devices.link.absent') : words.text}</p>
      <div class="foot">
        <button type="button" class="button other" data-testid="refund-print" ?disabled=${slip.at === 'printing'} @click=${() => this.services.refunds.send({ type: 'print' })}>${icon('printer')} ${words.print}</button>
        <button type="button" class="button primary" data-testid="refund-close" @click=${this.#close}>${this.p('refund.close')}</button>
      </div>
    `;
  }

  #givenUp(now: Shown<'given-up'>) {
    const { refund, done } = now;
    const gone = sum(done.map((part) => part.amount));
    const left = this.moneyOf(refund.amount - gone);
    return html`
      <div class="ended">
        ${sign('abandoned')}
        <div>
          <h3 tabindex="-1">${givenUpWords(now, this.#teller)}</h3>
          <p>${this.p('refund.given-up-text', { done: this.money(gone), left })}</p>
        </div>
      </div>
      <button type="button" class="button primary wide" data-testid="refund-close" @click=${this.#close}>${this.p('refund.close')}</button>
    `;
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

  #words(code: string): string {
    const { title, action } = this.speaker.problem(code);
    return `${title} · ${action}`;
  }

  #begin(kind: Kind): void {
    this.choosing = kind;
    this.by = 'all';
    this.lines = new Map();
    this.amount = '';
    this.reason = '';
    this.#ask();
  }

  #choice(): RefundChoice {
    if (this.by === 'amount')
      return {
        by: 'amount',
        amount: (typedAmount(this.amount, this.currency) ?? 0) as RefundQuote['amount'],
      };
    if (this.by === 'all') return { by: 'all' };
    const lines = [...this.lines].filter(([, quantityMilli]) => quantityMilli > 0);
    return { by: 'lines', lines: lines.map(([lineId, quantityMilli]) => ({ lineId, quantityMilli })) };
  }

  #send({ sale }: SaleRecord, kind: Kind): void {
    const reason = this.reason.trim();
    const choice = kind === 'void' ? ({ by: 'all' } as const) : this.#choice();
    this.choosing = undefined;
    void this.services.refunds.send({
      type: 'start',
      saleId: sale.saleId,
      choice,
      kind,
      ...(reason === '' ? {} : { reason }),
    });
  }

  /** Another choice is another quote. */
  #ask(): void {
    this.#quoted = '';
    this.isQuoted = false;
  }

  #fetch({ sale }: SaleRecord, head: string): void {
    const choice = this.choosing === undefined ? ({ by: 'all' } as const) : this.#choice();
    const wanted = `${sale.saleId} ${head} ${this.choosing ?? ''} ${JSON.stringify(choice)}`;
    if (wanted === this.#quoted) return;
    this.#quoted = wanted;
    const { refunds } = this.services;
    Promise.all([refunds.quote(sale.saleId, choice), refunds.of(sale.saleId)]).then(
      ([quote, past]) => {
        if (this.#quoted !== wanted) return;
        this.quote = quote;
        this.past = past;
        this.isQuoted = true;
      },
      () => {
        this.#quoted = '';
      },
    );
  }

  readonly #close = (): void => {
    void this.services.refunds.send({ type: 'close' });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'part-refund': PartRefund;
  }
}
