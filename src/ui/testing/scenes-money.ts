import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, LineId, RefundId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { LivePayment, Waiting } from '../../flow/attempts-service.ts';
import type { TenderOffer, TenderWay } from '../../flow/checkout-service.ts';
import type { CheckoutModel } from '../../flow/sale/checkout-model.ts';
import { entriesOf, ONLINE, recordOf } from './fake-data.ts';
import { ALL_OFFERS, type FakeServices } from './fake-services.ts';
import type { Scene } from './scene.ts';

const id = (letter: string): string => letter.repeat(32).slice(0, 32);

export const SALE: OpenSale = {
  saleId: id('5') as SaleId,
  day: '2026-03-14' as BusinessDay,
  currency: 'CNY',
  lines: [
    { id: id('1') as LineId, name: '', quantityMilli: 2_000, price: minor(600), amount: minor(1_200) },
    { id: id('2') as LineId, name: '', quantityMilli: 1_000, price: minor(3_580), amount: minor(3_580) },
  ],
  subtotal: minor(4_780),
  rounding: minor(0),
  total: minor(4_780),
};

export const ATTEMPT = {
  attemptId: '7c1e90b2a4d84f63b5e27a90c1d4f8e6' as AttemptId,
  saleId: SALE.saleId,
  tender: 'cash',
  amount: SALE.total,
  currency: 'CNY',
  tendered: minor(5_000),
} as const satisfies Attempt;

const { tendered: _, ...WITHOUT_CASH } = ATTEMPT;
const WECHAT: Attempt = { ...WITHOUT_CASH, tender: 'wechat', method: 'customer-code' };
const CARD: Attempt = { ...WITHOUT_CASH, tender: 'card', method: 'reader' };

const CARD_PAID: SalePayment = {
  attemptId: id('6') as AttemptId,
  tender: 'card',
  method: 'reader',
  amount: minor(2_780),
  approval: {
    merchantNumber: '898510148990028',
    terminalNumber: '00001001',
    acquirer: '银联商务',
    issuer: '招商银行',
    card: '622575******1234',
    entry: 'chip',
    batch: '000021',
    trace: '000173',
    reference: '093047311288',
    authCode: '402817',
    emv: { aid: 'A000000333010101', tvr: '0000008000', tsi: 'F800', atc: '01B7', tc: '5C1E90B2A4D84F63' },
    signature: true,
    demo: true,
  },
} as SalePayment;
const WECHAT_PAID: SalePayment = {
  attemptId: id('7') as AttemptId,
  tender: 'wechat',
  method: 'customer-code',
  amount: minor(2_000),
  approval: { channelId: '4200002187202603140123456789', payer: 'o***k8' },
};

const live = (state: LivePayment['state'], more: Partial<LivePayment> = {}): LivePayment => ({
  attempt: WECHAT,
  state,
  waiting: { for: 'answer' },
  startedAt: Date.now() - 12_000,
  tries: 0,
  canReverse: true,
  ...more,
});

const paying =
  (state: LivePayment['state'], more: Partial<LivePayment> = {}) =>
  (fake: FakeServices): void => {
    const now = live(state, more);
    fake.money.stores.attempts.set([now]);
    fake.show({ at: 'paying', sale: SALE, paid: [], attempt: now.attempt, state, live: now });
  };

const soon = (seconds: number): number => Date.now() + seconds * 1_000 - 200;

const reader = (prompt: Extract<Waiting, { for: 'reader' }>['prompt']) =>
  paying('sending', { attempt: CARD, waiting: { for: 'reader', prompt } });

/** The evidence of a stuck payment: what its sale's entries would be. */
const history = () =>
  entriesOf(recordOf(128, SALE.total)).map(({ entry, ...signed }, index) => {
    const types = ['prepared', 'sending', 'unknown', 'inquiring', 'stuck'] as const;
    const reasons = [undefined, undefined, 'unreachable', 'unreachable', 'host-unreachable'];
    const reason = reasons[index];
    const body = { attempt: WECHAT, ...(reason === undefined ? {} : { reason }) };
    return { ...signed, entry: { ...entry, type: `attempt.${types[index] ?? 'stuck'}` as const, body } };
  });

const stuck = (fake: FakeServices): void => {
  fake.money.entries = history();
  paying('stuck', { tries: 20, reason: 'host-unreachable', waiting: { for: 'manager' } })(fake);
};

const tendering =
  (way: TenderWay, more: Partial<Extract<CheckoutModel, { at: 'tendering' }>> = {}) =>
  (fake: FakeServices): void =>
    fake.show({
      at: 'tendering',
      sale: SALE,
      paid: [],
      opened: false,
      way,
      entry: '' as never,
      typing: 'tendered',
      ...more,
    });

const offline = (): readonly TenderOffer[] =>
  ALL_OFFERS.map((offer): TenderOffer => {
    if (offer.way === 'static-code' || offer.way === 'terminal') {
      const untilAt = Date.now() + 18_930_000;
      return { ...offer, offlineLeft: { amount: minor(50_000), count: 37, untilAt } };
    }
    if (offer.way === 'cash' || offer.way === 'credit') return offer;
    return { ...offer, refusal: offer.way === 'reader' ? 'no-device' : 'offline' };
  });

const refused =
  (result: Extract<CheckoutModel, { at: 'refused' }>['result'], reason?: string) =>
  (fake: FakeServices): void =>
    fake.show({
      at: 'refused',
      sale: SALE,
      paid: [],
      attempt: WECHAT,
      result,
      ...(reason === undefined ? {} : { reason }),
    });

