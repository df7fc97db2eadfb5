import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type {
  Authorisation,
  AuthorisationEvent,
  AuthorisationState,
} from '../../flow/authorisation-service.ts';
import { inOrder } from '../../i18n/speaker.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-choice.ts';
import '../components/pos-grant.ts';
import '../components/pos-sum-field.ts';
import { payIcon } from '../components/pay-icons.ts';
import { sign } from '../components/signs.ts';
import { approvalRows } from '../state/approval-rows.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { slipWords } from '../state/slip-words.ts';
import { typedAmount } from '../state/typed-amount.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { authorisationStyles } from './page-authorisations.styles.ts';
import './part-live.ts';

type Method = 'reader' | 'terminal';
/** What is being asked about one of the list: the amount to take, or the PIN that lets it go. */
interface Asking {
  readonly id: string;
  readonly what: 'complete' | 'cancel' | 'cancel-completion';
}

/** 预授权: money held on a card, taken later or let go; and what is left on a card. */
@customElement('page-authorisations')
export class PageAuthorisations extends PaymentPage {
  static override styles = [base, buttons, panels, reading, authorisationStyles];

  @state() private list: readonly Authorisation[] = [];
  @state() private amount = '';
  @state() private taking = '';
  @state() private method: Method = 'reader';
  @state() private asking: Asking | undefined;
  #listed: unknown;

