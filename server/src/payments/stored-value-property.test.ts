import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hex } from '../../../src/domain/ids.ts';
import { type Minor, minor } from '../../../src/domain/money.ts';
import type { Acquirer, Order, PayOrder } from '../acquirers/acquirer.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

const SIGNAL = new AbortController().signal;
const OFFICE = ['top-up', 'close', 'reopen'] as const;

let server: TestApp;
let merchant: string;
let host: Acquirer;
beforeAll(async () => {
  server = await openTestApp();
  ({ merchant } = await server.enrolTill());
  host = (await server.registry.of(merchant)).byId('stored-value')!;
});
afterAll(() => server.close());

const step = fc.record({
  what: fc.constantFrom(
    'pay',
    'pay',
    'pay',
    'refund',
    'refund',
    'refund',
    'reverse',
    'reverse-refund',
    ...OFFICE,
  ),
  /** Which of a few payments, refunds and forms: most are used again. */
  who: fc.nat({ max: 1 }),
  refund: fc.nat({ max: 2 }),
  /** Whether the next step begins before this one has ended. */
  isRacing: fc.boolean(),
});

interface Case {
  readonly account: string;
  readonly payments: readonly PayOrder[];
  /** By payment. */
  readonly refunds: readonly (readonly PayOrder[])[];
  readonly forms: readonly string[];
}

const newReference = (): string => hex(server.random.bytes(16));

function newCase(amounts: readonly number[]): Case {
  const account = newReference();
  const order = (amount: number, more: Partial<PayOrder>): PayOrder => ({
    reference: newReference(),
    amount: minor(amount),
    currency: 'CNY',
    tender: 'stored-value',
    purpose: 'sale',
    account,
    at: 0,
    subject: '',
    till: 'A1',
    ...more,
  });
  const payments = amounts.map((amount) => order(amount, {}));
  const refunds = payments.map((paid) =>
    [2, 3, 4].map((part) =>
      order(Math.ceil((paid.amount * part) / 4), { purpose: 'refund', original: { ...paid, approval: {} } }),
    ),
  );
  return { account, payments, refunds, forms: amounts.map(newReference) };
}

it('any interleaving of pay, reverse, refund and top-up keeps the balance at the sum of moves, never negative', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 600 }), { minLength: 2, maxLength: 2 }),
      fc.integer({ min: 0, max: 1_000 }),
      fc.array(step, { minLength: 1, maxLength: 30, size: 'max' }),
      async (amounts, opening, steps) => {
        const given = newCase(amounts);
        await office(given, 'issue', newReference(), opening);
        let running: Promise<unknown>[] = [];
        for (const each of steps) {
          running.push(take(given, each));
          if (each.isRacing) continue;
          await Promise.all(running);
          running = [];
          await check(given);
        }
        await Promise.all(running);
        await check(given);
      },
    ),
    { seed: 20_261_122, numRuns: Number(process.env['INTERLEAVINGS'] ?? 60) },
  );
});

const office = (
  { account }: Case,
  kind: 'issue' | (typeof OFFICE)[number],
  reference: string,
  amount: number,
) =>
  server.payments.storedValue.change(merchant, {
    kind,
    reference,
    account,
    amount: minor(amount),
    currency: 'CNY',
  });

function take(
  given: Case,
  { what, who, refund }: { readonly what: string; readonly who: number; readonly refund: number },
): Promise<unknown> {
  const paid = given.payments[who]!;
  const back = given.refunds[who]![refund]!;
  switch (what) {
    case 'pay':
      return host.pay(paid, SIGNAL);
    case 'reverse':
      return host.reverse(paid, 'operator', SIGNAL);
    case 'refund':
      return host.refund(back, SIGNAL);
    case 'reverse-refund':
      return host.reverse(back, 'operator', SIGNAL);
    case 'top-up':
      return office(given, what, given.forms[who]!, 100 + who);
    default: // A form of its own: closing twice means nothing.
      return office(given, what === 'close' ? 'close' : 'reopen', newReference(), 0);
  }
}

interface Move {
  readonly reference: string;
  readonly kind: string;
  readonly amount: Minor;
}

async function check({ account, payments, refunds }: Case): Promise<void> {
  const { balance, moves } = await server.database.read(async (sql) => ({
    balance: (
      await sql.all<{ balance: number }>(
        'SELECT balance FROM stored_value_account WHERE merchant = ? AND account = ?',
        [merchant, account],
      )
    )[0]!.balance,
    moves: await sql.all<Move>(
      'SELECT reference, kind, amount FROM stored_value_move WHERE merchant = ? AND account = ?',
      [merchant, account],
    ),
  }));
  expect(balance).toBeGreaterThanOrEqual(0);
  expect(moves.reduce((all, each) => all + each.amount, 0)).toBe(balance);
  const netOf = (references: readonly string[]): number =>
    moves
      .filter(({ reference }) => references.includes(reference))
      .reduce((all, each) => all + each.amount, 0);
  for (const [index, paid] of payments.entries()) {
    const backs = refunds[index]!;
    // Never paid twice, never more back than was paid.
    const net = netOf([paid.reference, ...backs.map(({ reference }) => reference)]);
    expect(net).toBeLessThanOrEqual(0);
    expect(net).toBeGreaterThanOrEqual(-paid.amount);
    await agrees(paid, moves);
    for (const back of backs) await agrees(back, moves);
  }
}

/** What the acquirer says of an order is what its moves did. */
async function agrees(order: Order, moves: readonly Move[]): Promise<void> {
  const moved = moves.filter(({ reference, amount }) => reference === order.reference && amount !== 0);
  const { state } = await host.query(order, SIGNAL);
  expect(moved.length).toBeLessThanOrEqual(2);
  if (state === 'approved') expect(moved.map(({ amount }) => Math.abs(amount))).toEqual([order.amount]);
  else if (state !== 'reversed') expect(moved).toEqual([]);
}
