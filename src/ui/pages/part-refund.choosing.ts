import { html, nothing } from 'lit';
import type { SaleRecord } from '../../domain/journal.ts';
import type { Minor } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import type { RefundQuote } from '../../flow/refund-service.ts';
import { icon } from '../components/icons.ts';
import { payIcon } from '../components/pay-icons.ts';
import '../components/pos-choice.ts';
import '../components/pos-sum-field.ts';
import type { RefundDraft } from '../state/refund-draft.ts';
import { leftOfLine, stepOf } from '../state/refund-lines.ts';
import { moneyOf, problemWords, type Teller } from '../state/refund-words.ts';

/** Where a person puts a refund together: what of the sale, why, and what goes back on which way. */
export interface Choosing {
  readonly record: SaleRecord;
  readonly draft: RefundDraft;
  readonly quote: RefundQuote | undefined;
  /** The figures of the quote are those of the draft as it stands. */
  readonly isQuoted: boolean;
  readonly past: readonly Refund[];
  change(draft: RefundDraft): void;
  cancel(): void;
  start(): void;
}

export function choosingPanel(choosing: Choosing, teller: Teller) {
  const { draft, quote, isQuoted } = choosing;
  const { t } = teller.speaker;
  const isVoid = draft.kind === 'void';
  const amount = quote?.amount ?? 0;
  const isReady = isQuoted && quote !== undefined && quote.problem === undefined && amount > 0;
  const said = moneyOf(amount as Minor, teller);
  return html`<section class="panel" data-testid="refund-choose">
    <h2 tabindex="-1">${t(isVoid ? 'refund.void' : 'refund.title')}</h2>
    ${isVoid ? html`<p class="dim">${t('refund.void-why')}</p>` : what(choosing, teller)}
    ${figures(quote, teller)}
    <label class="field">
      <span>${t('refund.reason')}</span>
      <input
        class="text"
        data-testid="refund-reason"
        maxlength="64"
        autocomplete="off"
        .value=${draft.reason}
        @input=${(event: InputEvent) => choosing.change({ ...draft, reason: (event.target as HTMLInputElement).value })}
      />
    </label>
    <div class="foot">
      <button type="button" class="button other" data-testid="refund-cancel" @click=${() => choosing.cancel()}>${t('refund.cancel')}</button>
      <button type="button" class="button danger" data-testid="refund-start" ?disabled=${!isReady} @click=${() => choosing.start()}>
        ${t(isVoid ? 'refund.start-void' : 'refund.start', { amount: said })}
      </button>
    </div>
  </section>`;
}

function what(choosing: Choosing, teller: Teller) {
  const { draft } = choosing;
  const { t } = teller.speaker;
  const options = (['all', 'lines', 'amount'] as const).map((value) => ({
    value,
    label: t(`refund.by.${value}`),
  }));
  const told = ({ detail }: CustomEvent<{ readonly value: string }>): string => detail.value;
  return html`
    <pos-choice
      name="refund-by"
      .label=${t('refund.what')}
      .value=${draft.by}
      .options=${options}
      @pos-choose=${(event: CustomEvent) => choosing.change({ ...draft, by: told(event) as RefundDraft['by'] })}
    ></pos-choice>
    ${draft.by === 'lines' ? lines(choosing, teller) : nothing}
    ${
      draft.by === 'amount'
        ? html`<pos-sum-field
            name="refund-amount"
            .label=${t('refund.amount')}
            .value=${draft.amount}
            @pos-text=${(event: CustomEvent) => choosing.change({ ...draft, amount: told(event) })}
          ></pos-sum-field>`
        : nothing
    }
  `;
}

function lines(choosing: Choosing, teller: Teller) {
  const { record, draft, past } = choosing;
  const { speaker, translator } = teller;
  return html`<ul class="lines" data-testid="refund-lines">
    ${record.sale.lines.map((line) => {
      const left = leftOfLine(line, past);
      const chosen = draft.lines.get(line.id) ?? 0;
      const name = line.name === '' ? translator.t('till.amount-line') : line.name;
      const step = (by: 1 | -1): void =>
        choosing.change({ ...draft, lines: new Map(draft.lines).set(line.id, stepOf(chosen, left, by)) });
      return html`<li>
        <span>${name}<br /><small class="dim figure">${moneyOf(line.amount, teller)}</small></span>
        <span class="stepper">
          <button type="button" class="button icon other" data-testid="line-less" aria-label=${speaker.t('refund.line-less', { name })} ?disabled=${chosen === 0} @click=${() => step(-1)}>${payIcon('minus')}</button>
          <span class="figure" data-testid="line-count">${chosen / 1_000}<small>/ ${left / 1_000}</small></span>
          <button type="button" class="button icon other" data-testid="line-more" aria-label=${speaker.t('refund.line-more', { name })} ?disabled=${chosen >= left} @click=${() => step(1)}>${payIcon('plus')}</button>
        </span>
      </li>`;
    })}
  </ul>`;
}

function figures(quote: RefundQuote | undefined, teller: Teller) {
  const { speaker, translator } = teller;
  const { t } = speaker;
  if (quote === undefined) return html`<p role="status">${translator.t('common.loading')}</p>`;
  const { problem, points, amount, parts, left } = quote;
  const isAsked = problem !== undefined && problem !== 'nothing-chosen';
  return html`
    <div class="back" aria-live="polite">
      <dl>
        <dt>${t('refund.goes-back')}</dt>
        <dd class="big figure" data-testid="refund-total">${moneyOf(amount, teller)}</dd>
      </dl>
      ${parts.map((part) => html`<p data-testid="refund-part"><span>${translator.t(`tender.${part.tender}`)}</span><span class="figure">${moneyOf(part.amount, teller)}</span></p>`)}
      ${points === undefined || points === 0 ? nothing : html`<p>${t('refund.points', { amount: moneyOf(points, teller) })}</p>`}
      <p>${t('refund.left', { amount: moneyOf(left, teller) })}</p>
    </div>
    ${isAsked ? html`<p class="problem" role="alert" data-testid="refund-problem" data-code=${problem}>${icon('alert')} ${problemWords(problem, teller)}</p>` : nothing}
  `;
}
