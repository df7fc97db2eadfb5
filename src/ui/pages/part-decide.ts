import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SignedEntry } from '../../domain/entry.ts';
import type { LivePayment, ManagerDecision } from '../../flow/attempts-service.ts';
import { FlowError } from '../../flow/services.ts';
import '../components/pos-grant.ts';
import { BooksPage } from '../state/books-page.ts';
import { wholeReference } from '../state/reference.ts';
import { entryName, heardWords } from '../state/timeline.ts';
import { fields } from '../styles/pages.ts';
import { base, buttons } from '../styles/shared.ts';

/** Shortest evidence taken, characters: the flow's own bound. */
const EVIDENCE_MIN = 3;
const DECISIONS = ['approved', 'declined', 'reversed', 'refunded'] as const;
type Decision = ManagerDecision['as'];

/**
 * Stuck: all that the journal knows of the attempt, what the bank says, the decision, and the PIN of who decides.
 *
 * @fires pos-pinning - the pad for the PIN has come, or gone
 */
@customElement('part-decide')
export class PartDecide extends BooksPage {
  static override styles = [
    base,
    buttons,
    fields,
    css`
      :host {
        display: grid;
        gap: 14px;
      }
      .facts {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: var(--space-4) var(--space-16);
      }
      .facts dt,
      h2 {
        color: var(--ink-dim);
        font-size: var(--text-15);
        font-weight: 600;
      }
      .facts dd {
        text-align: end;
        font-weight: 650;
        overflow-wrap: anywhere;
      }
      ol {
        max-height: 40vh;
        overflow: auto;
      }
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--space-12);
        padding: 6px 0;
        border-top: 1px solid var(--line);
      }
      li small {
        grid-column: 2;
        color: var(--ink-dim);
        overflow-wrap: anywhere;
      }
      .decisions {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: var(--gap);
      }
      .decisions .button {
        min-height: 60px;
        padding-inline: var(--space-8);
      }
      @media (min-width: 900px) {
        :host {
          grid-template-columns: minmax(0, 1fr) minmax(320px, 1fr);
          grid-template-rows: auto 1fr;
          gap: 14px 24px;
          align-items: start;
        }
        .form {
          grid-area: 1 / 2 / 3 / 3;
        }
      }
      section {
        display: grid;
        gap: var(--space-12);
      }
      /* The evidence is written and the choice is made: the pad is whole in sight, on a phone too. */
      :host([pinning]) {
        display: block;
      }
      :host([pinning]) .known {
        display: none;
      }
    `,
  ];

  @property({ attribute: false }) live: LivePayment | undefined;
  @state() private entries: readonly SignedEntry[] = [];
  @state() private evidence = '';
  @state() private as: Decision | undefined;
  @state() private problem: string | undefined;
  @state() private deciding = false;
  #fetched = '';

  override render() {
    const { live } = this;
    if (live === undefined) return nothing;
    void this.#fetch(live);
    return html`
      <section class="known">${this.#facts(live)}</section>
      <section class="form">${this.as === undefined ? this.#form() : this.#grant(this.as)}</section>
      <section class="known history">${this.#history()}</section>
    `;
  }

  #facts({ attempt, approval, reason, startedAt }: LivePayment) {
    const rows: readonly (readonly [string, string | undefined])[] = [
      [this.p('live.amount'), `${this.tenderName(attempt)} ${this.amountOf(attempt)}`],
      [this.t('order.time'), this.translator.dateTime(startedAt, this.shop?.timeZone)],
      [this.p('live.reference'), wholeReference(attempt.attemptId)],
      [this.p('slip.channel'), approval?.channelId],
      [this.p('slip.reference'), approval?.reference],
      [this.p('slip.trace'), approval?.trace],
      [this.p('live.heard'), this.#heard(reason)],
    ];
    return html`<dl class="facts" data-testid="decide-facts">
      ${rows.map(([name, value]) => (value === undefined ? nothing : html`<dt>${name}</dt><dd class="figure">${value}</dd>`))}
    </dl>`;
  }

