import { describe, expect, it } from 'vitest';
import { minor } from '../../../../../src/domain/money.ts';
import type { Outcome } from '../../acquirer.ts';
import { PATIENT, refundOrder } from './orders.ts';
import { impatient, MINUTE, magic, type On, SECOND } from './wallet-amounts.ts';

/** Everything a host can answer to an undo. */
export function undoing(on: On): void {
  describe('reverse', () => {
    it.each([
      [213, 'booked'],
      [250, 'booked while the reversal came in'],
      [100, 'waiting for a password'],
    ])('%i: an order that was %s ends reversed, however often it is asked', async (digits) => {
      const { acquirer, order, book } = on();
      const sale = order(magic(digits));
      await acquirer.pay(sale, impatient());
      expect(await acquirer.reverse(sale, 'window', PATIENT)).toMatchObject({ state: 'reversed' });
      expect(await acquirer.reverse(sale, 'window', PATIENT)).toMatchObject({ state: 'reversed' });
      expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state: 'reversed' });
      expect(book(sale)?.net).toBe(0);
    });

    it('an order that never arrived moves nothing', async () => {
      const { acquirer, order, book } = on();
      const sale = order(magic(212));
      await acquirer.pay(sale, impatient());
      expect(['reversed', 'not-found']).toContain((await acquirer.reverse(sale, 'window', PATIENT)).state);
      expect(book(sale)?.net ?? 0).toBe(0);
    });

    it('a reversal that must be asked again is unknown until it works', async () => {
      const { acquirer, order, book } = on();
      const sale = order(magic(262));
      await acquirer.pay(sale, impatient());
      for (let turn = 0; turn < 2; turn++) {
        expect(await acquirer.reverse(sale, 'window', PATIENT)).toEqual({
          state: 'unknown',
          reason: 'reverse-needs-retry',
        });
      }
      expect(await acquirer.reverse(sale, 'window', PATIENT)).toMatchObject({ state: 'reversed' });
      expect(book(sale)?.net).toBe(0);
    });

    it('a reversal that is refused for good never says reversed', async () => {
      const { acquirer, order, book } = on();
      const sale = order(magic(270));
      await acquirer.pay(sale, impatient());
      const outcome = await acquirer.reverse(sale, 'window', PATIENT);
      expect(['approved', 'unknown']).toContain(outcome.state);
      expect(book(sale)?.net).toBe(sale.amount);
    });

    it('a provider that breaks its word after a reversal is heard by the inquiry', async () => {
      const { acquirer, order, world } = on();
      const sale = order(magic(251));
      await acquirer.pay(sale, impatient());
      await acquirer.reverse(sale, 'window', PATIENT);
      world.advance(6 * SECOND);
      expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state: 'approved' });
    });

    it.each(['bad-signature', 'no-signature', 'drop', 'malformed', 'system-error'] as const)(
      'an answer to a reversal with %s is unknown',
      async (answer) => {
        const { acquirer, order, sandbox } = on();
        const sale = order(3_000);
        await acquirer.pay(sale, PATIENT);
        sandbox.admin.addRule({
          order: sale.reference,
          operation: 'reverse',
          behaviour: { answer },
          times: 1,
        });
        expect(await acquirer.reverse(sale, 'window', PATIENT)).toMatchObject({ state: 'unknown' });
        expect(await acquirer.reverse(sale, 'window', PATIENT)).toMatchObject({ state: 'reversed' });
      },
    );
  });
}

