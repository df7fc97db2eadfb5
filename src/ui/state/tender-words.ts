import { isPaymentProblem, type PaymentProblem } from '../../i18n/payment-problems.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';
import type { WayField } from '../components/pos-way.ts';
import type { WayTile } from '../components/pos-ways.ts';
import type { TenderView } from './tender-view.ts';
import { wayTiles, wayWords } from './way-words.ts';

/** What was typed into the field of a way. */
interface TypedIn {
  readonly account: string;
  readonly code: string;
}

/** Every way in its fixed order, then what can be done with the amount. */
export function tenderTiles(view: TenderView, speaker: PaymentSpeaker): readonly WayTile[] {
  const { tendering, typing } = view;
  if (tendering === undefined) return [];
  const tiles = wayTiles(tendering.offers, view.way, speaker);
  const ways = typing === 'tendered' ? tiles : tiles.map((tile) => ({ ...tile, chosen: false }));
  const extra = (id: 'split' | 'tip', chosen: boolean): WayTile => ({
    id,
    icon: id,
    label: speaker.t(`tender.${id}`),
    chosen,
    isExtra: true,
  });
  // The tip is part of the figures of the sale, which stand once money has been taken for it.
  const tip = tendering.paid.length === 0 ? [extra('tip', typing === 'tip')] : [];
  return [...ways, extra('split', typing === 'part'), ...tip];
}

/** What is said under the amount. Too little cash is told by the figures; leaving a part-paid sale is a window of its own. */
export function inlineProblem({ problem }: TenderView): PaymentProblem | undefined {
  if (problem === undefined || !isPaymentProblem(problem)) return undefined;
  return problem === 'too-little' || problem === 'part-paid' ? undefined : problem;
}

/** Whether the button that goes ahead may be pressed. */
export function isTenderReady({ way, typing, enough, busy, tendering }: TenderView, typed: TypedIn): boolean {
  if (busy || typing !== 'tendered') return true;
  if (way === 'cash') return enough;
  if (way === 'customer-code') return typed.code.trim() !== '';
  if (way === 'credit' || way === 'stored-value') return typed.account.trim() !== '';
  return way !== 'shop-code' || (tendering?.wallets.length ?? 0) > 0;
}

/** The word on that button. */
export function confirmWord(view: TenderView, isReady: boolean, speaker: PaymentSpeaker): string {
  const { way, typing, busy, tendering, asked } = view;
  const { t, of } = speaker;
  if (busy) return t('tender.writing');
  const isEmpty = tendering?.entry === '';
  if (typing === 'part') return t(isEmpty ? 'tender.whole' : 'tender.take-part');
  if (typing === 'tip') return t(isEmpty ? 'tender.no-tip' : 'tender.take-tip');
  if (way === 'cash') return of.t(isReady ? 'tender.confirm' : 'tender.not-enough');
  if (way === 'customer-code' && !isReady) return t('code.waiting');
  return wayWords(way, of.money(asked, view.sale.currency), speaker).confirm;
}

/** What must be typed for this way, if anything. */
export function wayField(
  way: TenderView['way'],
  { account, code }: TypedIn,
  { t }: PaymentSpeaker,
): WayField | undefined {
  if (way === 'customer-code')
    return { testId: 'pay-code', label: t('code.label'), value: code, isNumber: true };
  if (way !== 'credit' && way !== 'stored-value') return undefined;
  const label = t(way === 'credit' ? 'credit.label' : 'stored.label');
  return { testId: 'account', label, value: account, isNumber: way === 'stored-value' };
}
