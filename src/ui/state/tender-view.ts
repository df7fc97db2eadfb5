import { AMOUNT_KEYS, type AmountKey, amountOf } from '../../domain/amount-entry.ts';
import {
  CURRENCY_EXPONENTS,
  type Currency,
  type Minor,
  minor,
  subtract,
  sum,
  ZERO,
} from '../../domain/money.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type { CheckoutState, TenderWay } from '../../flow/checkout-service.ts';
import type { PaymentSpeaker } from '../../i18n/payment-words.ts';
import type { Translator } from '../../i18n/translator.ts';

export type Tendering = Extract<CheckoutState, { at: 'tendering' }>;
type Paying = Extract<CheckoutState, { at: 'paying' }>;

/** A tender page in figures and words. While a payment is written down it stays what it was, out of use. */
export interface TenderView {
  readonly busy: boolean;
  readonly sale: OpenSale;
  readonly tendering: Tendering | undefined;
  readonly way: TenderWay;
  readonly typing: Tendering['typing'];
  readonly hasKeypad: boolean;
  /** The large figure and what it is. */
  readonly label: string;
  readonly figure: Minor;
  /** Small, beside the label: what has been paid, or how large the tip is. */
  readonly beside: string;
  readonly note: string;
  readonly asked: Minor;
  readonly tendered: Minor;
  readonly enough: boolean;
  readonly quick: readonly Minor[];
  readonly paid: Minor;
  readonly remaining: Minor;
  readonly problem: string | undefined;
}

export function tenderView(
  sale: Tendering | Paying,
  last: Tendering | undefined,
  translator: Translator,
  { t }: PaymentSpeaker,
): TenderView {
  const { currency } = sale.sale;
  const money = (amount: Minor): string => translator.money(amount, currency);
  const paid = sum(sale.paid.map((payment) => payment.amount));
  const { remaining } = sale;
  if (sale.at === 'paying') {
    const { amount, tendered, tender } = sale.attempt;
    const given = tendered ?? amount;
    return {
      busy: true,
      sale: sale.sale,
      tendering: last,
      way: wayOf(tender),
      typing: 'tendered',
      hasKeypad: tender === 'cash',
      label: t(paid > 0 ? 'tender.this-part' : 'tender.due'),
      figure: amount,
      beside: '',
      note: '',
      asked: amount,
      tendered: given,
      enough: true,
      quick: last?.quick ?? [],
      paid,
      remaining,
      problem: undefined,
    };
  }
  const { typing, way, asked } = sale;
  const isPart = asked !== remaining;
  const typed = amountOf(sale.entry, currency) ?? ZERO;
  const label =
    typing === 'part'
      ? 'type-part'
      : typing === 'tip'
        ? 'type-tip'
        : isPart
          ? 'this-part'
          : paid > 0
            ? 'remaining'
            : 'due';
  const soFar = `${t('tender.paid')} ${money(paid)} ${t('tender.of')} ${money(sum([paid, remaining]))}`;
  const rest = `${t('tender.remaining')} ${money(isPart ? subtract(remaining, asked) : remaining)}`;
  const { tip } = sale.sale;
  return {
    busy: false,
    sale: sale.sale,
    tendering: sale,
    way,
    typing,
    hasKeypad: way === 'cash' || typing !== 'tendered',
    label: t(`tender.${label}`),
    figure: typing === 'part' ? (typed > 0 ? typed : asked) : typing === 'tip' ? typed : asked,
    beside: paid > 0 ? soFar : tip === undefined ? '' : t('done.tip', { amount: money(tip) }),
    note: typing === 'part' || isPart ? rest : typing === 'tip' ? `${t('tender.due')} ${money(asked)}` : '',
    asked,
    tendered: sale.tendered,
    enough: sale.enough,
    quick: sale.quick,
    paid,
    remaining,
    problem: sale.problem,
  };
}

const wayOf = (tender: Paying['attempt']['tender']): TenderWay =>
  tender === 'static-code' || tender === 'credit' || tender === 'stored-value' ? tender : 'cash';

/** The keys that type this amount. */
export function keysOf(amount: Minor, currency: Currency): readonly AmountKey[] {
  const places = CURRENCY_EXPONENTS[currency];
  const text = (amount / 10 ** places).toFixed(places);
  return [...text].flatMap((key) => AMOUNT_KEYS.find((each) => each === key) ?? []);
}

/** Shares that people ask for: parts of what is owed, or a tip in hundredths of it. */
export function tipQuick({
  typing,
  remaining,
}: TenderView): readonly { readonly name: string; readonly amount: Minor }[] {
  const shares: readonly (readonly [string, number])[] =
    typing === 'tip'
      ? [
          ['5%', 0.05],
          ['10%', 0.1],
          ['15%', 0.15],
          ['20%', 0.2],
        ]
      : [
          ['1/2', 1 / 2],
          ['1/3', 1 / 3],
          ['1/4', 1 / 4],
          ['1/5', 1 / 5],
        ];
  return shares.map(([name, share]) => ({ name, amount: minor(Math.ceil(remaining * share)) }));
}
