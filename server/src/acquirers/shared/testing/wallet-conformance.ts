import { afterAll, beforeAll, expect, it } from 'vitest';
import { minor } from '../../../../../src/domain/money.ts';
import { PATIENT, refundOrder } from './orders.ts';
import { impatient, MINUTE, magic, SECOND } from './wallet-amounts.ts';
import { startBench, type WalletBench, type WalletSubject } from './wallet-bench.ts';
import { paying } from './wallet-paying.ts';
import { hearing, showing } from './wallet-showing.ts';
import { givingBack, undoing } from './wallet-undoing.ts';

const DAY = 24 * 60 * MINUTE;

/** What every wallet adapter must make of everything that its host can do. Amounts are those of the sandbox's table. */
export function walletConformance(subject: WalletSubject): void {
  let bench: WalletBench;
  beforeAll(async () => {
    bench = await startBench(subject);
  });
  afterAll(() => bench.stop());
  const on = () => bench;
  paying(subject, on);
  undoing(on);
  givingBack(on);
  showing(on);
  hearing(subject, on);
  reconciling(subject);
}

function reconciling(subject: WalletSubject): void {
  it('the statement of a day equals the books of the host', async () => {
    const bench = await startBench(subject);
    try {
      const { acquirer, order, reference, world, sandbox } = bench;
      for (const amount of [1205, 300, 88_888]) {
        const sale = order(amount);
        const paid = await acquirer.pay(sale, PATIENT);
        if (paid.state !== 'approved' || amount === 300) continue;
        await acquirer.refund(refundOrder(sale, reference(), minor(200), paid.approval), PATIENT);
        world.advance(MINUTE + SECOND);
      }
      const undone = order(magic(213));
      await acquirer.pay(undone, impatient());
      await acquirer.reverse(undone, 'window', PATIENT);
      await acquirer.pay(order(magic(51)), PATIENT);
      world.advance(DAY);
      const lines = await acquirer.statement('2026-11-22', PATIENT);
      const expected = sandbox.admin.books().flatMap((each) =>
        each.paid === 0
          ? []
          : [
              { kind: 'payment', reference: each.order, amount: each.paid },
              ...each.refunds.map((back) => ({
                kind: back.kind,
                reference: back.kind === 'reversal' ? each.order : back.id,
                amount: -back.amount,
              })),
            ],
      );
      const seen = lines.map(({ kind, reference: name, amount }) => ({ kind, reference: name, amount }));
      expect(sorted(seen)).toEqual(sorted(expected));
      expect(lines.filter(({ kind }) => kind === 'reversal')).toHaveLength(1);
      expect(lines.every(({ fee, kind }) => (kind === 'payment' ? fee >= 0 : fee <= 0))).toBe(true);
      await expect(acquirer.statement('2026-11-24', PATIENT)).rejects.toMatchObject({
        name: 'AcquirerError',
      });
    } finally {
      await bench.stop();
    }
  });
}

const sorted = <T>(rows: readonly T[]): string[] => rows.map((row) => JSON.stringify(row)).sort();
