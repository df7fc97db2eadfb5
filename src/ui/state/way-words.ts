import type { TenderOffer, TenderWay } from '../../flow/checkout-service.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';
import type { WayWords } from '../components/pos-way.ts';
import type { WayTile } from '../components/pos-ways.ts';

/** The tiles of a tender page: every way in its fixed order, then what can be done with the amount. */
export function wayTiles(
  offers: readonly TenderOffer[],
  chosen: TenderWay,
  { t }: PaymentSpeaker,
): readonly WayTile[] {
  return offers.map(({ way, refusal }) => ({
    id: way,
    icon: way,
    label: t(`way.${way}`),
    chosen: way === chosen,
    ...(refusal === undefined ? {} : { why: t(`refusal.${refusal}`) }),
  }));
}

/** Hours and minutes, or minutes alone when it is less than an hour. */
export function span(ms: number, { t }: PaymentSpeaker): string {
  const minutes = Math.max(0, Math.ceil(ms / 60_000));
  return minutes < 60
    ? t('time.minutes', { minutes })
    : t('time.hours', { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** What may still be taken this way without the server; undefined when nothing caps it. */
export function offlineLeft(
  offer: TenderOffer | undefined,
  money: (amount: number) => string,
  speaker: PaymentSpeaker,
): string | undefined {
  const left = offer?.offlineLeft;
  if (left === undefined) return undefined;
  const { amount, count, untilAt } = left;
  const time = span(untilAt - Date.now(), speaker);
  return speaker.t('tender.offline-left', { amount: money(amount), count, time });
}

type NotCash = Exclude<TenderWay, 'cash'>;

const FAMILY = {
  'customer-code': 'code',
  'shop-code': 'shop-code',
  reader: 'reader',
  terminal: 'terminal',
  'static-code': 'static',
  credit: 'credit',
  'stored-value': 'stored',
} as const satisfies Readonly<Record<NotCash, string>>;

/** What to ask the customer, and what the button that begins says. */
export function wayWords(
  way: NotCash,
  amount: string,
  { t }: PaymentSpeaker,
): WayWords & { readonly confirm: string } {
  const family = FAMILY[way];
  return {
    icon: way,
    ask: t(`${family}.ask`, { amount }),
    hint: t(`${family}.hint`),
    confirm: t(`${family}.confirm`),
    ...(way === 'static-code' ? { warning: t('static.warn') } : {}),
  };
}
