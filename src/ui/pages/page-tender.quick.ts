import { html, nothing } from 'lit';
import type { Minor } from '../../domain/money.ts';
import type { Translator } from '../../i18n/translator.ts';
import { type TenderView, tipQuick } from '../state/tender-view.ts';

/** Characters of an amount that fit a quarter of a phone. */
const LONG_AMOUNT = 8;

interface Quick {
  readonly translator: Translator;
  /** What is pressed now is meant: the page has been there long enough. */
  readonly isArmed: boolean;
  /** Notes and coins that were given, in minor units. */
  tender(amount: Minor): void;
  /** Fills in the share of a sale that is split, or the tip. */
  type(amount: Minor): void;
}

/** Amounts in one press, beside the keypad: what the customer may have given, or a usual share or tip. */
export function quickAmounts(view: TenderView, quick: Quick) {
  const { translator } = quick;
  const label = translator.t('tender.quick');
  const money = (amount: Minor): string => translator.money(amount, view.sale.currency);
  if (view.typing === 'tendered') {
    const isLong = view.quick.some((amount) => money(amount).length > LONG_AMOUNT);
    const cash = (amount: Minor, index: number) => html`<button
      type="button"
      class="button other figure"
      data-testid="quick-${index}"
      aria-disabled=${!quick.isArmed}
      ?disabled=${view.busy}
      @click=${() => quick.isArmed && quick.tender(amount)}
    >
      ${amount === view.asked ? html`<small>${translator.t('tender.exact')}</small>` : nothing}${money(amount)}
    </button>`;
    return html`<div class="quick ${isLong ? 'long' : ''}" role="group" aria-label=${label}>${view.quick.map(cash)}</div>`;
  }
  const share = ({ name, amount }: ReturnType<typeof tipQuick>[number]) => html`<button
    type="button"
    class="button other figure"
    data-testid="share"
    @click=${() => quick.type(amount)}
  >
    <small>${name}</small>${money(amount)}
  </button>`;
  return html`<div class="quick" role="group" aria-label=${label}>${tipQuick(view).map(share)}</div>`;
}
