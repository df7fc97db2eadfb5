import { expect, test } from 'vitest';
import { minor } from '../../domain/money.ts';
import type { CheckoutEvent } from '../checkout-service.ts';
import { newPayment, type Payment } from '../payment/payment.ts';
import { attempt, cash, does, live, MODELS, other, paid } from '../testing/checkout-states.ts';
import { attemptOf, SALE } from '../testing/sale-in-hand.ts';
import type { CheckoutModel, InnerEvent } from './checkout-model.ts';
import { tenderingOf } from './tendering-model.ts';

const STATES: readonly Payment['at'][] = [
  'draft',
  'prepared',
  'sending',
  'unknown',
  'inquiring',
  'reversing',
  'stuck',
];
const moved = (at: Payment['at'], of = attempt): InnerEvent => ({
  type: 'payment-moved',
  saleId: SALE.saleId,
  payment: { ...newPayment(of), at } as Payment,
});
const done = { number: 'n', total: minor(1000), payments: paid, receiptUrl: '', recovered: false };

/** Everything that a cashier, the desk or the slip can say, for the sale in hand and for another one. */
const EVENTS: readonly (CheckoutEvent | InnerEvent)[] = [
  ...(['1', '.', '+', '×', 'back'] as const).map((key) => ({ type: 'key', key }) as CheckoutEvent),
  ...(
    ['add', 'undo', 'clear', 'discount', 'charge', 'back', 'confirm-cash', 'inquire-now', 'reverse'] as const
  ).map((type) => ({ type })),
  ...(['set-aside', 'give-up', 'print', 'next'] as const).map((type) => ({ type })),
  ...(['cash', 'customer-code', 'shop-code', 'reader', 'terminal', 'credit'] as const).map(
    (way) => ({ type: 'choose', way }) as const,
  ),
  ...(['tendered', 'part', 'tip'] as const).map((field) => ({ type: 'type-into', field }) as const),
  { type: 'remove', lineId: '1'.repeat(32) },
  { type: 'tendered', amount: minor(2000) },
  { type: 'scanned', text: '134567890123456789' },
  { type: 'confirm', wallet: 'wechat', account: '王' },
  { type: 'answer', received: true },
  ...STATES.flatMap((at) => [moved(at), moved(at, cash)]),
  { type: 'live', live },
  ...[SALE, other].flatMap((sale): InnerEvent[] => [
    { type: 'intent-refused', saleId: sale.saleId, reason: 'quota' },
    { type: 'save-refused', sale, attempt, reason: 'quota', tries: 1 },
    { type: 'part-paid', sale, paid },
    { type: 'not-paid', sale, attempt, result: 'declined', recovered: false, closed: false },
    { type: 'not-paid', sale, attempt: cash, result: 'declined', recovered: true, closed: true },
    { type: 'given-up', sale, paid: [] },
    { type: 'given-up', sale, paid },
    { type: 'resume', sale, paid },
  ]),
  { type: 'completed', saleId: SALE.saleId, ...done },
  { type: 'slip', slip: { at: 'printed' } },
];

/** Where each state may lead; a save that is refused and a sale that is completed lead to their own screens from everywhere. */
const MAY: Readonly<Record<CheckoutModel['at'], readonly CheckoutModel['at'][]>> = {
  editing: ['tendering'],
  tendering: ['editing', 'paying', 'asking', 'refused'],
  paying: ['editing', 'tendering', 'asking', 'refused'],
  asking: ['editing', 'tendering', 'paying', 'refused'],
  refused: ['editing', 'tendering', 'paying', 'asking'],
  unsaved: ['editing', 'tendering', 'refused'],
  done: ['editing', 'tendering'],
};
/** Screens beyond which the walk need not look: they differ in digits only. */
const SEEN_MAX = 800;
const keyOf = (model: CheckoutModel): string => JSON.stringify(model).slice(0, 600);

test('in every state every event leads only where it may, and money is asked for only while it is being tendered', () => {
  const seen = new Set<string>();
  const wrong = new Set<string>();
  const left: CheckoutModel[] = [...MODELS, tenderingOf(SALE, paid, true)];
  for (let model = left.pop(); model !== undefined && seen.size < SEEN_MAX; model = left.pop()) {
    if (seen.has(keyOf(model))) continue;
    seen.add(keyOf(model));
    for (const event of EVENTS) {
      const [next, effects] = does(model, event);
      const arrow = `${model.at} –${event.type}→ ${next.at}`;
      const isOwn = next.at === model.at || MAY[model.at].includes(next.at);
      const isSaid = event.type === 'save-refused' ? next.at === 'unsaved' : event.type === 'completed';
      const pays = effects.some(({ type }) => type === 'pay');
      const mayPay = model.at === 'tendering' && next.at === 'paying' && !('givingUp' in model);
      if ((!isOwn && !isSaid) || (pays && !mayPay)) wrong.add(arrow);
      if (!('entry' in next) || next.entry.length < 2) left.push(next);
    }
  }
  expect([...wrong]).toEqual([]);
  expect(seen.size).toBeGreaterThan(100);
});

test('what the desk says of another sale changes nothing, save what cannot be stored', () => {
  const strangers: readonly InnerEvent[] = [
    { ...moved('unknown'), saleId: other.saleId } as InnerEvent,
    { type: 'intent-refused', saleId: other.saleId, reason: 'quota' },
    { type: 'part-paid', sale: other, paid },
    { type: 'not-paid', sale: other, attempt, result: 'declined', recovered: false, closed: false },
    { type: 'given-up', sale: other, paid: [] },
    { type: 'live', live: { ...live, attempt: attemptOf('alipay', 1, 'c') } },
  ];
  for (const model of MODELS)
    for (const event of strangers)
      expect(does(model, event), `${model.at} ${event.type}`).toStrictEqual([model, []]);
});
