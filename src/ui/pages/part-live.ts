import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LivePayment } from '../../flow/attempts-service.ts';
import '../components/pos-dial.ts';
import '../components/pos-qr.ts';
import { payIcon } from '../components/pay-icons.ts';
import { BooksPage } from '../state/books-page.ts';
import { isOnItsWay, type LiveView, liveView } from '../state/live-view.ts';
import { reference } from '../state/reference.ts';
import { minutesAndSeconds, Ticker } from '../state/ticker.ts';
import { heardWords } from '../state/timeline.ts';
import { base } from '../styles/shared.ts';

/** One attempt under way, wherever it is shown: the code to scan, the time left, and what is known of it. */
@customElement('part-live')
export class PartLive extends BooksPage {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 14px;
        align-content: start;
      }
      .now {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        align-items: center;
        gap: var(--space-16);
      }
      .drawing {
        display: grid;
        place-items: center;
        width: 96px;
        height: 96px;
        border-radius: var(--radius-xl);
        background: var(--bezel);
        color: var(--bezel-ink);
      }
      .drawing.turns svg {
        animation: beat var(--motion-wait) ease-in-out infinite;
      }
      @keyframes beat {
        50% {
          opacity: 0.35;
        }
      }
      .title {
        font-size: var(--text-20);
        font-weight: 700;
        line-height: 1.25;
      }
      .hint {
        font-size: var(--text-17);
        line-height: 1.4;
      }
      .next {
        margin-top: 6px;
        color: var(--ink-dim);
        font-weight: 600;
      }
      .scan {
        display: grid;
        justify-items: center;
        gap: 10px;
      }
      pos-qr {
        width: min(100%, 32vh, 380px);
      }
      .left {
        display: flex;
        align-items: center;
        gap: var(--space-8);
        font-size: var(--text-20);
        font-weight: 650;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-4) var(--space-16);
        padding: 12px 14px;
        border-radius: var(--radius);
        background: var(--panel);
      }
      dt {
        color: var(--ink-dim);
      }
      dd {
        font-weight: 650;
        text-align: end;
        overflow-wrap: anywhere;
      }
      @media (min-width: 900px) {
        :host([untitled]) .drawing {
          width: 148px;
          height: 148px;
          border-radius: var(--radius-xl);
        }
        :host([untitled]) .drawing svg {
          width: 84px;
          height: 84px;
        }
        :host([untitled]) pos-dial {
          width: 176px;
        }
        :host([untitled]) .hint {
          font-size: var(--text-22);
        }
        :host([untitled]) dl {
          font-size: var(--text-17);
        }
        :host([untitled]) .now {
          gap: 24px;
        }
        .beside {
          display: grid;
          grid-template-columns: minmax(0, 1.3fr) minmax(260px, 1fr);
          gap: var(--space-20);
          align-items: start;
        }
      }
      .beside {
        display: grid;
        gap: 14px;
      }
    `,
  ];

  @property({ attribute: false }) live: LivePayment | undefined;
  /** The page says the title itself, in larger letters. */
  @property({ type: Boolean, reflect: true }) untitled = false;
  readonly #ticker = new Ticker(
    this,
    () => this.live?.untilAt !== undefined || this.live?.nextAt !== undefined,
  );

  override render() {
    const { live } = this;
    if (live === undefined) return nothing;
    const seconds = live.untilAt === undefined ? undefined : this.#ticker.secondsTo(live.untilAt);
    const view = liveView(live, seconds, this.speaker);
    return html`
      ${view.kind === 'scan' && live.waiting.for === 'customer-scan' ? this.#scan(live.waiting, view) : this.#now(live, view, seconds)}
    `;
  }

  #now(live: LivePayment, view: LiveView, seconds: number | undefined) {
    const isDial =
      view.kind === 'unknown' &&
      live.waiting.for !== 'network' &&
      seconds !== undefined &&
      live.untilAt !== undefined;
    const whole = (live.untilAt ?? 0) - live.startedAt;
    return html`<div class="beside">
      <div class="now">
        ${
          isDial
            ? html`<pos-dial .text=${String(seconds)} .share=${whole > 0 ? (seconds * 1_000) / whole : 0}></pos-dial>`
            : html`<span class="drawing ${view.kind === 'stuck' || isOnItsWay(live) ? '' : 'turns'}">${payIcon(view.icon, 52)}</span>`
        }
        <div>
          ${this.untitled ? nothing : html`<p class="title" data-testid="live-title">${view.title}</p>`}
          <p class="hint">${view.hint}</p>
          ${this.#next(live)}
        </div>
      </div>
      ${this.#facts(live)}
    </div>`;
  }

  #next(live: LivePayment) {
    if (isOnItsWay(live)) return nothing;
    const { nextAt, tries, state } = live;
    const isUndoing = state === 'reversing' || state === 'refund-due';
    return html`<p class="next">
      ${nextAt === undefined ? nothing : this.p('live.next', { count: this.#ticker.secondsTo(nextAt) })}
      ${isUndoing && tries > 0 ? html`· ${this.p('live.reversing-tries', { count: tries })}` : nothing}
    </p>`;
  }

  #facts({ attempt, reason, approval }: LivePayment) {
    const rows: readonly (readonly [string, string])[] = [
      [this.tenderName(attempt), this.amountOf(attempt)],
      [this.p('live.reference'), reference(attempt.attemptId)],
      ...(approval?.channelId === undefined ? [] : [[this.p('slip.channel'), approval.channelId] as const]),
      ...(reason === undefined ? [] : [[this.p('live.heard'), heardWords(reason, this.books)] as const]),
    ];
    return html`<dl>${rows.map(([name, value]) => html`<dt>${name}</dt><dd class="figure">${value}</dd>`)}</dl>`;
  }

  #scan({ code, expiresAt }: { readonly code: string; readonly expiresAt: number }, view: LiveView) {
    const left = this.#ticker.secondsTo(expiresAt);
    return html`<div class="scan">
      ${this.untitled ? nothing : html`<p class="title">${view.title}</p>`}
      ${left === 0 ? html`<p class="left">${payIcon('clock')} ${this.p('live.scan-over')}</p>` : html`<pos-qr .data=${code} .label=${view.title} data-testid="pay-qr"></pos-qr>`}
      ${left === 0 ? nothing : html`<p class="left" data-testid="scan-left">${payIcon('clock')} ${this.p('live.scan-left', { time: minutesAndSeconds(left) })}</p>`}
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-live': PartLive;
  }
}