  /** In words, and as the other side said it: that is what its people ask for. */
  #heard(reason: string | undefined): string | undefined {
    if (reason === undefined) return undefined;
    const words = heardWords(reason, this.books);
    return words === reason ? reason : `${words} (${reason})`;
  }

  #history() {
    return html`<h2>${this.p('decide.evidence')}</h2>
      ${this.entries.length === 0 ? html`<p>${this.p('decide.none')}</p>` : nothing}
      <ol tabindex="0" aria-label=${this.p('decide.evidence')} data-testid="decide-entries">
        ${this.entries.map(({ entry }) => {
          const { body } = entry;
          const reason = 'reason' in body ? body.reason : undefined;
          const channel = 'approval' in body ? body.approval?.channelId : undefined;
          const details = [`#${entry.seq}`, this.#heard(reason), channel]
            .filter((each) => each !== undefined)
            .join(' · ');
          return html`<li>
            <span class="figure">${this.translator.time(entry.at, this.shop?.timeZone)}</span>
            <span>${entryName(entry.type, this.books)}</span><small class="figure">${details}</small>
          </li>`;
        })}
      </ol>`;
  }

  #form() {
    const isReady = this.evidence.trim().length >= EVIDENCE_MIN;
    return html`
      <label class="field">
        <span>${this.p('decide.field')}</span>
        <input
          class="text"
          data-testid="evidence"
          maxlength="200"
          autocomplete="off"
          placeholder=${this.p('decide.field-hint')}
          .value=${this.evidence}
          @input=${(event: InputEvent) => {
            this.evidence = (event.target as HTMLInputElement).value;
          }}
        />
      </label>
      <h2>${this.p('decide.as')}</h2>
      <div class="decisions">
        ${DECISIONS.map(
          (as) => html`<button
            type="button"
            class="button ${as === 'approved' ? 'good' : 'other'}"
            data-testid="decide-${as}"
            ?disabled=${!isReady}
            @click=${() => this.#choose(as)}
          >
            ${this.p(`decide.${as}`)}
          </button>`,
        )}
      </div>
      ${this.problem === undefined ? nothing : html`<p role="alert" data-testid="decide-problem" data-code=${this.problem}>${this.#words(this.problem)}</p>`}
    `;
  }

  #grant(as: Decision) {
    return html`<pos-grant
      .words=${{
        what: this.p('decide.pin', { decision: this.p(`decide.${as}`) }),
        pin: this.p('grant.pin'),
        back: this.t('keypad.back'),
        cancel: this.t('common.back'),
      }}
      .problem=${this.problem === undefined ? '' : this.#words(this.problem)}
      .code=${this.problem ?? ''}
      ?disabled=${this.deciding}
      @pos-pin=${(event: CustomEvent<{ readonly pin: string }>) => this.#decide(as, event.detail.pin)}
      @pos-cancel=${() => this.#choose(undefined)}
    ></pos-grant>`;
  }

  #choose(as: Decision | undefined): void {
    this.as = as;
    this.problem = undefined;
    // The button that was pressed is gone: the reader's place is the pad, or the evidence again.
    void this.updateComplete.then(async () => {
      const grant = this.renderRoot.querySelector('pos-grant');
      await grant?.updateComplete;
      if (grant === null) this.renderRoot.querySelector('input')?.focus();
      else grant.focusHeading();
    });
  }

  protected override updated(): void {
    const isPinning = this.as !== undefined;
    if (isPinning === this.hasAttribute('pinning')) return;
    this.toggleAttribute('pinning', isPinning);
    const detail = { on: isPinning };
    this.dispatchEvent(new CustomEvent('pos-pinning', { detail, bubbles: true, composed: true }));
    // After the page around it has made room.
    if (isPinning) requestAnimationFrame(() => this.scrollIntoView({ block: 'center' }));
  }

  #words(code: string): string {
    const { title, action } = this.speaker.problem(code);
    return `${title} · ${action}`;
  }

  async #decide(as: Decision, pin: string): Promise<void> {
    const { live } = this;
    if (live === undefined || this.deciding) return;
    this.deciding = true;
    this.problem = undefined;
    try {
      await this.services.attempts.decide(live.attempt.attemptId, { as, evidence: this.evidence, pin });
    } catch (error) {
      this.problem = error instanceof FlowError ? error.code : 'unexpected';
      if (this.problem === 'evidence-missing') this.as = undefined;
    } finally {
      this.deciding = false;
    }
  }

  async #fetch({ attempt, state, tries }: LivePayment): Promise<void> {
    const wanted = `${attempt.attemptId} ${state} ${tries}`;
    if (wanted === this.#fetched) return;
    this.#fetched = wanted;
    const entries = await this.services.attempts.evidence(attempt.attemptId).catch(() => []);
    if (this.#fetched === wanted) this.entries = entries;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'part-decide': PartDecide;
  }
  interface HTMLElementEventMap {
    'pos-pinning': CustomEvent<{ readonly on: boolean }>;
  }
}
