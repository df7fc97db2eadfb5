import type { Attempt } from '../../../src/domain/attempt.ts';
import { hex } from '../../../src/domain/ids.ts';
import { type Currency, minor } from '../../../src/domain/money.ts';
import type { Order, PayOrder } from '../acquirers/acquirer.ts';
import type { AccountChange } from '../acquirers/stored-value/accounts.ts';
import { openPaymentTill } from './payment-till.ts';
import { openTestApp } from './test-app.ts';

/** A server with one till that takes stored value, and the shop's accounts behind it. Close it. */
export async function openValueTill(options: { readonly demo?: boolean } = {}) {
  const server = await openTestApp(options);
  const till = await openPaymentTill(server);
  const { merchant } = till.till;
  const host = (await server.registry.of(merchant)).byId('stored-value')!;
  const change = (kind: AccountChange['kind'], account: string, amount = 0, currency: Currency = 'CNY') => {
    const reference = hex(server.random.bytes(16));
    return server.payments.storedValue.change(merchant, {
      kind,
      reference,
      account,
      amount: minor(amount),
      currency,
    });
  };
  /** An attempt at stored value: it has no method. */
  const sale = (account: string, amount = 400, more: Partial<Attempt> = {}): Attempt => {
    const { method: _, ...attempt } = till.attempt({
      tender: 'stored-value',
      account,
      amount: minor(amount),
    });
    return { ...attempt, ...more };
  };
  const orderOf = ({ attemptId, account, amount, purpose }: Attempt): PayOrder => ({
    reference: attemptId,
    amount,
    currency: 'CNY',
    tender: 'stored-value',
    purpose: purpose ?? 'sale',
    at: server.clock.now(),
    subject: 'x',
    till: 'A1',
    ...(account === undefined ? {} : { account }),
  });
  const { signal } = new AbortController();
  return {
    server,
    till,
    sale,
    issue: (account: string, amount: number, currency: Currency = 'CNY') =>
      change('issue', account, amount, currency),
    change,
    balance: async (account: string) =>
      (await server.payments.storedValue.list(merchant, 100)).accounts.find(
        (each) => each.account === account,
      )?.balance,
    /** The till gives some of a sale back; it names no account. */
    refundOf: ({ saleId, attemptId }: Attempt, amount: number, more: Partial<Attempt> = {}): Attempt => {
      const { account: _, ...rest } = sale('', amount, { saleId, original: attemptId, purpose: 'refund' });
      return { ...rest, ...more };
    },
    /** The acquirer itself, without the rules of the payments before it. */
    host: {
      pay: (attempt: Attempt, by = signal) => host.pay(orderOf(attempt), by),
      query: (attempt: Attempt) => host.query(orderOf(attempt), signal),
      reverse: (attempt: Attempt) => host.reverse(orderOf(attempt), 'operator', signal),
      refund: (attempt: Attempt, sold: Attempt) => {
        const original: NonNullable<Order['original']> = { ...orderOf(sold), approval: {} };
        return host.refund({ ...orderOf(attempt), original }, signal);
      },
      statement: (day: string) => host.statement(day, signal),
      /** The next payment gets lost on its way. */
      lose: () => {
        host.pay = async () => ({ state: 'unknown', reason: 'no-answer' });
      },
    },
    close: () => server.close(),
  };
}

export type ValueTill = Awaited<ReturnType<typeof openValueTill>>;
