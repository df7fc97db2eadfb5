import type { BusinessDay } from '../../domain/business-day.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { AttemptId, Epoch, LineId, OperatorId, SaleId, TillId } from '../../domain/ids.ts';
import type { SaleRecord } from '../../domain/journal.ts';
import { type Minor, minor } from '../../domain/money.ts';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import type { Shop } from '../../domain/shop.ts';
import type { Paper, SessionState, StripState } from '../../flow/services.ts';

/** A shop, its sales and its machine, as pages would be told of them. */

const HEAD = 'a'.repeat(64);
const EPOCH = '7K3M9Q' as Epoch;
const TILL = 'A1' as TillId;
/** 2026-03-14 10:26 in Shanghai. */
const NOON = Date.UTC(2026, 2, 14, 2, 26);

export const SHOP: Shop = {
  name: '巷口杂货铺',
  trade: 'retail',
  language: 'zh-CN',
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  cutoffHour: 4,
  rounding: 'none',
};

export const id = (number: number): string => number.toString(16).padStart(32, '0');

export const OPEN: SessionState = {
  at: 'open',
  shop: SHOP,
  operator: { id: 'owner' as OperatorId, name: '店主', role: 'owner' },
};

export const ONLINE: StripState = {
  network: 'online',
  sync: 'idle',
  journal: {
    role: 'writer',
    copies: 'both',
    head: { epoch: EPOCH, seq: 128, hash: HEAD },
    acknowledged: { epoch: EPOCH, seq: 128, hash: HEAD },
    unsynced: 0,
    parked: 0,
    persisted: true,
  },
  printer: {
    link: 'connected',
    name: 'XP-58',
    paper: 'ok',
    cover: 'closed',
    drawerPin: 'low',
    job: 'idle',
  },
  training: false,
  demo: false,
  update: 'none',
};

export function receiptOf(language: string, total: string): ReceiptDocument {
  return {
    v: 1,
    language,
    blocks: [
      { kind: 'text', text: SHOP.name, align: 'center', size: 'large', bold: true },
      { kind: 'feed', lines: 1 },
      { kind: 'pair', left: '单号', right: 'A1-7K3M9Q-000128' },
      { kind: 'pair', left: '日期', right: '2026-03-14 10:26' },
      { kind: 'rule' },
      { kind: 'item', name: '收款', quantity: '2', price: '¥6.00', amount: '¥12.00' },
      { kind: 'item', name: '收款', quantity: '1', price: '¥35.80', amount: '¥35.80' },
      { kind: 'rule' },
      { kind: 'pair', left: '合计', right: total, size: 'large', bold: true },
      { kind: 'pair', left: '现金', right: '¥100.00' },
      { kind: 'rule', character: '=' },
      { kind: 'qr', data: 'https://pos.example/r/7K3M9Q000128', caption: '扫码查看电子小票' },
      { kind: 'text', text: '谢谢惠顾', align: 'center' },
    ],
  };
}

export function recordOf(number: number, total: Minor): SaleRecord {
  const saleId = id(number) as SaleId;
  const attemptId = id(number + 5_000) as AttemptId;
  const line = {
    id: id(number + 9_000) as LineId,
    name: '',
    quantityMilli: 1_000,
    price: total,
    amount: total,
  };
  const day = '2026-03-14' as BusinessDay;
  return {
    sale: {
      saleId,
      day,
      currency: 'CNY',
      lines: [line],
      subtotal: total,
      rounding: minor(0),
      total,
      payments: [
        { attemptId, tender: 'cash', amount: total, tendered: minor(Math.ceil(total / 1_000) * 1_000) },
      ],
    },
    till: TILL,
    head: { epoch: EPOCH, seq: number, hash: HEAD },
    position: number,
    at: NOON - (200 - number) * 240_000,
    operator: 'owner' as OperatorId,
    sig: 'sig',
    papers: 1,
    paper: number % 7 === 0 ? 'unconfirmed' : 'printed',
  };
}

export function entriesOf(record: SaleRecord): readonly SignedEntry[] {
  const { sale } = record;
  const [payment] = sale.payments;
  if (payment === undefined) return [];
  const attempt = { ...payment, saleId: sale.saleId, currency: sale.currency };
  const { payments: _, ...opened } = sale;
  const drafts = [
    { type: 'sale.opened' as const, body: opened },
    { type: 'attempt.prepared' as const, body: { attempt } },
    { type: 'attempt.sending' as const, body: { attempt } },
    { type: 'attempt.approved' as const, body: { attempt, reason: 'operator-confirmed' } },
    { type: 'sale.completed' as const, body: sale },
  ];
  return drafts.map((draft, index) => ({
    entry: {
      ...draft,
      v: 1 as const,
      till: TILL,
      epoch: EPOCH,
      seq: record.head.seq - drafts.length + 1 + index,
      prev: HEAD,
      at: record.at,
      mono: 0,
      operator: record.operator,
      training: false,
    },
    hash: `${index}f9c2a7d41b8`.padEnd(64, '0'),
    alg: 'Ed25519' as const,
    kid: '0123456789abcdef',
    sig: 'sig',
  }));
}

export const EMPTY_PAPER: Paper = { columns: 42, lines: [], drawerKicks: 0 };
