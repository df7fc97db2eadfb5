import type { Approval } from '../../../../../src/domain/approval.ts';
import { type Minor, minor } from '../../../../../src/domain/money.ts';
import type { Method, Tender } from '../../../../../src/domain/tender.ts';
import type { Order, PayOrder } from '../../acquirer.ts';

/** A signal that never fires, for calls that a test wants answered. */
export const PATIENT = new AbortController().signal;

/** 2026-11-22 12:00 in Beijing. */
export const NOON = Date.UTC(2026, 10, 22, 4, 0, 0);

/** References that differ in every test of a file and look like attempt ids. */
export function referenceMaker(seed = 1): () => string {
  let count = seed * 1_000_000;
  return () => (count++).toString(16).padStart(32, '0');
}

export interface OrderWish {
  readonly reference: string;
  readonly amount?: number;
  readonly tender: Tender;
  readonly method?: Method;
  readonly code?: string;
  readonly at?: number;
}

/** A sale of 12.05. */
export function saleOrder({
  reference,
  amount = 1205,
  tender,
  method,
  code,
  at = NOON,
}: OrderWish): PayOrder {
  return {
    reference,
    amount: minor(amount),
    currency: 'CNY',
    tender,
    ...(method === undefined ? {} : { method }),
    purpose: 'sale',
    at,
    subject: '小店 咖啡',
    till: 'A1',
    ...(code === undefined ? {} : { code }),
  };
}

/** Money back for an order that was paid. */
export function refundOrder(sale: Order, reference: string, amount: Minor, approval: Approval): PayOrder {
  const { method, tender, currency, at } = sale;
  return {
    reference,
    amount,
    currency,
    tender,
    ...(method === undefined ? {} : { method }),
    purpose: 'refund',
    at,
    subject: '退货',
    till: 'A1',
    original: { reference: sale.reference, amount: sale.amount, purpose: 'sale', at, approval },
  };
}