/** Everything a host can answer to a refund. */
export function givingBack(on: On): void {
  describe('refund', () => {
    const paidSale = async (amount = 1205) => {
      const sale = on().order(amount);
      const paid = await on().acquirer.pay(sale, PATIENT);
      if (paid.state !== 'approved') throw new Error(`not paid: ${paid.state}`);
      const back = (fen: number) => refundOrder(sale, on().reference(), minor(fen), paid.approval);
      return { sale, back };
    };

    it('all of it goes back, and repeating it moves nothing more', async () => {
      const { acquirer, book } = on();
      const { sale, back } = await paidSale();
      const refund = back(1205);
      expect(await acquirer.refund(refund, PATIENT)).toMatchObject({ state: 'approved' });
      expect(await acquirer.refund(refund, PATIENT)).toMatchObject({ state: 'approved' });
      expect(await acquirer.query(refund, PATIENT)).toMatchObject({ state: 'approved' });
      expect(book(sale)).toMatchObject({ net: 0, refunded: 1205 });
    });

    it('parts go back until nothing is left', async () => {
      const { acquirer, book } = on();
      const { sale, back } = await paidSale();
      expect(await acquirer.refund(back(500), PATIENT)).toMatchObject({ state: 'approved' });
      on().world.advance(MINUTE + SECOND); // WeChat Pay wants a minute between two refunds of one order.
      expect(await acquirer.refund(back(705), PATIENT)).toMatchObject({ state: 'approved' });
      on().world.advance(MINUTE + SECOND);
      expect((await acquirer.refund(back(1), PATIENT)).state).not.toBe('approved');
      expect(book(sale)).toMatchObject({ net: 0 });
    });

    it('more than was paid never goes back', async () => {
      const { acquirer, book } = on();
      const { sale, back } = await paidSale();
      expect(await acquirer.refund(back(1206), PATIENT)).toMatchObject({ state: 'declined' });
      expect(book(sale)).toMatchObject({ net: 1205 });
    });

    it.each(['drop', 'bad-signature', 'system-error'] as const)(
      'an answer with %s is unknown; the inquiry tells, and asking again moves nothing more',
      async (answer) => {
        const { acquirer, book, sandbox } = on();
        const { sale, back } = await paidSale();
        const refund = back(400);
        sandbox.admin.addRule({ operation: 'refund', behaviour: { answer }, times: 1 });
        expect(await acquirer.refund(refund, PATIENT)).toMatchObject({ state: 'unknown' });
        expect(await acquirer.query(refund, PATIENT)).toMatchObject({ state: 'approved' });
        expect(await acquirer.refund(refund, PATIENT)).toMatchObject({ state: 'approved' });
        expect(book(sale)).toMatchObject({ refunded: 400 });
      },
    );

    /** What a refund that was accepted comes to, asked about until it is something else. */
    async function accepted(amount: number) {
      const { acquirer, book } = on();
      const { sale, back } = await paidSale(amount);
      const refund = back(400);
      const onItsWay = { state: 'waiting', reason: 'refund-processing' };
      let last: Outcome = await acquirer.refund(refund, PATIENT);
      expect(last).toEqual(onItsWay);
      expect(book(sale)).toMatchObject({ refunded: 400 });
      for (let turn = 0; turn < 4 && last.state === 'waiting'; turn++) {
        expect(last).toEqual(onItsWay);
        last = await acquirer.query(refund, PATIENT);
      }
      return { last, refunded: book(sale)?.refunded };
    }

    it('one that is under way is waited for, and is done in the end', async () => {
      expect(await accepted(magic(310))).toMatchObject({ last: { state: 'approved' }, refunded: 400 });
    });

    it('one that was accepted and then not made is declined, and the money is with the shop', async () => {
      const reason = expect.stringMatching(/^refund-/);
      expect(await accepted(magic(312))).toMatchObject({ last: { state: 'declined', reason }, refunded: 0 });
    });

    it('one that no account takes is never said to be done', async () => {
      const { last, refunded } = await accepted(magic(313));
      expect([last.state === 'approved' || last.state === 'declined', refunded]).toEqual([false, 400]);
    });

    it('one that is refused is declined, and nothing goes back', async () => {
      const { acquirer, book } = on();
      const { sale, back } = await paidSale(magic(311));
      expect(await acquirer.refund(back(400), PATIENT)).toMatchObject({ state: 'declined' });
      expect(book(sale)).toMatchObject({ refunded: 0 });
    });

    it('one that the channel does not know is not-found', async () => {
      const { back } = await paidSale();
      expect(await on().acquirer.query(back(400), PATIENT)).toEqual({ state: 'not-found' });
    });
  });
}
