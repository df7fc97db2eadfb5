import { html, nothing, type TemplateResult } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { BooksHealth, ParkedView } from '../../flow/books-service.ts';
import type { StripState } from '../../flow/services.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-article.ts';
import { BooksPage } from '../state/books-page.ts';
import { bytes, waited } from '../state/days.ts';
import { entryName } from '../state/timeline.ts';
import { reading } from '../styles/pages.ts';
import { base, buttons, panels } from '../styles/shared.ts';
import { healthStyles } from './page-health.styles.ts';
import './part-export.ts';

/** Share of the room from which on the device should be tidied up. */
const ROOM_LOW = 0.9;

type Verdict = 'fine' | 'waits' | 'parked' | 'blocked' | 'thin';

/** What this device holds, what the server lacks of it, and what can be done. */
@customElement('page-health')
export class PageHealth extends BooksPage {
  static override styles = [base, buttons, panels, reading, healthStyles];

  @state() private health: BooksHealth | undefined;
  @state() private outcome = '';
  #shown = '';

  override render() {
    const strip = this.follow(this.services.life.strip);
    const { journal, sync } = strip;
    const wanted = `${journal.head?.seq} ${journal.unsynced} ${journal.parked} ${journal.persisted} ${sync}`;
    if (wanted !== this.#shown) {
      this.#shown = wanted;
      void this.#fetch();
    }
    return html`<div class="column">
      <div class="title">
        <a class="button icon other" href="#/settings" aria-label=${this.t('common.back')}>${icon('back')}</a>
        <h1 tabindex="-1">${this.b('health.title')}</h1>
      </div>
      ${this.#verdict(strip)}
      <div class="two">
        <div class="stack">${this.#figures(strip)} ${this.#parked()}</div>
        <div class="stack">${this.#actions(strip)} <part-export></part-export></div>
      </div>
    </div>`;
  }

