import { minor } from '../../domain/money.ts';
import { ATTEMPT } from './fake-attempts.ts';
import { ONLINE } from './fake-data.ts';
import type { FakeServices } from './fake-services.ts';
import type { Scene } from './scene.ts';

const offline = (fake: FakeServices, change: Partial<typeof ONLINE.journal>): void =>
  fake.stores.strip.set({ ...ONLINE, network: 'offline', journal: { ...ONLINE.journal, ...change } });

/** The day, the health of the books, help, the first minute. */
export const BOOKS_SCENES: readonly Scene[] = [
  {
    name: 'today',
    hash: '#/today',
    set: (fake) => {
      const tenders = ['wechat', 'alipay', 'cash', 'card'] as const;
      fake.records = fake.records.map((record, index) => {
        const [payment] = record.sale.payments;
        if (payment === undefined) return record;
        const { tendered: _, ...plain } = payment;
        const tender = tenders[index % 3 === 0 ? 0 : index % tenders.length] ?? 'cash';
        return { ...record, sale: { ...record.sale, payments: [{ ...plain, tender }] } };
      });
      fake.books.refunded = minor(4_780);
      fake.books.open = [{ attempt: ATTEMPT, state: 'unknown', at: 0, position: 1 }];
    },
  },
  { name: 'today-empty', hash: '#/today/2026-03-13', set: () => undefined },
  { name: 'health', hash: '#/health', set: () => undefined },
  {
    name: 'health-parked',
    hash: '#/health',
    set: (fake) => {
      offline(fake, { unsynced: 7, parked: 2, persisted: false });
      fake.books.shown = {
        oldestWaitingAt: Date.UTC(2026, 2, 11, 9, 30),
        confirmedAt: Date.UTC(2026, 2, 11, 9, 29),
        room: { used: 5_600_000_000, quota: 6_000_000_000 },
        parked: [
          {
            position: 121,
            reason: 'entry-invalid',
            parkedAt: Date.UTC(2026, 2, 11, 9, 31),
            type: 'sale.completed',
            saleId: fake.records[0]!.sale.saleId,
          },
          { position: 118, reason: 'signature-invalid', parkedAt: Date.UTC(2026, 2, 11, 9, 30) },
        ],
      };
    },
  },
  {
    name: 'health-blocked',
    hash: '#/health',
    set: (fake) =>
      fake.stores.strip.set({
        ...ONLINE,
        sync: 'blocked',
        syncProblem: 'till-revoked',
        journal: { ...ONLINE.journal, unsynced: 31 },
      }),
  },
  { name: 'help', hash: '#/help', set: () => undefined },
  { name: 'help-code', hash: '#/help/print.paper-end', set: () => undefined },
  { name: 'help-none', hash: '#/help/nothing-like-this', set: () => undefined },
  {
    name: 'guide',
    set: (fake) => {
      fake.session.training = true;
      fake.welcome.guide.set('amount');
    },
  },
  {
    name: 'guide-end',
    set: (fake) => {
      fake.session.training = true;
      fake.welcome.guide.set('end');
    },
  },
  {
    name: 'install-offer',
    set: (fake) => {
      fake.type('47.8');
      void fake.checkout.send({ type: 'charge' });
      void fake.checkout.send({ type: 'tendered', amount: minor(5_000) });
      fake.welcome.offersInstall.set(true);
    },
  },
];