const done =
  (payments: readonly SalePayment[]) =>
  (fake: FakeServices): void =>
    fake.show({
      at: 'done',
      saleId: SALE.saleId,
      number: 'A1-7K3M9Q-000130',
      total: minor(4_780),
      payments,
      tendered: minor(4_780),
      change: minor(0),
      receiptUrl: 'https://pos.example/r/A1-7K3M9Q-000130?s=mC1x',
      slip: { at: 'printed' },
      recovered: false,
    });

const REFUND: Refund = {
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

/** Every state in which money is on its way, comes back, or waits for somebody. */
export const MONEY_SCENES: readonly Scene[] = [
  { name: 'tender-scan', set: tendering('customer-code') },
  { name: 'tender-not-a-code', set: tendering('cash', { problem: 'not-a-pay-code' }) },
  { name: 'tender-show', set: tendering('shop-code') },
  { name: 'tender-reader', set: tendering('reader') },
  { name: 'tender-static', set: tendering('static-code') },
  { name: 'tender-credit', set: tendering('credit') },
  { name: 'tender-typing-part', set: tendering('cash', { typing: 'part', entry: '20' as never }) },
  { name: 'tender-typing-tip', set: tendering('cash', { typing: 'tip', entry: '5' as never }) },
  { name: 'tender-part-paid', set: tendering('cash', { paid: [WECHAT_PAID], opened: true }) },
  {
    name: 'tender-leave',
    set: tendering('cash', { paid: [WECHAT_PAID], opened: true, problem: 'part-paid' }),
  },
  {
    name: 'tender-offline',
    set: (fake) => {
      fake.offers = offline();
      fake.stores.strip.set({ ...ONLINE, network: 'offline', sync: 'waiting' });
      tendering('static-code')(fake);
    },
  },
  { name: 'paying-sending', set: paying('sending') },
  {
    name: 'paying-password',
    set: paying('inquiring', { waiting: { for: 'customer-password' }, untilAt: soon(31) }),
  },
  {
    name: 'paying-scan',
    set: paying('inquiring', {
      attempt: { ...WECHAT, method: 'shop-code' },
      waiting: { for: 'customer-scan', code: 'weixin://wxpay/bizpayurl?pr=7c1e90b2', expiresAt: soon(104) },
      untilAt: soon(104),
    }),
  },
  { name: 'paying-reader', set: reader('present-card') },
  { name: 'paying-pin', set: reader('enter-pin') },
  {
    name: 'paying-terminal',
    set: paying('sending', {
      attempt: { ...CARD, method: 'terminal' },
      waiting: { for: 'terminal' },
      untilAt: soon(100),
    }),
  },
  {
    name: 'paying-unknown',
    set: paying('inquiring', { untilAt: soon(33), nextAt: soon(4), tries: 2, reason: 'unreachable' }),
  },
  {
    name: 'paying-cut',
    set: paying('unknown', { waiting: { for: 'network' }, untilAt: soon(33), reason: 'unreachable' }),
  },
  { name: 'paying-reversing', set: paying('reversing', { tries: 3, nextAt: soon(8), reason: 'window' }) },
  { name: 'paying-late', set: paying('refund-due', { tries: 1, nextAt: soon(8) }) },
  { name: 'paying-stuck', set: stuck },
  { name: 'refused-declined', set: refused('declined', 'notenough') },
  { name: 'refused-unheard', set: refused('declined', 'brand-new-code') },
  { name: 'refused-reversed', set: refused('reversed', 'operator') },
  { name: 'refused-refunded', set: refused('refunded') },
  { name: 'refused-abandoned', set: refused('abandoned', 'restart') },
  { name: 'done-wallet', set: done([{ ...WECHAT_PAID, amount: minor(4_780) }]) },
  { name: 'done-split', set: done([CARD_PAID, WECHAT_PAID]) },
  {
    name: 'done-static',
    set: done([{ attemptId: ATTEMPT.attemptId, tender: 'static-code', amount: minor(4_780) }]),
  },
  {
    name: 'asking-credit',
    set: (fake) => {
      const attempt: Attempt = { ...WITHOUT_CASH, tender: 'credit', account: '老王（3 号楼）' };
      fake.show({ at: 'asking', sale: SALE, paid: [], attempt, state: 'unknown' });
    },
  },
  {
    name: 'open',
    hash: '#/open',
    set: (fake) => {
      const attempts = [
        live('inquiring', { untilAt: soon(21), nextAt: soon(3), reason: 'unreachable' }),
        live('stuck', {
          attempt: { ...CARD, saleId: id('f') as SaleId, purpose: 'refund' },
          waiting: { for: 'manager' },
          reason: 'host-unreachable',
          tries: 20,
        }),
      ];
      const [first] = attempts;
      fake.money.entries = history();
      fake.money.stores.attempts.set(attempts);
      fake.money.stores.openSales.set([
        { sale: SALE, paid: [], remaining: SALE.total, ...(first === undefined ? {} : { live: first }) },
        {
          sale: { ...SALE, saleId: id('4') as SaleId },
          paid: [WECHAT_PAID],
          remaining: minor(2_780),
        },
      ]);
    },
  },
  { name: 'open-empty', hash: '#/open', set: () => undefined },
  {
    name: 'till-demo',
    set: (fake) => {
      fake.stores.strip.set({ ...ONLINE, demo: true });
      fake.money.stores.attempts.set([live('inquiring', { untilAt: soon(21) })]);
      fake.type('128');
      void fake.checkout.send({ type: 'add' });
      fake.type('10');
      void fake.checkout.send({ type: 'discount' });
      fake.type('6');
    },
  },
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
