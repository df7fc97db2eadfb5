import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SignedEntry } from '../../domain/entry.ts';
import { localeOf } from '../../domain/language.ts';
import { icon } from '../components/icons.ts';
import { BooksPage } from '../state/books-page.ts';
import { type Moment, momentOf } from '../state/timeline.ts';
import { base, panels } from '../styles/shared.ts';

const MARKS = { plain: 'next', good: 'check', warn: 'question', bad: 'alert' } as const;

/** Everything that the journal says of a sale, in words, with the time of each. */
@customElement('part-timeline')
export class PartTimeline extends BooksPage {
  static override styles = [
    base,
    panels,
    css`
      li {
        position: relative;
        display: grid;
        grid-template-columns: 5.2em 28px minmax(0, 1fr);
        gap: 0 10px;
        padding: 6px 0 10px;
      }
      /* The line from one moment to the next. */
      li:not(:last-child)::after {
        content: '';
        position: absolute;
        inset-inline-start: calc(5.2em + 10px + 13px);
        top: 34px;
        bottom: -6px;
        width: 2px;
        background: var(--line);
      }
      .day {
        grid-template-columns: 1fr;
        padding-block: 8px 2px;
        color: var(--ink-dim);
        font-weight: 600;
      }
      .day::after {
        display: none;
      }
      time {
        padding-top: 3px;
        color: var(--ink-dim);
        text-align: end;
      }
      .mark {
        display: grid;
        place-items: center;
        width: 28px;
        height: 28px;
        border-radius: 50%;
        background: var(--case-deep);
        color: var(--ink);
      }
      .mark.good {
        background: var(--good);
        color: var(--good-ink);
      }
      .mark.warn {
        background: var(--warn);
        color: var(--warn-ink);
      }
      .mark.bad {
        background: var(--bad);
        color: var(--bad-ink);
      }
      strong {
        display: block;
        padding-top: 2px;
        font-weight: 650;
      }
      .details {
        overflow-wrap: anywhere;
      }
      small {
        display: block;
        color: var(--ink-dim);
      }
    `,
  ];

  @property({ attribute: false }) entries: readonly SignedEntry[] = [];

  override render() {
    return html`<section class="panel">
      <h2>${this.t('order.timeline')}</h2>
      <ol data-testid="timeline">
        ${this.entries.map((signed, index) => this.#entry(signed, this.entries[index - 1]))}
      </ol>
    </section>`;
  }

  #entry(signed: SignedEntry, before: SignedEntry | undefined) {
    const moment = momentOf(signed, { books: this.books, payments: this.speaker });
    const { entry, hash } = signed;
    const by = before?.entry.operator === entry.operator ? undefined : entry.operator;
    return html`${this.#day(moment, before)}
      <li data-type=${entry.type}>
        <time class="figure">${this.#clock(moment.at)}</time>
        <span class="mark ${moment.tone}">${icon(MARKS[moment.tone], 16)}</span>
        <div>
          <strong>${moment.title}</strong>
          ${moment.details.length === 0 ? nothing : html`<p class="details figure">${moment.details.join(' · ')}</p>`}
          <small class="figure">${this.b('timeline.number', { seq: entry.seq, hash: hash.slice(0, 8) })}${by === undefined ? nothing : html` · ${this.b('timeline.operator', { name: this.operatorName(by) })}`}</small>
        </div>
      </li>`;
  }

  /** A refund may come days after its sale. */
  #day({ at }: Moment, before: SignedEntry | undefined) {
    const zone = this.shop?.timeZone;
    const day = this.translator.day(at, zone);
    if (before !== undefined && this.translator.day(before.entry.at, zone) === day) return nothing;
    return html`<li class="day">${day}</li>`;
  }

  #clock(at: number): string {
    const zone = this.shop?.timeZone;
    return new Intl.DateTimeFormat(localeOf(this.translator.language), {
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      ...(zone === undefined ? {} : { timeZone: zone }),
    }).format(at);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-timeline': PartTimeline;
  }
}