  override render() {
    const now = this.follow(this.services.authorisations.state);
    const attempts = this.follow(this.services.attempts.state);
    this.#fetch(now, attempts.length);
    return html`<div class="column">
      <div class="title">
        <a class="button icon other" href="#/orders" aria-label=${this.t('common.back')}>${icon('back')}</a>
        <h1 tabindex="-1">${this.p('auth.title')}</h1>
      </div>
      ${now.at === 'idle' ? this.#idle(now.problem) : html`<section class="panel under" data-testid="auth-panel" data-at=${now.at}>${this.#under(now)}</section>`}
    </div>`;
  }

  #idle(problem: string | undefined) {
    return html`
      ${problem === undefined ? nothing : this.#problem(problem)}
      <div class="two">
        <div class="stack">${this.#list()}</div>
        <div class="stack first">${this.#form()} ${this.#balance()}</div>
      </div>
    `;
  }

  #problem(code: string) {
    const { title, meaning, action, money } = this.speaker.problem(code);
    return html`<div class="refusal" role="alert" data-testid="auth-problem" data-code=${code}>${icon('alert', 28)}<p><strong>${title}</strong> ${meaning} ${money} ${action}</p></div>`;
  }

  #form() {
    const amount = typedAmount(this.amount, this.currency);
    const options = (['reader', 'terminal'] as const).map((value) => ({
      value,
      label: this.p(`auth.${value}`),
    }));
    return html`<section class="panel form">
      <h2>${this.p('auth.new')}</h2>
      <pos-sum-field
        name="auth-amount"
        .label=${this.p('auth.amount')}
        .value=${this.amount}
        @pos-text=${(event: CustomEvent<{ readonly value: string }>) => {
          this.amount = event.detail.value;
        }}
        @pos-enter=${this.#authorise}
      ></pos-sum-field>
      <pos-choice
        name="auth-method"
        .label=${this.p('auth.with')}
        .value=${this.method}
        .options=${options}
        @pos-choose=${(event: CustomEvent<{ readonly value: string }>) => {
          this.method = event.detail.value as Method;
        }}
      ></pos-choice>
      <button type="button" class="button primary big" data-testid="authorise" ?disabled=${amount === undefined} @click=${this.#authorise}>
        ${this.p('auth.authorise', { amount: this.moneyOf(amount ?? 0) })}
      </button>
    </section>`;
  }

  #balance() {
    return html`<section class="panel form">
      <h2>${this.p('auth.balance')}</h2>
      <p class="dim">${this.p('auth.balance-why')}</p>
      <button type="button" class="button other wide" data-testid="balance" @click=${() => this.#send({ type: 'balance' })}>${payIcon('reader')} ${this.p('auth.balance')}</button>
    </section>`;
  }

  #list() {
    return html`<h2 class="heading">${this.p('auth.list')}</h2>
      ${this.list.length === 0 ? html`<p class="none" data-testid="auth-empty">${payIcon('hold', 48)} ${this.p('auth.empty')}</p>` : nothing}
      <ul class="stack" data-testid="authorisations">${this.list.map((each) => this.#item(each))}</ul>`;
  }

  #item(held: Authorisation) {
    const { attempt, approval, at, live } = held;
    const isAsked = this.asking?.id === attempt.attemptId;
    const details = [
      approval.card && inOrder(approval.card, this.translator.direction),
      approval.trace && `${this.p('slip.trace')} ${approval.trace}`,
      approval.authCode && `${this.p('slip.auth-code')} ${approval.authCode}`,
    ];
    return html`<li class="item ${held.state}" data-testid="authorisation" data-state=${held.state}>
      <div class="head">
        ${payIcon(held.state === 'held' ? 'hold' : 'refund', 28)}
        <div>
          <strong>${this.#stateWord(held)}</strong>
          <small class="figure">${this.translator.dateTime(at, this.shop?.timeZone)}</small>
        </div>
        <span class="amount figure">${this.amountOf(attempt)}</span>
        <small class="details figure">${details.filter(Boolean).join(' · ')}</small>
      </div>
      ${live === undefined ? nothing : html`<part-live .live=${live}></part-live>`}
      ${isAsked ? this.#ask(held) : live === undefined ? this.#choices(held) : nothing}
    </li>`;
  }

  #stateWord({ state: at, completed, live }: Authorisation): string {
    if (live !== undefined) return this.p('auth.moving');
    if (at === 'completed')
      return this.p('auth.completed', { amount: this.moneyOf(completed?.attempt.amount ?? 0) });
    return this.p(`auth.${at}`);
  }

  #choices({ attempt, state: at }: Authorisation) {
    const ask = (what: Asking['what'], look: string, word: Parameters<PageAuthorisations['p']>[0]) =>
      html`<button type="button" class="button ${look}" data-testid="auth-${what}" @click=${() => this.#asks({ id: attempt.attemptId, what }, attempt.amount)}>${this.p(word)}</button>`;
    if (at === 'held')
      return html`<div class="actions">${ask('complete', 'primary', 'auth.complete')}${ask('cancel', 'other', 'auth.cancel')}</div>`;
    if (at === 'completed')
      return html`<div class="actions">${ask('cancel-completion', 'other', 'auth.cancel-completion')}</div>`;
    return nothing;
  }

  #asks(asking: Asking, amount: number): void {
    this.asking = asking;
    this.taking = this.moneyOf(amount).replace(/[^0-9.]/g, '');
  }

  #ask(held: Authorisation) {
    const { asking } = this;
    const { attemptId: original } = held.attempt;
    const leave = (): void => {
      this.asking = undefined;
    };
    if (asking?.what === 'complete') {
      const amount = typedAmount(this.taking, this.currency);
      const complete = (): void => {
        if (amount === undefined) return;
        leave();
        this.#send({ type: 'complete', original, amount });
      };
      return html`<div class="form">
        <pos-sum-field
          name="complete-amount"
          .label=${this.p('auth.complete-amount')}
          .value=${this.taking}
          @pos-text=${(event: CustomEvent<{ readonly value: string }>) => {
            this.taking = event.detail.value;
          }}
          @pos-enter=${complete}
        ></pos-sum-field>
        <div class="actions">
          <button type="button" class="button other" data-testid="auth-leave" @click=${leave}>${this.t('common.back')}</button>
          <button type="button" class="button primary" data-testid="complete-do" ?disabled=${amount === undefined} @click=${complete}>${this.p('auth.complete-do', { amount: this.moneyOf(amount ?? 0) })}</button>
        </div>
      </div>`;
    }
    const type = asking?.what === 'cancel-completion' ? 'cancel-completion' : 'cancel';
    const what = type === 'cancel' ? held.attempt : (held.completed?.attempt ?? held.attempt);
    return html`<pos-grant
      .words=${{ what: this.p('auth.granting', { amount: this.amountOf(what) }), pin: this.p('grant.pin'), back: this.t('keypad.back'), cancel: this.t('common.back') }}
      @pos-pin=${(event: CustomEvent<{ readonly pin: string }>) => {
        leave();
        this.#send({ type, original, pin: event.detail.pin });
      }}
      @pos-cancel=${leave}
    ></pos-grant>`;
  }

  #under(now: Exclude<AuthorisationState, { at: 'idle' }>) {
    switch (now.at) {
      case 'running':
        return html`
          <h2>${this.p(`purpose.${now.attempt.purpose ?? 'authorisation'}`)} <span class="figure">${this.amountOf(now.attempt)}</span></h2>
          ${now.live === undefined ? html`<p role="status">${this.p('auth.running')}</p>` : html`<part-live .live=${now.live}></part-live>`}
          <div class="actions">
            ${now.live?.canReverse ? html`<button type="button" class="button other" data-testid="auth-stop" @click=${() => this.#send({ type: 'stop' })}>${this.p('live.stop')}</button>` : nothing}
            ${now.live?.state === 'stuck' ? html`<a class="button primary" href="#/open">${payIcon('person')} ${this.p('open.manager')}</a>` : nothing}
            ${this.#leave()}
          </div>
        `;
      case 'done':
        return this.#done(now);
      case 'refused': {
        const { title, action } = this.speaker.decline(now.reason);
        return html`
          <div class="ended bad" role="alert">${sign('declined')}<div><h2>${this.p('auth.refused')}</h2><p><strong>${title}</strong></p><p>${this.p('auth.refused-what')}</p></div></div>
          <p>${action}</p>
          <p class="dim figure">${this.p('refused.code', { code: now.reason })}</p>
          ${this.#leave('primary')}
        `;
      }
      case 'balance':
        return html`
          <p>${this.p('auth.balance-is')}</p>
          <p class="huge figure" data-testid="card-balance">${this.translator.money(now.balance, now.currency)}</p>
          ${this.#leave('primary')}
        `;
      default:
        return now satisfies never;
    }
  }

  #done({ attempt, approval, slip }: Extract<AuthorisationState, { at: 'done' }>) {
    const words = slipWords(slip, this.translator);
    // Only a sale has an e-receipt to scan instead.
    const hasNoPrinter = slip.at === 'failed' && slip.reason === 'no-printer';
    return html`
      <div class="ended good" role="status" data-testid="auth-done">
        ${sign('approved')}
        <div><h2>${this.p(`purpose.${attempt.purpose ?? 'authorisation'}`)} · ${this.p('auth.done')}</h2><p class="huge figure">${this.amountOf(attempt)}</p></div>
      </div>
      <dl class="facts">${approvalRows({ approval }, this.speaker).map(([name, value]) => html`<dt>${name}</dt><dd class="figure">${value}</dd>`)}</dl>
      <p role="status" data-testid="slip" data-state=${slip.at}>${hasNoPrinter ? this.t('devices.link.absent') : words.text}</p>
      <div class="actions">
        <button type="button" class="button other" data-testid="auth-print" ?disabled=${slip.at === 'printing'} @click=${() => this.#send({ type: 'print' })}>${icon('printer')} ${words.print}</button>
        ${this.#leave('primary')}
      </div>
    `;
  }

  #leave(look = 'other') {
    return html`<button type="button" class="button ${look}" data-testid="auth-close" @click=${() => this.#send({ type: 'close' })}>${this.p('auth.leave')}</button>`;
  }

  #send(event: AuthorisationEvent): void {
    void this.services.authorisations.send(event);
  }

  readonly #authorise = (): void => {
    const amount = typedAmount(this.amount, this.currency);
    if (amount === undefined) return;
    this.amount = '';
    this.#send({ type: 'authorise', amount, method: this.method });
  };

  /** The list is read again whenever something may have moved. */
  #fetch(now: AuthorisationState, attempts: number): void {
    const wanted = `${now.at} ${attempts}`;
    if (wanted === this.#listed) return;
    this.#listed = wanted;
    this.services.authorisations.list().then(
      (list) => {
        this.list = list;
      },
      () => undefined,
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'page-authorisations': PageAuthorisations;
  }
}
