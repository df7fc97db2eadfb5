import { html, nothing, type PropertyValues } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import type { AmountKey } from '../../domain/amount-entry.ts';
import type { Minor } from '../../domain/money.ts';
import type { Wallet } from '../../domain/tender.ts';
import { isPaymentProblem } from '../../i18n/payment-problems.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import '../components/pos-dialog.ts';
import '../components/pos-keypad.ts';
import '../components/pos-lines.ts';
import '../components/pos-stage.ts';
import '../components/pos-way.ts';
import type { PosWay } from '../components/pos-way.ts';
import '../components/pos-ways.ts';
import { Armed } from '../state/armed.ts';
import { type Command, isSpokenFor, keyMeaning } from '../state/keys.ts';
import { PayScan } from '../state/pay-scan.ts';
import { PaymentPage } from '../state/payment-page.ts';
import { shownLines } from '../state/shown-lines.ts';
import { keysOf, type Tendering, type TenderView, tenderView } from '../state/tender-view.ts';
import { confirmWord, isTenderReady, tenderTiles, wayField } from '../state/tender-words.ts';
import { Ticker } from '../state/ticker.ts';
import { offlineLeft, wayWords } from '../state/way-words.ts';
import { base, buttons } from '../styles/shared.ts';
import { tenderDisplay } from './page-tender.display.ts';
import { cameraButton, cashKeypadWords, leaveDialog, saleTotals } from './page-tender.parts.ts';
import { quickAmounts } from './page-tender.quick.ts';
import { tenderStyles } from './page-tender.styles.ts';

/** How it is paid: cash at once, every other way by its tile, in one go or in parts. Stays as it is while it is written down. */
@customElement('page-tender')
export class PageTender extends PaymentPage {
  static override styles = [base, buttons, tenderStyles];

  @state() private dismissed: unknown;
  @state() private explaining = false;
  @state() private wallet: Wallet | undefined;
  @state() private account = '';
  @state() private code = '';
  @query('pos-way') private way!: PosWay | null;
  #shown: Tendering | undefined;
  #wayShown = '';
  readonly #armed = new Armed(this);
  readonly #scan = new PayScan(this, () => this.services);

  constructor() {
    super();
    new Ticker(this, () => this.#shown?.offers.some((offer) => offer.offlineLeft !== undefined) ?? false);
  }

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
    if (sale.at !== 'tendering' && sale.at !== 'paying') return html``;
    if (sale.at === 'tendering') this.#shown = sale;
    const view = tenderView(sale, this.#shown, this.translator, this.speaker);
    return html`
      <h1 class="heard" tabindex="-1">${this.p('tender.title')}</h1>
      <pos-stage no-paper tight @pos-key=${this.#key} @pos-command=${this.#command}>
        ${tenderDisplay(view, {
          speaker: this.speaker,
          translator: this.translator,
          again: this.#scan.again,
          explain: this.#explain,
        })}
        <pos-lines
          slot="paper"
          fixed
          .lines=${shownLines(view.sale.lines, view.sale.currency, this.translator)}
          .words=${{ title: this.t('till.basket'), empty: '', remove: '', undo: '' }}
        >
          ${saleTotals(view, this.translator, this.speaker)}
        </pos-lines>
        <div slot="keys" class="keys">
          <pos-ways .label=${this.p('tender.ways')} .tiles=${tenderTiles(view, this.speaker)} ?disabled=${view.busy} @pos-way=${this.#chose}></pos-ways>
          ${view.hasKeypad ? this.#typing(view) : this.#wayPanel(view)}
        </div>
        <div slot="action" class="action">
          <button
            type="button"
            class="button other back"
            data-testid="back"
            aria-label=${this.t('tender.back')}
            aria-disabled=${!this.#armed.now}
            ?disabled=${view.busy}
            @click=${this.#back}
          >
            ${icon('back', 32)}
          </button>
          ${this.#confirmButton(view)}
        </div>
      </pos-stage>
      ${this.#dialogs(view)}
      <part-camera
        .shown=${this.#scan.isLooking}
        .note=${this.#scan.again === undefined ? '' : this.t(this.#scan.again)}
        @pos-close=${this.#scan.close}
      ></part-camera>
    `;
  }

  #typing(view: TenderView) {
    return html`<div class="typing">
      ${quickAmounts(view, {
        translator: this.translator,
        isArmed: this.#armed.now,
        tender: (amount) => void this.services.checkout.send({ type: 'tendered', amount }),
        type: (amount) => this.#typeAmount(view, amount),
      })}
      <pos-keypad layout="cash" .words=${cashKeypadWords(this.translator)} ?disabled=${view.busy}></pos-keypad>
    </div>`;
  }

