import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { DisplayContent } from '../../domain/display.ts';
import type { Currency, Minor } from '../../domain/money.ts';
import { formatMoney } from '../../domain/money-format.ts';
import type { Language } from '../../domain/shop.ts';
import { DISPLAY_WORDS } from '../../i18n/display-words.ts';
import '../components/pos-qr.ts';

const SECOND_MS = 1_000;
/** In thousandths. */
const ONE_PIECE = 1_000;

/** What the customer sees: the amount in the largest type that fits, a code to scan, or that the money has come. */
@customElement('customer-screen')
export class CustomerScreen extends LitElement {
  static override styles = css`
    :host {
      display: grid;
      place-content: center;
      justify-items: center;
      gap: 4vmin;
      min-height: 100dvh;
      padding: 4vmin;
      box-sizing: border-box;
      background: var(--bezel);
      color: var(--bezel-ink);
      text-align: center;
      font-family: system-ui, 'Noto Sans SC', sans-serif;
    }
    :host([show='paid']) {
      background: var(--good);
    }
    p {
      margin: 0;
      font-size: 5vmin;
      line-height: 1.3;
    }
    strong {
      font-size: 17vmin;
      line-height: 1.05;
      font-variant-numeric: tabular-nums;
    }
    pos-qr {
      width: min(56vmin, 480px);
    }
    .item {
      display: flex;
      gap: 4vmin;
      max-width: 88vw;
      font-variant-numeric: tabular-nums;
    }
    .item span:first-child {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .item span:last-child {
      flex: none;
    }
    .quiet {
      color: var(--bezel-dim);
    }
  `;

  @property({ attribute: false }) content: DisplayContent = { show: 'idle' };
  @property({ attribute: false }) language: Language = 'zh-CN';
  @property({ reflect: true }) show = 'idle';
  @state() private now = Date.now();
  #ticking: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ticking = setInterval(() => {
      this.now = Date.now();
    }, SECOND_MS);
  }

  override disconnectedCallback(): void {
    clearInterval(this.#ticking);
    super.disconnectedCallback();
  }

  override willUpdate(): void {
    this.show = this.content.show;
  }

  override render() {
    const words = DISPLAY_WORDS[this.language];
    const { content } = this;
    const money = (amount: Minor, currency: Currency) => formatMoney(amount, currency, this.language);
    switch (content.show) {
      case 'idle':
        return html`<p>${words.welcome}</p>`;
      case 'amount':
        return html`${this.#item(content)}<p class="quiet">${words.due}</p><strong>${money(content.amount, content.currency)}</strong>`;
      case 'code': {
        const left = Math.max(0, Math.ceil((content.untilAt - this.now) / SECOND_MS));
        return html`<p>${words.scan}</p>
          <pos-qr .data=${content.text} .label=${words.scan}></pos-qr>
          <strong>${money(content.amount, content.currency)}</strong>
          <p class="quiet">${words.left.replace('{seconds}', String(left))}</p>`;
      }
      case 'waiting':
        return html`<strong>${money(content.amount, content.currency)}</strong><p>${words.waiting}</p>`;
      case 'paid':
        return html`<p>✓ ${words.paid}</p>
          <strong>${money(content.amount, content.currency)}</strong>
          ${content.change > 0 ? html`<p>${words.change} <bdi>${money(content.change, content.currency)}</bdi></p>` : ''}`;
      default:
        return content satisfies never;
    }
  }

  /** What was added last: its name, how many of it, and what that comes to. */
  #item({ item, currency }: Extract<DisplayContent, { show: 'amount' }>) {
    if (item === undefined) return '';
    const money = (amount: Minor) => formatMoney(amount, currency, this.language);
    const isOne = item.quantityMilli === ONE_PIECE;
    const sum = isOne ? money(item.amount) : `${item.quantityMilli / ONE_PIECE} × ${money(item.price)}`;
    return html`<p class="item" data-testid="item"><span>${item.name || DISPLAY_WORDS[this.language].amount}</span> <span>${sum}</span></p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'customer-screen': CustomerScreen;
  }
}
