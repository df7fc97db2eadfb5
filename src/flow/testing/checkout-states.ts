import { expect } from 'vitest';
import type { SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { LivePayment } from '../attempts-service.ts';
import type { CheckoutEvent } from '../checkout-service.ts';
import { step } from '../sale/checkout.ts';
import {
  type CheckoutModel,
  type CheckoutStep,
  EMPTY_CHECKOUT,
  type InnerEvent,
} from '../sale/checkout-model.ts';
import { tenderingOf } from '../sale/tendering-model.ts';
import { attemptOf, contextOf, id, paidBy, SALE } from './sale-in-hand.ts';

/** One sale in every state that the checkout knows. */

export const attempt = attemptOf('wechat');
export const cash = attemptOf('cash');
export const paid = [paidBy('cash', 400)];
export const other = { ...SALE, saleId: id('f') as SaleId };
export const live = {
  attempt,
  state: 'sending',
  waiting: { for: 'answer' },
  startedAt: 1,
  tries: 0,
  canReverse: false,
} as LivePayment;

type Paying = Extract<CheckoutModel, { at: 'paying' | 'asking' }>;
export const paying = (more: Partial<Paying> = {}): Paying => ({
  at: 'paying',
  sale: SALE,
  paid: [],
  attempt,
  state: 'sending',
  ...more,
});
export const asking = paying({ at: 'asking', attempt: cash, state: 'inquiring' });
export const refused: CheckoutModel = { at: 'refused', sale: SALE, paid, attempt, result: 'declined' };
export const unsaved: Extract<CheckoutModel, { at: 'unsaved' }> = {
  at: 'unsaved',
  sale: SALE,
  attempt: cash,
  trouble: 'disk',
  tries: 1,
  slip: { at: 'idle' },
};
export const done: Extract<CheckoutModel, { at: 'done' }> = {
  at: 'done',
  saleId: SALE.saleId,
  number: '01-AAAAAA-000005',
  total: minor(1000),
  payments: [{ ...paidBy('cash', 1000), tendered: minor(2000) }],
  tendered: minor(2000),
  change: minor(1000),
  receiptUrl: 'https://shop/r/5',
  recovered: false,
  slip: { at: 'idle' },
};
export const MODELS: readonly CheckoutModel[] = [
  EMPTY_CHECKOUT,
  tenderingOf(SALE, [], false),
  paying(),
  asking,
  refused,
  unsaved,
  done,
];

export const does = (model: CheckoutModel, event: CheckoutEvent | InnerEvent): CheckoutStep =>
  step(model, event, contextOf());
export const stays = (model: CheckoutModel, event: CheckoutEvent | InnerEvent): void => {
  expect(does(model, event), `${model.at} ${event.type}`).toStrictEqual([model, []]);
};
