import { expect, test } from 'vitest';
import type { OperatorId } from '../../domain/ids.ts';
import { AttemptDesk } from '../payment/desk.ts';
import { CheckoutBench, scriptedRail } from '../testing/checkout-bench.ts';
import { eventually, InstantTimer } from '../testing/ports.ts';
import { attemptOf, paidBy, SALE } from '../testing/sale-in-hand.ts';

const OWNER = 'owner' as OperatorId;

test('after a restart, money that a manager finds for a sale that was paid otherwise goes back', async () => {
  const bench = new CheckoutBench();
  const attempt = attemptOf('wechat');
  await bench.journal.append(
    [
      { type: 'sale.opened', body: SALE },
      { type: 'attempt.sending', body: { attempt } },
      { type: 'attempt.reversing', body: { attempt } },
      { type: 'sale.completed', body: { ...SALE, payments: [paidBy('cash', 1000)] } },
      { type: 'attempt.stuck', body: { attempt } },
    ],
    OWNER,
  );
  const desk = new AttemptDesk({
    journal: bench.journal,
    timer: new InstantTimer(),
    clock: { now: () => 1_000, mono: () => 1_000 },
    operator: () => OWNER,
    rails: (of) => ({ ...scriptedRail(of, []), refund: async () => ({ kind: 'refunded' }) }),
    mayOverride: async () => OWNER,
    alarm: (error) => {
      throw error;
    },
  });
  const checkout = bench.till({ desk });
  bench.kept = [SALE.saleId];
  await checkout.recover();
  await eventually(() => desk.state.value.length === 1);
  await desk.decide(attempt.attemptId, { as: 'approved', evidence: 'on the statement', pin: '1234' });
  await eventually(() => bench.journal.types.at(-1) === 'attempt.refunded');
  expect(bench.journal.types).not.toContain('attempt.approved');
  expect(bench.journal.types.slice(-3)).toEqual([
    'attempt.approved-late',
    'attempt.refund-due',
    'attempt.refunded',
  ]);
});
