import { html } from 'lit';
import type { Minor } from '../../domain/money.ts';
import { changeDue } from '../../domain/tender.ts';
import type { Key } from '../../i18n/catalogue.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';
import type { Translator } from '../../i18n/translator.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-amount.ts';
import type { TenderView } from '../state/tender-view.ts';
import { inlineProblem } from '../state/tender-words.ts';

/** What the display of the tender page says beside the figures of the sale. */
interface Said {
  readonly speaker: PaymentSpeaker;
  readonly translator: Translator;
  /** Why a scan was not taken. */
  readonly again: Key | undefined;
  explain(): void;
}

/** What is due, and under it, in one place: what goes wrong, else what was given, else what this way needs. */
export function tenderDisplay(view: TenderView, said: Said) {
  const { money } = said.translator;
  return html`<div slot="display" class="display">
    <pos-amount name="due" .label=${view.label} .value=${money(view.figure, view.sale.currency)} .entry=${view.beside}></pos-amount>
    ${below(view, said)}
  </div>`;
}

function below(view: TenderView, { speaker, translator, again, explain }: Said) {
  const { t } = translator;
  if (again !== undefined)
    return html`<div class="problem" role="alert" data-testid="scan-unclear">${icon('scan', 28)}<strong>${t(again)}</strong></div>`;
  const problem = inlineProblem(view);
  if (problem !== undefined) {
    const { title, action } = speaker.problem(problem);
    return html`<div class="problem" role="alert" data-testid="problem" data-code=${problem}>
      ${icon('alert', 28)}<span><strong>${title}</strong><small>${action}</small></span>
      <button type="button" class="button" data-testid="explain" @click=${explain}>${t('common.explain')}</button>
    </div>`;
  }
  if (view.typing !== 'tendered' || view.way !== 'cash') return html`<p class="note">${view.note}</p>`;
  const isEnough = view.tendered >= view.asked;
  const difference = isEnough ? changeDue(view.asked, view.tendered) : changeDue(view.tendered, view.asked);
  const money = (amount: Minor): string => translator.money(amount, view.sale.currency);
  return html`<dl class="given">
    <div>
      <dt>${t('tender.received')}</dt>
      <dd class="figure" data-testid="tendered">${money(view.tendered)}</dd>
    </div>
    <div>
      <dt>${t(isEnough ? 'tender.change' : 'tender.missing')}</dt>
      <dd class="figure change" data-testid="change">${money(difference)}</dd>
    </div>
  </dl>`;
}