  #wayPanel(view: TenderView) {
    const { way, tendering } = view;
    if (way === 'cash') return nothing;
    const words = wayWords(way, this.money(view.asked), this.speaker);
    const offer = tendering?.offers.find((each) => each.way === way);
    const left = offlineLeft(offer, (amount) => this.moneyOf(amount), this.speaker);
    const wallets = way === 'shop-code' ? (tendering?.wallets ?? []) : [];
    const hasNone = way === 'shop-code' && wallets.length === 0;
    return html`<pos-way
      name="wallet"
      .words=${{ ...words, ...(left === undefined ? {} : { left }), ...(hasNone ? { warning: this.p('shop-code.none') } : {}) }}
      .field=${wayField(way, this.#typedIn, this.speaker)}
      .choices=${wallets.map((value) => ({ value, label: this.t(`tender.${value}`) }))}
      .chosen=${this.#wallet(view) ?? ''}
      ?disabled=${view.busy}
      @pos-text=${this.#text}
      @pos-enter=${this.#confirm}
      @pos-choose=${(event: CustomEvent<{ readonly value: string }>) => {
        this.wallet = event.detail.value as Wallet;
      }}
    >
      ${way === 'customer-code' ? cameraButton(this.services.counter, this.translator, this.#scan.look) : nothing}
    </pos-way>`;
  }

  get #typedIn() {
    return { account: this.account, code: this.code };
  }

  #wallet({ tendering }: TenderView): Wallet | undefined {
    const wallets = tendering?.wallets ?? [];
    return this.wallet !== undefined && wallets.includes(this.wallet) ? this.wallet : wallets[0];
  }

  #confirmButton(view: TenderView) {
    const isReady = isTenderReady(view, this.#typedIn);
    const isCash = view.way === 'cash' && view.typing === 'tendered';
    return html`<button
      type="button"
      class="button primary big"
      data-testid=${isCash ? 'confirm-cash' : 'confirm'}
      aria-disabled=${!this.#armed.now}
      ?disabled=${!isReady || view.busy}
      @click=${this.#confirm}
    >
      ${confirmWord(view, isReady, this.speaker)}
    </button>`;
  }

  #dialogs(view: TenderView) {
    const { problem, tendering } = view;
    if (problem === undefined || tendering === undefined) return nothing;
    const isShown = this.dismissed !== tendering;
    const close = (): void => {
      this.dismissed = tendering;
      this.explaining = false;
    };
    if (problem === 'part-paid')
      return leaveDialog(
        view,
        { shown: isShown, close, speaker: this.speaker, translator: this.translator },
        (type) => {
          close();
          void this.services.checkout.send({ type });
        },
      );
    const isKnown = isPaymentProblem(problem);
    if (problem === 'too-little' || (isKnown && !this.explaining)) return nothing;
    return html`<pos-dialog .shown=${isShown} .heading=${this.t('tender.refused')} .closing=${this.t('common.close')} @pos-close=${close}>
      ${isKnown ? nothing : html`<p class="refused">${this.t('tender.refused-text')}</p>`}
      <pos-article .article=${this.speaker.problem(problem)}></pos-article>
    </pos-dialog>`;
  }

  protected override updated(_changed: PropertyValues<this>): void {
    const way = this.#shown?.way ?? '';
    if (way === this.#wayShown) return;
    this.#wayShown = way;
    this.code = '';
    // A pay code is scanned: its field must not call up the keyboard of a tablet. A name has to be typed.
    if (way === 'credit' || way === 'stored-value')
      this.way?.updateComplete.then(() => this.way?.focusField());
  }

  readonly #explain = (): void => {
    this.explaining = true;
    this.dismissed = undefined;
  };

  readonly #chose = (event: CustomEvent<{ readonly id: string }>): void => {
    this.#scan.forget();
    const { id } = event.detail;
    const { checkout } = this.services;
    const typing = this.#shown?.typing;
    if (id === 'split')
      void checkout.send({ type: 'type-into', field: typing === 'part' ? 'tendered' : 'part' });
    else if (id === 'tip')
      void checkout.send({ type: 'type-into', field: typing === 'tip' ? 'tendered' : 'tip' });
    else void checkout.send({ type: 'choose', way: id as TenderView['way'] });
  };

  readonly #text = (event: CustomEvent<{ readonly value: string }>): void => {
    if (this.#shown?.way === 'customer-code') this.code = event.detail.value;
    else this.account = event.detail.value;
  };

  #typeAmount({ sale }: TenderView, amount: Minor): void {
    void this.services.checkout.send({ type: 'key', key: 'clear' });
    for (const key of keysOf(amount, sale.currency)) void this.services.checkout.send({ type: 'key', key });
  }

  readonly #key = (event: CustomEvent<{ readonly key: AmountKey }>): void => {
    this.#scan.forget();
    void this.services.checkout.send({ type: 'key', key: event.detail.key });
  };

  readonly #command = (event: CustomEvent<{ readonly command: Command }>): void => {
    if (event.detail.command === 'confirm') this.#confirm();
    else if (event.detail.command === 'cancel') this.#back();
  };

  /** Without a keypad on the page nobody else listens to the keyboard. */
  readonly #typed = (event: KeyboardEvent): void => {
    const sale = this.services.checkout.state.value;
    if (
      sale.at !== 'tendering' ||
      (sale.way === 'cash' && sale.typing === 'tendered') ||
      sale.typing !== 'tendered'
    )
      return;
    const meaning = keyMeaning(event.key);
    if (meaning?.kind !== 'command' || event.repeat) return;
    const isEscape = meaning.command === 'cancel';
    if (isEscape ? event.isComposing : isSpokenFor(event)) return;
    if (isEscape) this.#back();
    else if (meaning.command === 'confirm') this.#confirm();
  };

  readonly #confirm = (): void => {
    const sale = this.services.checkout.state.value;
    if (!this.#armed.now || sale.at !== 'tendering') return;
    const { checkout } = this.services;
    if (sale.typing !== 'tendered') void checkout.send({ type: 'confirm' });
    else if (sale.way === 'cash') void checkout.send({ type: 'confirm-cash' });
    else if (sale.way === 'customer-code') {
      const text = this.code.trim();
      this.code = '';
      if (text !== '') void checkout.send({ type: 'scanned', text });
    } else {
      const view = tenderView(sale, sale, this.translator, this.speaker);
      const wallet = sale.way === 'shop-code' ? this.#wallet(view) : undefined;
      const account = this.account.trim();
      void checkout.send({
        type: 'confirm',
        ...(wallet === undefined ? {} : { wallet }),
        ...(account === '' ? {} : { account }),
      });
    }
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
