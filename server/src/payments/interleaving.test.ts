import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Attempt } from '../../../src/domain/attempt.ts';
import { minor } from '../../../src/domain/money.ts';
import { type Act, FakeAcquirer } from '../testing/fake-acquirer.ts';
import { openPaymentTill, type PaymentTill, WECHAT_CODE } from '../testing/payment-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';
import { findOrder } from './orders.ts';
import { isDefinite } from './standing.ts';

let server: TestApp;
let wechat: FakeAcquirer;
let till: PaymentTill;
beforeAll(async () => {
  wechat = new FakeAcquirer();
  server = await openTestApp({ acquirers: [wechat] });
  till = await openPaymentTill(server);
});
afterAll(() => server.close());

const ACTS: readonly Act[] = ['honest', 'silent', 'lost', 'late', 'decline', 'waiting', 'throw'];
const OPERATIONS = ['pay', 'query', 'reverse', 'refund', 'close'] as const;

/** One step of a bad day: which attempt, what happens to it, and how the next request of some kind goes. */
const step = fc.record({
  who: fc.nat({ max: 4 }),
  what: fc.constantFrom(
    'post',
    'query',
    'reverse',
    'notice',
    'confirm',
    'arrive',
    'wait',
    'complete',
    'restart',
  ),
  operation: fc.constantFrom(...OPERATIONS),
  act: fc.constantFrom(...ACTS),
  /** Whether the next step begins before this one has ended. */
  isRacing: fc.boolean(),
});

/** Two payments of one sale and three refunds of the first: every id is new. */
function cast(method: 'customer-code' | 'shop-code', refunds: readonly number[]): readonly Attempt[] {
  const first = till.attempt({ method });
  const second = till.attempt({ method, saleId: first.saleId });
  const { saleId, attemptId: original } = first;
  return [
    first,
    second,
    ...refunds.map((amount) =>
      till.attempt({ method, saleId, original, purpose: 'refund', amount: minor(amount) }),
    ),
  ];
}

describe('any interleaving of posts, questions, undoing, callbacks and restarts', () => {
  it('ends definite, takes each payment once, and gives back no more than was paid', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('customer-code' as const, 'shop-code' as const),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 3, maxLength: 3 }),
        fc.array(step, { minLength: 1, maxLength: 25 }),
        async (method, refunds, steps) => {
          const attempts = cast(method, refunds);
          await run(attempts, steps);
          await heal();
          await check(attempts);
        },
      ),
      { seed: 20_261_122, numRuns: Number(process.env['INTERLEAVINGS'] ?? 120) },
    );
  });
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

async function run(attempts: readonly Attempt[], steps: readonly Step[]): Promise<void> {
  const place = { merchant: till.till.merchant, till: till.till.till };
  const ends = new Map<string, string>();
  let payments = server.payments;
  let running: Promise<unknown>[] = [];
  for (const { who, what, operation, act, isRacing } of steps) {
    const attempt = attempts[who]!;
    const asked = { contract: 1, attempt };
    wechat.next(operation, act);
    const todo: Record<Step['what'], () => Promise<unknown>> = {
      post: () => payments.post(place, { ...asked, subject: 'x', code: WECHAT_CODE }),
      query: () => payments.query(place, asked),
      reverse: () => payments.reverse(place, asked),
      notice: async () =>
        wechat.held(attempt.attemptId) > 0 &&
        payments.notify({
          acquirer: 'wechatpay',
          merchant: place.merchant,
          headers: {},
          body: JSON.stringify({ reference: attempt.attemptId, amount: attempt.amount }),
        }),
      confirm: async () => wechat.confirm(attempt.attemptId),
      arrive: async () => wechat.arrive(),
      wait: async () => {
        wechat.arrive(); // Nothing stays on the wire for longer than a rail's window.
        server.timer.pass(20_000);
      },
      complete: () => payments.complete(),
      restart: async () => {
        payments = server.newPayments();
      },
    };
    running.push(todo[what]().catch(() => undefined));
    if (isRacing) continue;
    await Promise.all(running);
    running = [];
    await watch(attempts, ends);
  }
  await Promise.all(running);
}

/** A definite end never changes, except that an approval may be undone. */
async function watch(attempts: readonly Attempt[], ends: Map<string, string>): Promise<void> {
  for (const attempt of attempts) {
    const state = (await rowOf(attempt))?.state;
    const before = ends.get(attempt.attemptId);
    if (before === 'declined' || before === 'reversed') expect(state).toBe(before);
    if (before === 'approved') expect(['approved', 'reversing', 'reversed']).toContain(state);
    if (state !== undefined && isDefinite(state)) ends.set(attempt.attemptId, state);
  }
}

const rowOf = (attempt: Attempt) =>
  server.database.read((sql) => findOrder(sql, till.till.merchant, attempt.attemptId));

/** The network is well again, and time passes. */
async function heal(): Promise<void> {
  wechat.arrive();
  wechat.forget();
  for (let round = 0; round < 6; round += 1) {
    server.timer.pass(180_000);
    await server.payments.complete();
  }
}

async function check(attempts: readonly Attempt[]): Promise<void> {
  const rows = await Promise.all(attempts.map(rowOf));
  for (const row of rows) expect(row === undefined || isDefinite(row.state)).toBe(true);
  const approved = (index: number): boolean => rows[index]?.state === 'approved';
  const back = [2, 3, 4].filter(approved).reduce((all, index) => all + attempts[index]!.amount, 0);
  const [first, second] = attempts as [Attempt, Attempt];
  expect(back).toBeLessThanOrEqual(first.amount);
  expect(wechat.held(first.attemptId)).toBe(approved(0) ? first.amount - back : 0);
  expect(wechat.held(second.attemptId)).toBe(approved(1) ? second.amount : 0);
  for (const { attemptId } of attempts) {
    const sent = wechat.orders.filter((order) => order.reference === attemptId);
    expect(sent.length).toBeLessThanOrEqual(1);
  }
}
