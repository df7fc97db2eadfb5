import type { Attempt } from '../../domain/attempt.ts';
import type { SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { LivePayment, Waiting } from '../../flow/attempts-service.ts';
import type { TenderOffer, TenderWay } from '../../flow/checkout-service.ts';
import type { CheckoutModel } from '../../flow/sale/checkout-model.ts';
import {
  ATTEMPT,
  CARD,
  CARD_PAID,
  id,
  live,
  SALE,
  soon,
  WECHAT,
  WECHAT_PAID,
  WITHOUT_CASH,
} from './fake-attempts.ts';
import { entriesOf, ONLINE, recordOf } from './fake-data.ts';
import { ALL_OFFERS, type FakeServices } from './fake-services.ts';
import type { Scene } from './scene.ts';

const paying =
  (state: LivePayment['state'], more: Partial<LivePayment> = {}) =>
  (fake: FakeServices): void => {
    const now = live(state, more);
    fake.money.stores.attempts.set([now]);
    fake.show({ at: 'paying', sale: SALE, paid: [], attempt: now.attempt, state, live: now });
  };

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
        live('accepted', {
          attempt: { ...WITHOUT_CASH, saleId: id('e') as SaleId, tender: 'wechat', purpose: 'refund' },
          reason: 'refund-processing',
          nextAt: soon(600),
          canReverse: false,
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
];
