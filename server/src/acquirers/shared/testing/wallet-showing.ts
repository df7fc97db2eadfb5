import { describe, expect, it } from 'vitest';
import { PATIENT } from './orders.ts';
import { magic, type On } from './wallet-amounts.ts';
import type { WalletSubject } from './wallet-bench.ts';

/** A code on our screen, from showing to its end. */
export function showing(on: On): void {
  describe('a shown code', () => {
    it('is waited for, scanned, paid', async () => {
      const { acquirer, order, sandbox, world } = on();
      const sale = order(1205, 'shop-code');
      const shown = await acquirer.pay(sale, PATIENT);
      if (shown.state !== 'waiting' || shown.code === undefined) throw new Error(`no code: ${shown.state}`);
      expect(shown.code.expiresAt).toBeGreaterThan(world.clock.now());
      expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state: 'waiting' });
      expect(sandbox.admin.customer(shown.code.text, 'pay')).toBe(true);
      expect(await acquirer.query(sale, PATIENT)).toMatchObject({ state: 'approved' });
    });

    it('that nobody paid is closed for good', async () => {
      const { acquirer, order, sandbox } = on();
      const sale = order(1205, 'shop-code');
      await acquirer.pay(sale, PATIENT);
      expect(await acquirer.close(sale, PATIENT)).toMatchObject({ state: 'reversed' });
      expect(sandbox.admin.customer(sale.reference, 'pay')).toBe(false);
    });

    it('that was paid in the last moment is not closed but told', async () => {
      const { acquirer, order, sandbox } = on();
      const sale = order(1205, 'shop-code');
      await acquirer.pay(sale, PATIENT);
      expect(sandbox.admin.customer(sale.reference, 'pay')).toBe(true);
      expect(await acquirer.close(sale, PATIENT)).toMatchObject({ state: 'approved' });
    });
  });
}

/** Every callback that a host can send. */
export function hearing(subject: WalletSubject, on: On): void {
  describe('callbacks', () => {
    /** Pays a shown code and gives what our end heard about it. */
    const payShown = async (digits: number) => {
      const { acquirer, order, sandbox, heard, settled } = on();
      await settled();
      const before = heard.length;
      const sale = order(magic(digits), 'shop-code');
      await acquirer.pay(sale, PATIENT);
      expect(sandbox.admin.customer(sale.reference, 'pay')).toBe(true);
      await settled();
      return { sale, said: heard.slice(before) };
    };

    it('a good one tells what was paid', async () => {
      const { sale, said } = await payShown(999);
      expect(said[0]).toMatchObject({
        notice: { reference: sale.reference, amount: sale.amount, outcome: { state: 'approved' } },
      });
    });

    it('one that comes twice says the same twice', async () => {
      const { said } = await payShown(290);
      expect(said).toHaveLength(2);
      expect(said[1]).toEqual(said[0]);
    });

    it('one that somebody recorded and plays again is refused', async () => {
      await payShown(998);
      const { acquirer, callbacks } = on();
      const recorded = callbacks.at(-1);
      expect(await acquirer.notice?.(recorded ?? { headers: {}, body: '' })).toEqual({ refused: 'replayed' });
    });

    it('one with another amount says so, for the caller to compare', async () => {
      const { sale, said } = await payShown(294);
      expect(said[0]).toHaveProperty('notice.reference', sale.reference);
      expect(said[0]).not.toHaveProperty('notice.amount', sale.amount);
    });

    it.each([
      [291, 'signature-invalid'],
      [295, 'other-merchant'],
      [296, subject.host === 'alipay' ? undefined : 'stale'], // Alipay repeats one for 25 hours.
    ] as const)('%i is refused: %s', async (digits, refused) => {
      const { said } = await payShown(digits);
      if (refused === undefined) {
        expect(said[0]).toHaveProperty('notice');
        return;
      }
      expect(said[0]).toEqual({ refused });
    });
  });
}
