import { describe, expect, it } from 'vitest';
import { DECLINES } from '../../../../sandbox/amount-table.ts';
import type { Outcome } from '../../acquirer.ts';
import { PATIENT } from './orders.ts';
import { impatient, magic, type On, SECOND } from './wallet-amounts.ts';
import type { WalletSubject } from './wallet-bench.ts';

/** Everything a host can answer to a pay code. */
export function paying(subject: WalletSubject, on: On): void {
  describe('pay and query', () => {
    it('an honest payment is approved, and the inquiry says the same', async () => {
      const { acquirer, order, book } = on();
      const sale = order(1205);
      const paid = await acquirer.pay(sale, PATIENT);
      expect(paid).toMatchObject({ state: 'approved', approval: { demo: true } });
      expect(channelIdOf(paid)).toBe(book(sale)?.providerId);
      expect(await acquirer.query(sale, PATIENT)).toEqual(paid);
      expect(book(sale)).toMatchObject({ state: 'paid', paid: 1205 });
    });

    const declines = Object.entries(DECLINES).filter(([, codes]) => codes[subject.host] !== '');
    it.each(declines)(
      'a refusal (%s) is declined, or doubt when it proves nothing; nothing was taken',
      async (digits) => {
        const { acquirer, order, book } = on();
        const sale = order(magic(Number(digits)));
        const outcome = await acquirer.pay(sale, PATIENT);
        expect(['declined', 'unknown']).toContain(outcome.state);
        const asked = await acquirer.query(sale, PATIENT);
        expect(['declined', 'not-found', 'reversed', 'waiting']).toContain(asked.state);
        expect(book(sale)?.paid ?? 0).toBe(0);
      },
    );

    it('a password is waited for, and then the payment is approved', async () => {
      const { acquirer, order } = on();
      const sale = order(magic(102));
      expect(await acquirer.pay(sale, PATIENT)).toMatchObject({ state: 'waiting' });
      expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state: 'waiting' });
      expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state: 'approved' });
    });

    it('a customer who cancels is declined or closed, never approved', async () => {
      const { acquirer, order, sandbox } = on();
      const sale = order(magic(100));
      expect(await acquirer.pay(sale, PATIENT)).toMatchObject({ state: 'waiting' });
      expect(sandbox.admin.customer(sale.reference, 'cancel')).toBe(true);
      expect(['declined', 'reversed']).toContain((await acquirer.query(sale, PATIENT)).state);
    });

    it.each([
      [210, 'dropped before it was booked', 'not-found'],
      [211, 'dropped after it was booked', 'approved'],
      [212, 'never answered and never booked', 'not-found'],
      [213, 'booked and never answered', 'approved'],
      [200, 'answered too late', 'approved'],
      [240, 'booked under a system error', 'approved'],
      [241, 'not booked under a system error', 'not-found'],
      [230, 'booked, the answer badly signed', 'approved'],
      [231, 'not booked, the answer badly signed', 'not-found'],
      [232, 'booked, the answer not signed', 'approved'],
      [280, 'answered with another amount', 'approved'],
      [281, 'answered about another order', 'approved'],
      [300, 'answered with rubbish', 'approved'],
    ])('%i: %s is unknown at first, and the inquiry tells', async (digits, _name, state) => {
      const { acquirer, order, book } = on();
      const sale = order(magic(digits));
      expect(await acquirer.pay(sale, impatient())).toMatchObject({ state: 'unknown' });
      expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state });
      expect(book(sale)?.paid ?? 0).toBe(state === 'approved' ? sale.amount : 0);
    });

    it('a field from the future does not stop a payment', async () => {
      const { acquirer, order } = on();
      expect(await acquirer.pay(order(magic(301)), PATIENT)).toMatchObject({ state: 'approved' });
    });

    it('a payment that is booked late is approved late, and never declined before', async () => {
      const { acquirer, order, world } = on();
      const sale = order(magic(252));
      expect(await acquirer.pay(sale, impatient())).toMatchObject({ state: 'unknown' });
      expect(['waiting', 'not-found', 'unknown']).toContain((await acquirer.query(sale, PATIENT)).state);
      world.advance(31 * SECOND);
      expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state: 'approved' });
    });

    it('a signed inquiry with another amount is no approval either', async () => {
      const { acquirer, order, sandbox } = on();
      const sale = order(2_000);
      await acquirer.pay(sale, PATIENT);
      sandbox.admin.addRule({
        order: sale.reference,
        operation: 'query',
        behaviour: { answer: 'wrong-amount' },
        times: 1,
      });
      expect(await acquirer.query(sale, PATIENT)).toEqual({ state: 'unknown', reason: 'amount-mismatch' });
    });
  });
}

const channelIdOf = (outcome: Outcome): string | undefined =>
  outcome.state === 'approved' ? outcome.approval.channelId : undefined;