  /** One sentence first: are the books well, and is anything to be done. */
  #verdict(strip: StripState) {
    const { journal } = strip;
    const { training } = this.services.session;
    const verdict = training ? 'fine' : verdictOf(strip);
    const words: Record<Verdict, readonly [string, string]> = {
      fine: training
        ? [this.t('training.title'), this.t('training.text')]
        : [this.b('health.fine'), this.b('health.fine-why')],
      waits: [this.b('health.waits', { count: journal.unsynced }), this.b('health.waits-why')],
      parked: [this.b('health.parked-head', { count: journal.parked }), this.b('health.parked-why')],
      blocked: [this.b('health.blocked'), this.b('health.waits-why')],
      thin: [this.b('health.thin'), this.t(`strip.copies.${journal.copies}.long`)],
    };
    const [title, why] = words[verdict];
    const mark = verdict === 'fine' ? 'check' : verdict === 'waits' ? 'upload' : 'alert';
    return html`<section class="verdict ${verdict}" role="status" data-testid="verdict" data-verdict=${verdict}>
      <span class="sign">${icon(mark, 40)}</span>
      <div><h2>${title}</h2><p>${why}</p></div>
    </section>
    ${verdict === 'blocked' ? html`<pos-article .article=${this.translator.article(strip.syncProblem ?? '', 'server')}></pos-article>` : nothing}`;
  }

  #figures({ journal }: StripState) {
    const { t, dateTime } = this.translator;
    const { head, acknowledged } = journal;
    const place = (at: typeof head): string => (at === undefined ? '–' : `${at.epoch}-${at.seq}`);
    const zone = this.shop?.timeZone;
    const { oldestWaitingAt, confirmedAt, room } = this.health ?? {};
    const rows: readonly (readonly [string, string | TemplateResult, string])[] = [
      [this.b('health.copies'), t(`strip.copies.${journal.copies}.long`), 'copies'],
      [this.b('health.head'), place(head), 'head'],
      [this.b('health.acknowledged'), place(acknowledged), 'acknowledged'],
      [
        this.b('health.confirmed-at'),
        confirmedAt !== undefined
          ? dateTime(confirmedAt, zone)
          : acknowledged === undefined
            ? this.b('health.never')
            : '–',
        'confirmed-at',
      ],
      [this.b('health.waiting'), String(journal.unsynced), 'waiting'],
      ...(oldestWaitingAt === undefined
        ? []
        : [
            [
              this.b('health.oldest'),
              `${dateTime(oldestWaitingAt, zone)}, ${this.#age(oldestWaitingAt)}`,
              'oldest',
            ] as const,
          ]),
      [
        this.b('health.persisted'),
        this.b(journal.persisted ? 'health.persisted.yes' : 'health.persisted.no'),
        'persisted',
      ],
      ...(room === undefined ? [] : [[this.b('health.room'), this.#room(room), 'room'] as const]),
    ];
    return html`<section class="panel">
      <h2>${this.b('health.here')}</h2>
      <dl class="figures">
        ${rows.map(([name, value, id]) => html`<div class="row"><dt>${name}</dt><dd class="figure" data-testid="health-${id}">${value}</dd></div>`)}
      </dl>
      ${room !== undefined && room.used / room.quota > ROOM_LOW ? html`<p class="low" role="alert">${this.b('health.low-room')}</p>` : nothing}
    </section>`;
  }

  #age(at: number): string {
    const { unit, count } = waited(Date.now() - at);
    return this.b('health.age', { span: this.b(`span.${unit}`, { count }) });
  }

  #room({ used, quota }: NonNullable<BooksHealth['room']>): string {
    const { language } = this.translator;
    return this.b('health.room-of', { used: bytes(used, language), quota: bytes(quota, language) });
  }

  #parked() {
    const parked = this.health?.parked ?? [];
    if (parked.length === 0) return nothing;
    return html`<section class="panel">
      <h2>${this.b('health.parked')}</h2>
      <ul class="parked" data-testid="parked">${parked.map((each) => this.#parkedOne(each))}</ul>
    </section>`;
  }

  #parkedOne({ position, reason, parkedAt, type, saleId }: ParkedView) {
    const article = this.translator.article(reason, 'server');
    const title = type === undefined ? article.title : entryName(type, this.books);
    return html`<li>
      <div>
        <strong>${this.b('health.parked-one', { title, position })}</strong>
        <p>${type === undefined ? nothing : html`${article.title} · `}<a class="code" href="#/help/${article.code}">${article.code}</a></p>
        <small class="figure">${this.translator.dateTime(parkedAt, this.shop?.timeZone)}</small>
      </div>
      ${saleId === undefined ? nothing : html`<a class="button other" href="#/orders/${saleId}">${this.b('health.parked-open')}</a>`}
    </li>`;
  }

  #actions({ journal }: StripState) {
    const isParked = journal.parked > 0;
    return html`<section class="panel">
      <h2>${this.b('health.actions')}</h2>
      <div class="deeds">
        ${journal.unsynced > 0 ? html`<button type="button" class="button primary" data-testid="send" @click=${this.#send}>${icon('upload')} ${this.b(isParked ? 'health.send-again' : 'health.send')}</button>` : nothing}
        ${journal.persisted ? nothing : html`<button type="button" class="button" data-testid="persist" @click=${this.#persist}>${icon('disks')} ${this.b('health.persist')}</button>`}
        <button type="button" class="button other" data-testid="check" @click=${this.#check}>${icon('check')} ${this.b('health.check')}</button>
        <a class="button other" href="#/help">${icon('question')} ${this.b('health.to-help')}</a>
      </div>
      <p class="outcome" role="status" data-testid="health-outcome">${this.outcome}</p>
    </section>`;
  }

  readonly #send = async (): Promise<void> => {
    await this.services.books.sendAgain();
    this.outcome = this.b('health.sent');
  };

  readonly #persist = async (): Promise<void> => {
    const granted = await this.services.life.requestPersist();
    this.outcome = this.b(granted ? 'health.persist-yes' : 'health.persist-no');
  };

  readonly #check = async (): Promise<void> => {
    this.outcome = this.b('health.checking');
    try {
      const { entries, valid, firstBad } = await this.services.books.check();
      this.outcome =
        firstBad === undefined
          ? this.b('health.check-good', { count: entries })
          : this.b('health.check-bad', { valid, count: entries, position: firstBad });
    } catch {
      this.outcome = this.b('health.export-none');
    }
  };

  async #fetch(): Promise<void> {
    this.health = await this.services.books.health().catch(() => undefined);
  }
}

/** The gravest of what there is. */
function verdictOf({ journal, sync }: StripState): Verdict {
  if (journal.copies !== 'both' && journal.copies !== 'settling') return 'thin';
  if (sync === 'blocked') return 'blocked';
  if (journal.parked > 0) return 'parked';
  return journal.unsynced > 0 ? 'waits' : 'fine';
}

declare global {
  interface HTMLElementTagNameMap {
    'page-health': PageHealth;
  }
}
