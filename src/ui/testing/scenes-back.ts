import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, RefundId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import { CARD_PAID, id, live, SALE, soon, WECHAT, WECHAT_PAID } from './fake-attempts.ts';
import { recordOf } from './fake-data.ts';
import type { FakeServices } from './fake-services.ts';
import type { Scene } from './scene.ts';

export const REFUND: Refund = {
  refundId: id('8') as RefundId,
  saleId: recordOf(128, minor(1)).sale.saleId,
  kind: 'refund',
  day: '2026-03-14' as BusinessDay,
  currency: 'CNY',
  lines: [],
  amount: minor(4_780),
  parts: [
    { attemptId: id('9') as AttemptId, original: id('6') as AttemptId, tender: 'card', amount: minor(2_780) },
    {
      attemptId: id('a') as AttemptId,
      original: id('7') as AttemptId,
      tender: 'wechat',
      amount: minor(2_000),
    },
  ],
  reason: '尺码不对',
};

const [CARD_BACK, WECHAT_BACK] = REFUND.parts;
const PARTS = REFUND.parts.map(({ attemptId: __, ...part }) => part);

/** The order of the scenes: two payments, with everything a card slip says. */
const withOrder = (fake: FakeServices): void => {
  const [first, ...others] = fake.records;
  if (first === undefined) return;
  const { sale } = recordOf(128, minor(4_780));
  const lines = SALE.lines;
  fake.records = [
    { ...first, sale: { ...sale, lines: [...lines], payments: [CARD_PAID, WECHAT_PAID] } },
    ...others,
  ];
  fake.money.quoted = { ...fake.money.quoted, parts: PARTS };
};
const ORDER = `#/orders/${(128).toString(16).padStart(32, '0')}`;

const refund =
  (state: Parameters<FakeServices['money']['stores']['refunds']['set']>[0]) =>
  (fake: FakeServices): void => {
    withOrder(fake);
    fake.money.stores.refunds.set(state);
  };

const HELD_AT = Date.UTC(2026, 2, 14, 2, 26);
const hold = (letter: string, amount: number): Attempt => ({
  attemptId: id(letter) as AttemptId,
  saleId: id(letter) as SaleId,
  tender: 'card',
  method: 'reader',
  purpose: 'authorisation',
  amount: minor(amount),
  currency: 'CNY',
});
const approval = CARD_PAID.approval ?? {};
const withHeld = (fake: FakeServices): void => {
  const completed = { attempt: { ...hold('c', 42_000), purpose: 'completion' as const }, approval };
  fake.money.held = [
    { attempt: hold('b', 50_000), approval, at: HELD_AT, state: 'held' },
    { attempt: hold('d', 60_000), approval, at: HELD_AT - 7_200_000, state: 'completed', completed },
    { attempt: hold('e', 30_000), approval, at: HELD_AT - 9_200_000, state: 'cancelled' },
  ];
};

/** Money that goes back, and money that is only held. */
export const BACK_SCENES: readonly Scene[] = [
  { name: 'order-money', hash: ORDER, set: withOrder },
  {
    name: 'refund-granting',
    hash: ORDER,
    set: refund({ at: 'granting', refund: REFUND, problem: 'wrong-pin' }),
  },
  {
    name: 'refund-running',
    hash: ORDER,
    set: (fake) =>
      refund({
        at: 'running',
        refund: REFUND,
        done: CARD_BACK === undefined ? [] : [CARD_BACK],
        live: live('inquiring', {
          attempt: { ...WECHAT, purpose: 'refund' },
          nextAt: soon(4),
          canReverse: false,
        }),
      })(fake),
  },
  {
    name: 'refund-part-refused',
    hash: ORDER,
    set: (fake) => {
      if (WECHAT_BACK !== undefined)
        refund({ at: 'part-refused', refund: REFUND, part: WECHAT_BACK, done: [], reason: 'notenough' })(
          fake,
        );
    },
  },
  {
    name: 'refund-done',
    hash: ORDER,
    set: (fake) => {
      fake.money.refundsOf = [REFUND];
      refund({ at: 'done', refund: REFUND, slip: { at: 'printed' } })(fake);
    },
  },
  {
    name: 'refund-on-its-way',
    hash: ORDER,
    set: (fake) => {
      fake.money.refundsOf = [REFUND];
      const underWay = WECHAT_BACK === undefined ? [] : [WECHAT_BACK.attemptId];
      refund({ at: 'done', refund: REFUND, slip: { at: 'printed' }, underWay })(fake);
    },
  },
  {
    name: 'refund-given-up',
    hash: ORDER,
    set: refund({ at: 'given-up', refund: REFUND, done: [], reason: 'notenough' }),
  },
  { name: 'authorisations', hash: '#/authorisations', set: withHeld },
  {
    name: 'authorisations-empty',
    hash: '#/authorisations',
    set: (fake) => fake.money.stores.authorisations.set({ at: 'idle', problem: 'no-device' }),
  },
  {
    name: 'authorisation-running',
    hash: '#/authorisations',
    set: (fake) =>
      fake.money.stores.authorisations.set({
        at: 'running',
        attempt: hold('b', 50_000),
        live: live('sending', {
          attempt: hold('b', 50_000),
          waiting: { for: 'reader', prompt: 'insert-card' },
        }),
      }),
  },
  {
    name: 'authorisation-done',
    hash: '#/authorisations',
    set: (fake) =>
      fake.money.stores.authorisations.set({
        at: 'done',
        attempt: hold('b', 50_000),
        approval,
        slip: { at: 'printed' },
      }),
  },
  {
    name: 'authorisation-refused',
    hash: '#/authorisations',
    set: (fake) =>
      fake.money.stores.authorisations.set({ at: 'refused', attempt: hold('b', 50_000), reason: 'host-51' }),
  },
  {
    name: 'card-balance',
    hash: '#/authorisations',
    set: (fake) =>
      fake.money.stores.authorisations.set({ at: 'balance', balance: minor(123_456), currency: 'CNY' }),
  },
];
