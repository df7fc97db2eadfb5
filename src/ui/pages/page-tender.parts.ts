import { html, nothing } from 'lit';
import { sum } from '../../domain/money.ts';
import type { CounterDevices } from '../../flow/counter-devices.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';
import type { Translator } from '../../i18n/translator.ts';
import { icon } from '../components/icons.ts';
import '../components/pos-dialog.ts';
import type { TenderView } from '../state/tender-view.ts';

/** Pieces of the tender page that are only words and figures. */

/** Under the basket: how the total came about, and what has been paid of it. */
export function saleTotals(
  { sale, tendering }: TenderView,
  { t, money }: Translator,
  speaker: PaymentSpeaker,
) {
  const line = (label: string, amount: Parameters<typeof money>[0], isSoft = false) =>
    html`<p class="totals ${isSoft ? 'soft' : ''}"><span>${label}</span><span class="figure">${money(amount, sale.currency)}</span></p>`;
  const adjustments = sale.adjustments ?? [];
  const isPlain = sale.rounding === 0 && adjustments.length === 0;
  return html`
    ${isPlain ? nothing : line(t('receipt.subtotal'), sale.subtotal)}
    ${adjustments.map(({ kind, amount }) => line(speaker.t(`adjustment.${kind}`), amount))}
    ${sale.rounding === 0 ? nothing : line(t('receipt.rounding'), sale.rounding)}
    ${line(t('till.total'), sale.total)}
    ${sale.tip === undefined ? nothing : line(speaker.t('tender.tip'), sale.tip)}
    ${(tendering?.paid ?? []).map((payment) => line(`${speaker.t('tender.paid')} · ${t(`tender.${payment.tender}`)}`, payment.amount, true))}
  `;
}

/** Money has been taken for this sale: leaving it is a decision of its own. */
export function leaveDialog(
  { paid, remaining, sale }: TenderView,
  shown: {
    readonly shown: boolean;
    readonly close: () => void;
    readonly speaker: PaymentSpeaker;
    readonly translator: Translator;
  },
  send: (type: 'set-aside' | 'give-up') => void,
) {
  const { t } = shown.speaker;
  const money = (amount: typeof paid): string => shown.translator.money(amount, sale.currency);
  return html`<pos-dialog .shown=${shown.shown} .heading=${t('tender.leave')} .closing=${shown.translator.t('common.close')} @pos-close=${shown.close}>
    <div class="leave">
      <p>${t('tender.leave-text', { paid: money(sum([paid])), remaining: money(remaining) })}</p>
      <button type="button" class="button primary wide" data-testid="set-aside" @click=${() => send('set-aside')}>${t('tender.set-aside')}</button>
      <button type="button" class="button other wide" data-testid="give-up" @click=${() => send('give-up')}>${t('tender.give-up')}</button>
      <p>${t('tender.give-up-why')}</p>
    </div>
  </pos-dialog>`;
}

/** For a shop without a scanner; nothing where there is no camera. */
export function cameraButton(counter: CounterDevices, { t }: Translator, look: () => void) {
  const hasCamera = counter
    .ways('scanner')
    .some(({ way, absence }) => way === 'camera' && absence === undefined);
  if (!hasCamera) return nothing;
  return html`<button type="button" class="button other wide" data-testid="camera-go" @click=${look}>${icon('scan')} ${t('tender.camera')}</button>`;
}

/** The keys of a keypad that only counts money: nothing is multiplied or added. */
export const cashKeypadWords = ({ t }: Translator) => ({
  ...{ times: '', plus: '', add: '' },
  keypad: t('tender.keypad'),
  back: t('keypad.back'),
  clear: t('keypad.clear'),
  point: t('keypad.point'),
});
