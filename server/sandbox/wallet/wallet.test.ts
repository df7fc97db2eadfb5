import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minor } from '../../../src/domain/money.ts';
import { type Behaviour, BOOKINGS, NORMAL, REFUND_FATES } from '../behaviour.ts';
import { Books } from '../books.ts';
import { ManualWorld } from '../testing/manual-world.ts';
import { Wallet } from './wallet.ts';

const steps = fc.array(
  fc.oneof(
    fc.constantFrom(
      'query',
      'reverse',
      'close',
      'password',
      'scan',
      'cancel',
      'wait',
      'long',
    ) as fc.Arbitrary<string>,
    fc.record({ id: fc.constantFrom('R1', 'R2', 'R3'), amount: fc.integer({ min: 0, max: 150 }) }),
  ),
  { maxLength: 30 },
);

const behaviours: fc.Arbitrary<Behaviour> = fc
  .record({
    booking: fc.constantFrom(...BOOKINGS.filter((each) => each !== 'never')),
    queries: fc.integer({ min: 0, max: 3 }),
    reverseRetries: fc.integer({ min: 0, max: 2 }),
    reverseRefused: fc.boolean(),
    refund: fc.constantFrom(...REFUND_FATES),
  })
  .map((some) => ({ ...NORMAL, ...some, delayMs: 20_000 }));

test('whatever happens to an order, it is paid at most once and never gives back more than it took', () => {
  fc.assert(
    fc.property(
      behaviours,
      fc.constantFrom('code' as const, 'qr' as const),
      steps,
      (behaviour, kind, actions) => {
        const world = new ManualWorld();
        const books = new Books();
        let paid = 0;
        const wallet = new Wallet({ host: 'alipay', books, world, onPaid: () => (paid += 1) });
        const request = {
          order: 'A',
          amount: minor(100),
          kind,
          code: kind === 'code' ? 'C' : '',
          providerId: 'P',
          expiresAt: world.clock.now() + 45_000,
          notifyUrl: '',
          subject: 's',
          attach: '',
        };
        wallet.pay(request, behaviour);
        for (const action of actions) {
          if (typeof action === 'object') wallet.refund('A', action.id, minor(action.amount));
          else if (action === 'query') wallet.query('A');
          else if (action === 'reverse') wallet.reverse('A');
          else if (action === 'close') wallet.close('A');
          else if (action === 'wait') world.advance(10_000);
          else if (action === 'long') world.advance(60_000);
          else
            wallet.customer('A', action === 'scan' ? 'pay' : action === 'password' ? 'password' : 'cancel');
          const [book] = books.list();
          expect(paid).toBeLessThanOrEqual(1);
          expect(book!.paid).toBe(paid * 100);
          expect(book!.net).toBeGreaterThanOrEqual(0);
          expect(book!.refunds.reduce((sum, { amount }) => sum + amount, 0)).toBe(book!.refunded);
          if (book!.state === 'reversed') expect(book!.net).toBe(0);
        }
      },
    ),
    { numRuns: 500, seed: 7 },
  );
});
