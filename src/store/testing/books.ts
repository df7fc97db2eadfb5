import type { Countersigned } from '../../contract/api.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import { fromHex } from '../../domain/bytes.ts';
import { hashOf, newSigner, type Signer, signBytes } from '../../domain/chain.ts';
import type { EntryDraft, Head } from '../../domain/entry.ts';
import type {
  AttemptId,
  LineId,
  MerchantId,
  OperatorId,
  RefundId,
  SaleId,
  TillId,
} from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { CompletedSale } from '../../domain/sale.ts';
import type { Shop } from '../../domain/shop.ts';
import { type JournalClient, openJournal } from '../journal-client.ts';
import type { Enrolment, Namespace } from '../protocol.ts';

/** Sales, shops and servers for tests and benches of the books. */

export const OPERATOR = 'op-1' as OperatorId;
export const DAY = '2026-11-22' as BusinessDay;
export const MERCHANT = 'm-0000000001' as MerchantId;
export const TILL = 'T1' as TillId;

export const SHOP: Shop = {
  name: '小店',
  trade: 'retail',
  language: 'zh-CN',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  cutoffHour: 4,
  rounding: 'none',
};

const id128 = (prefix: string, n: number) => `${prefix}${n.toString(16).padStart(32 - prefix.length, '0')}`;
export const saleId = (n: number) => id128('5a', n) as SaleId;
export const attemptId = (n: number) => id128('a7', n) as AttemptId;

/** A sale of two lines: about a kilobyte once signed. */
export function saleOf(n: number, day = DAY): CompletedSale {
  const lines = [250, 1_000].map((price, at) => ({
    id: id128('11', n * 2 + at) as LineId,
    name: at === 0 ? '矿泉水 550ml' : 'Beef noodles 牛肉面',
    quantityMilli: 1_000,
    price: minor(price),
    amount: minor(price),
  }));
  return {
    saleId: saleId(n),
    day,
    currency: 'CNY',
    lines,
    subtotal: minor(1_250),
    rounding: minor(0),
    total: minor(1_250),
    payments: [{ attemptId: attemptId(n), tender: 'cash', amount: minor(1_250), tendered: minor(2_000) }],
  };
}

export const sold = (n: number, day = DAY): EntryDraft => ({ type: 'sale.completed', body: saleOf(n, day) });

/** `amount` of sale `n` goes back in cash. */
export const refunded = (n: number, amount: number, day = DAY): EntryDraft => ({
  type: 'refund.completed',
  body: {
    refundId: id128('4e', n * 1_000 + amount) as RefundId,
    saleId: saleId(n),
    kind: 'refund',
    day,
    currency: 'CNY',
    lines: [],
    amount: minor(amount),
    parts: [
      {
        attemptId: id128('b7', n) as AttemptId,
        original: attemptId(n),
        tender: 'cash',
        amount: minor(amount),
      },
    ],
  },
});

export const tried = (n: number, state: 'prepared' | 'sending' | 'approved' | 'unknown'): EntryDraft => ({
  type: `attempt.${state}`,
  body: {
    attempt: {
      attemptId: attemptId(n),
      saleId: saleId(n),
      tender: 'cash',
      amount: minor(1_250),
      currency: 'CNY',
    },
  },
});

export const printed = (n: number, duplicate = false): EntryDraft => ({
  type: 'receipt.printed',
  body: { saleId: saleId(n), jobId: id128('70', n) as never, duplicate },
});

/** A server that signs heads. */
export class Countersigner {
  readonly signer: Signer;

  constructor(signer: Signer) {
    this.signer = signer;
  }

  static async make(): Promise<Countersigner> {
    return new Countersigner(await newSigner());
  }

  async say(head: Head, merchant = MERCHANT): Promise<Countersigned> {
    const { alg, kid } = this.signer.key;
    const said = { merchant, till: TILL, head, serverTime: 1_700_000_000_000, alg, kid };
    return { ...said, sig: await signBytes(this.signer, fromHex(await hashOf(said))) };
  }
}

export const enrolment = (server?: Countersigner): Enrolment => ({
  merchant: MERCHANT,
  till: TILL,
  training: false,
  shop: SHOP,
  operator: OPERATOR,
  ...(server === undefined ? {} : { serverKey: server.signer.key }),
});

export interface Fault {
  readonly point: string;
  readonly times: number;
  readonly error: string;
  readonly message?: string;
}

/** One tab's journal over a worker of its own, and the worker itself, to break things with. */
export interface TestTab {
  readonly journal: JournalClient;
  readonly worker: Worker;
  order(fault: Fault): void;
}

/** Opens a tab on books of their own. `prefix` names them: the same prefix is the same till. */
export async function openTab(
  prefix: string,
  setup: { segmentBytes?: number; settleMs?: number; newer?: boolean; faults?: readonly Fault[] } = {},
  namespace: Namespace = 'main',
): Promise<TestTab> {
  const url = new URL('../worker/fault-worker.ts', import.meta.url);
  const worker = new Worker(url, { type: 'module', name: JSON.stringify({ prefix, ...setup }) });
  const journal = await openJournal({ createWorker: () => worker, namespace });
  return { journal, worker, order: (fault) => worker.postMessage({ kind: 'fault', ...fault }) };
}

/** A name that no other test uses. */
export const freshPrefix = (): string => `test-${crypto.randomUUID().slice(0, 8)}`;

/** A till with `sales` sales written one by one, and its tab. */
export async function till(
  sales: number,
  setup: Parameters<typeof openTab>[1] & { server?: Countersigner } = {},
): Promise<TestTab & { readonly prefix: string }> {
  const prefix = freshPrefix();
  const { server, ...rest } = setup;
  const tab = await openTab(prefix, rest);
  await tab.journal.enrol(enrolment(server));
  for (let n = 1; n <= sales; n += 1) await tab.journal.append([sold(n)], OPERATOR);
  return { ...tab, prefix };
}

/** All sale numbers the journal lists, latest first. */
export async function soldIn(journal: JournalClient): Promise<readonly number[]> {
  const sales = await journal.sales({ limit: 1_000 });
  return sales.map((each) => Number.parseInt(each.sale.saleId.slice(2), 16));
}
