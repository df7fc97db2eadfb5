import { expect, test } from 'vitest';
import { minor, ZERO } from '../../domain/money.ts';
import type { LivePayment } from '../../flow/attempts-service.ts';
import type { CheckoutState } from '../../flow/checkout-service.ts';
import { attempt, live } from '../../flow/testing/checkout-states.ts';
import { paidBy, SALE } from '../../flow/testing/sale-in-hand.ts';
import { PATH_STEPS, salePath } from './sale-path.ts';

const paying = (more: Partial<LivePayment>): CheckoutState => ({
  at: 'paying',
  sale: SALE,
  paid: [],
  remaining: SALE.total,
  attempt,
  state: 'sending',
  live: { ...live, ...more },
});
const prompt = (of: string): CheckoutState =>
  paying({ waiting: { for: 'reader', prompt: of } as LivePayment['waiting'] });
const done = (
  slip: 'printing' | 'printed' | 'failed',
  tender: 'cash' | 'wechat' = 'wechat',
): CheckoutState => ({
  at: 'done',
  saleId: SALE.saleId,
  number: '1',
  total: SALE.total,
  payments: [paidBy(tender, 1000)],
  tendered: minor(1000),
  change: ZERO,
  receiptUrl: '',
  recovered: false,
  slip: slip === 'failed' ? { at: slip, reason: 'no-printer' } : { at: slip },
});

test('there are ten steps, from switching on to taking the card', () => {
  expect(PATH_STEPS).toHaveLength(10);
});

test('a card walks through its steps as the reader asks for them', () => {
  const walked = ['present-card', 'enter-pin', 'processing', 'remove-card'].map(
    (of) => salePath(prompt(of)).now,
  );
  expect(walked).toEqual(['present', 'pin', 'confirm', 'take']);
});

test('a code that is shown is waited for as long as it may be scanned, whatever is asked meanwhile', () => {
  const waiting = { for: 'customer-scan', code: 'x', expiresAt: 1 } as const;
  expect(salePath(paying({ waiting, state: 'inquiring' })).now).toBe('present');
});

test('what is not known stands at the confirmation, not at a step further on', () => {
  const waiting = { for: 'customer-password' } as const;
  expect(salePath(paying({ waiting })).now).toBe('pin');
  expect(salePath(paying({ waiting, state: 'unknown' })).now).toBe('confirm');
});

test('a sale without its slip is still to be printed', () => {
  expect(salePath(done('printing')).now).toBe('print');
  expect(salePath(done('failed')).now).toBe('print');
  expect(salePath(done('printed')).now).toBe('take');
});

test('cash has no PIN, and a wallet may ask for one', () => {
  expect(salePath(done('printed', 'cash'))).toMatchObject({ isCash: true, skipped: ['pin'] });
  expect(salePath(done('printed'))).toMatchObject({ isCash: false, skipped: [] });
});
