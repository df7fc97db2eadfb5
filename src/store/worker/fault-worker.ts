import type { SignedEntry } from '../../domain/entry.ts';
import type { FaultPoint } from './faults.ts';
import { serve } from './serve.ts';
import { STORE_SET_1, type StoreSet } from './store-set.ts';

/**
 * The journal worker for tests: own names, small files, short waits, a newer store set to migrate to, and failures on order.
 * Set up by the worker's name (JSON) and by messages `{ kind: 'fault', point, times, error, message }`. No product code starts it.
 */
declare const self: DedicatedWorkerGlobalScope;

interface Setup {
  readonly prefix: string;
  readonly segmentBytes?: number;
  readonly settleMs?: number;
  /** Ask for store set 2, which wraps entries in objects. */
  readonly newer?: boolean;
  readonly faults?: readonly Fault[];
}

interface Fault {
  readonly point: FaultPoint;
  readonly times: number;
  readonly error: string;
  readonly message?: string;
}

const SET_2: StoreSet = {
  version: 2,
  names: {
    journal: 'journal-2',
    sales: 'sales-2',
    saleEntries: 'sale-entries-2',
    attempts: 'attempts-2',
    totals: 'totals-2',
  },
  create(db) {
    for (const store of ['journal-2', 'sale-entries-2', 'attempts-2', 'totals-2'])
      db.createObjectStore(store);
    db.createObjectStore('sales-2').createIndex('position', 'position');
  },
  plain: false,
  encode: (signed) => ({ signed }),
  decode: (row) => (row as { readonly signed: SignedEntry }).signed,
};

const setup = JSON.parse(self.name) as Setup;
const orders = new Map<FaultPoint, Fault>();
for (const fault of setup.faults ?? []) orders.set(fault.point, fault);

self.addEventListener('message', ({ data }) => {
  if (data.kind === 'fault') orders.set(data.point, data);
});

serve(self, {
  prefix: setup.prefix,
  segmentBytes: setup.segmentBytes ?? 256 * 1024,
  settleMs: setup.settleMs ?? 0,
  storeSets: setup.newer === true ? [STORE_SET_1, SET_2] : [STORE_SET_1],
  faults: {
    at(point) {
      const order = orders.get(point);
      if (order === undefined || order.times <= 0) return;
      orders.set(point, { ...order, times: order.times - 1 });
      throw new DOMException(order.message ?? 'ordered by a test', order.error);
    },
  },
});
