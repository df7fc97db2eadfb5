import type { OperatorId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import { ATTEMPT, SALE } from './fake-attempts.ts';
import { ONLINE, SHOP } from './fake-data.ts';
import { PAPER } from './fake-paper.ts';
import type { FakeServices } from './fake-services.ts';
import type { Scene } from './scene.ts';
import { BACK_SCENES } from './scenes-back.ts';
import { BOOKS_SCENES } from './scenes-books.ts';
import { DEVICE_SCENES } from './scenes-devices.ts';
import { MONEY_SCENES } from './scenes-money.ts';

const chargeTyped = (fake: FakeServices, entry: string): void => {
  fake.type(entry);
  void fake.checkout.send({ type: 'add' });
};

export const SCENES: readonly Scene[] = [
  {
    name: 'first-run',
    set: (fake) => fake.stores.session.set({ at: 'first-run', reachable: true, code: 'ABCD-EFGH' }),
  },
  {
    name: 'first-run-unreachable',
    set: (fake) => fake.stores.session.set({ at: 'first-run', reachable: false }),
  },
  {
    name: 'lock',
    set: (fake) =>
      fake.stores.session.set({
        at: 'locked',
        shop: SHOP,
        operators: [
          { id: 'owner' as OperatorId, name: '店主', role: 'owner' },
          { id: 'li' as OperatorId, name: '小李', role: 'cashier' },
        ],
        failures: 0,
        waitS: 0,
        managerOnly: false,
      }),
  },
  {
    name: 'lock-wait',
    set: (fake) =>
      fake.stores.session.set({
        at: 'locked',
        shop: SHOP,
        operators: [],
        failures: 6,
        waitS: 30,
        managerOnly: false,
      }),
  },
  { name: 'till-empty', set: () => undefined },
  {
    name: 'till',
    set: (fake) => {
      chargeTyped(fake, '6×2');
      chargeTyped(fake, '35.8');
      chargeTyped(fake, '128');
      fake.type('12.5+3×2');
    },
  },
  {
    name: 'till-large',
    set: (fake) => {
      chargeTyped(fake, '98765432.10');
      fake.stores.strip.set({
        ...ONLINE,
        network: 'offline',
        sync: 'waiting',
        journal: { ...ONLINE.journal, unsynced: 37, copies: 'opfs-only' },
        printer: { ...ONLINE.printer, paper: 'end' },
        update: 'busy',
      });
    },
  },
  {
    name: 'till-training',
    set: (fake) => {
      fake.session.training = true;
      fake.stores.strip.set({
        ...ONLINE,
        training: true,
        network: 'server-gone',
        journal: { ...ONLINE.journal, unsynced: 4 },
      });
      chargeTyped(fake, '18');
    },
  },
  {
    name: 'tender',
    set: (fake) => {
      chargeTyped(fake, '6×2+35.8');
      void fake.checkout.send({ type: 'charge' });
    },
  },
  {
    name: 'tender-typed',
    set: (fake) => {
      chargeTyped(fake, '6×2+35.8');
      void fake.checkout.send({ type: 'charge' });
      fake.type('100');
    },
  },
  {
    name: 'tender-refused',
    set: (fake) =>
      fake.show({
        at: 'tendering',
        sale: SALE,
        paid: [],
        opened: false,
        way: 'cash',
        typing: 'tendered',
        entry: '2' as never,
        problem: 'quota',
      }),
  },
  {
    name: 'paying',
    set: (fake) => fake.show({ at: 'paying', sale: SALE, paid: [], attempt: ATTEMPT, state: 'sending' }),
  },
  {
    name: 'asking',
    set: (fake) => fake.show({ at: 'asking', sale: SALE, paid: [], attempt: ATTEMPT, state: 'unknown' }),
  },
  {
    name: 'unsaved',
    set: (fake) =>
      fake.show({
        at: 'unsaved',
        sale: SALE,
        attempt: ATTEMPT,
        trouble: 'quota',
        tries: 3,
        slip: { at: 'idle' },
      }),
  },
  {
    name: 'done',
    set: (fake) => {
      chargeTyped(fake, '6×2+35.8');
      void fake.checkout.send({ type: 'charge' });
      void fake.checkout.send({ type: 'tendered', amount: minor(10_000) });
    },
  },
  {
    name: 'done-unconfirmed',
    set: (fake) =>
      fake.show({
        at: 'done',
        saleId: SALE.saleId,
        number: 'A1-7K3M9Q-000129',
        total: minor(4_780),
        payments: [
          { attemptId: ATTEMPT.attemptId, tender: 'cash', amount: minor(4_780), tendered: minor(4_780) },
        ],
        tendered: minor(4_780),
        change: minor(0),
        receiptUrl: 'https://pos.example/r/A1-7K3M9Q-000129?s=mC1x',
        slip: { at: 'unconfirmed', reason: 'paper-end' },
        recovered: true,
      }),
  },
  {
    name: 'orders',
    hash: '#/orders',
    set: (fake) => {
      const { journal } = ONLINE;
      const acknowledged = { epoch: fake.records[0]!.head.epoch, seq: 125, hash: 'a'.repeat(64) };
      fake.stores.strip.set({
        ...ONLINE,
        network: 'offline',
        sync: 'waiting',
        journal: { ...journal, unsynced: 9, acknowledged },
      });
    },
  },
  {
    name: 'orders-empty',
    hash: '#/orders',
    set: (fake) => {
      fake.records = [];
    },
  },
  { name: 'order', hash: `#/orders/${(128).toString(16).padStart(32, '0')}`, set: () => undefined },
  {
    name: 'devices',
    hash: '#/devices',
    set: (fake) => {
      fake.stores.devices.set({ ...fake.stores.devices.value, simulated: true });
      fake.stores.paper.set(PAPER);
    },
  },
  {
    name: 'devices-none',
    hash: '#/devices',
    set: (fake) =>
      fake.stores.devices.set({
        ...fake.stores.devices.value,
        usb: false,
        serial: false,
        printer: {
          ...ONLINE.printer,
          link: 'absent',
          name: '',
          paper: 'unknown',
          cover: 'unknown',
          drawerPin: 'unknown',
          trouble: 'lost',
        },
      }),
  },
  {
    name: 'settings',
    hash: '#/settings',
    set: (fake) =>
      fake.stores.strip.set({ ...ONLINE, update: 'ready', journal: { ...ONLINE.journal, persisted: false } }),
  },
  {
    name: 'reader',
    set: (fake) => fake.stores.strip.set({ ...ONLINE, journal: { ...ONLINE.journal, role: 'reader' } }),
  },
  { name: 'blocked', set: (fake) => fake.stores.session.set({ at: 'blocked', trouble: 'quota' }) },
  ...DEVICE_SCENES,
  ...MONEY_SCENES,
  ...BACK_SCENES,
  ...BOOKS_SCENES,
];
