import { type AmountKey, amountOf } from '../../domain/amount-entry.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { AttemptId, Epoch, LineId, OperatorId, SaleId, TillId } from '../../domain/ids.ts';
import type { SaleRecord } from '../../domain/journal.ts';
import { type Minor, minor } from '../../domain/money.ts';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import type { Shop } from '../../domain/shop.ts';
import { quickAmounts } from '../../domain/tender.ts';
import { type CheckoutModel, EMPTY_CHECKOUT, step, view } from '../../flow/sale/checkout.ts';
import type {
  CheckoutEvent,
  CheckoutState,
  DevicesState,
  Paper,
  Services,
  SessionState,
  Settings,
  StripState,
} from '../../flow/services.ts';
import { Store } from '../../flow/store.ts';

/** Services in memory, over the real checkout machine: pages are shown and tested in any state without a till behind them. */

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

const id = (number: number): string => number.toString(16).padStart(32, '0');

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

function entriesOf(record: SaleRecord): readonly SignedEntry[] {
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

/** Everything a test may look at or set, and the services over it. */
export class FakeServices implements Services {
  readonly sent: CheckoutEvent[] = [];
  readonly calls: string[] = [];
  readonly stores = {
    session: new Store<SessionState>(OPEN),
    checkout: new Store<CheckoutState>(view(EMPTY_CHECKOUT, 'CNY', () => [])),
    devices: new Store<DevicesState>({
      printer: ONLINE.printer,
      usb: true,
      serial: true,
      columns: 42,
      charset: 'gb18030',
      simulated: false,
    }),
    paper: new Store<Paper>(EMPTY_PAPER),
    strip: new Store<StripState>(ONLINE),
    settings: new Store<Settings>({
      language: 'zh-CN',
      theme: 'auto',
      rounding: 'none',
      autoPrint: true,
      sound: false,
    }),
    canInstall: new Store<boolean>(false),
  };
  records: readonly SaleRecord[] = Array.from({ length: 64 }, (_, index) =>
    recordOf(128 - index, minor(350 + ((index * 7_919) % 24_000))),
  );
  pin = '472915';
  #model: CheckoutModel = EMPTY_CHECKOUT;
  #ids = 0;

  readonly session = {
    state: this.stores.session,
    setUp: async (): Promise<void> => this.stores.session.set(OPEN),
    join: async (): Promise<void> => this.stores.session.set(OPEN),
    tryInTraining: async (): Promise<void> => this.stores.session.set(OPEN),
    leaveTraining: async (): Promise<void> => {
      this.calls.push('leave-training');
    },
    training: false as boolean,
    unlock: async (pin: string): Promise<boolean> => {
      if (pin === this.pin) this.stores.session.set(OPEN);
      return pin === this.pin;
    },
    lock: (): void => {
      this.calls.push('lock');
    },
  };

  readonly checkout = {
    state: this.stores.checkout,
    send: async (event: CheckoutEvent): Promise<void> => this.#send(event),
  };

  readonly orders = {
    list: async ({
      before = Number.POSITIVE_INFINITY,
      limit,
    }: {
      readonly before?: number;
      readonly limit: number;
    }) => this.records.filter((record) => record.position < before).slice(0, limit),
    detail: async (saleId: SaleId) => {
      const record = this.records.find((each) => each.sale.saleId === saleId) ?? this.records[0];
      if (record === undefined) return undefined;
      return {
        record,
        entries: entriesOf(record),
        receiptUrl: 'https://pos.example/r/x',
        document: receiptOf('zh-CN', '¥47.80'),
      };
    },
    reprint: async () => ({ kind: 'confirmed' }) as const,
    today: async () => ({
      day: '2026-03-14' as BusinessDay,
      currency: 'CNY' as const,
      sales: this.records.length,
      total: minor(this.records.reduce((all, each) => all + each.sale.total, 0)),
      tenders: {},
    }),
  };

  readonly devices = {
    state: this.stores.devices,
    paper: this.stores.paper,
    pair: async () => undefined,
    forget: async (): Promise<void> => undefined,
    setColumns: async (columns: number): Promise<void> =>
      this.stores.devices.set({ ...this.stores.devices.value, columns }),
    setCharset: async (charset: 'gb18030' | 'raster'): Promise<void> =>
      this.stores.devices.set({ ...this.stores.devices.value, charset }),
    useSimulated: async (simulated: boolean): Promise<void> =>
      this.stores.devices.set({ ...this.stores.devices.value, simulated }),
    testSlip: async () => ({ kind: 'confirmed' }) as const,
    kickDrawer: async () => true,
    abandonJob: (): void => undefined,
    simulate: (): void => undefined,
    printBySystem: async (): Promise<void> => {
      this.calls.push('system-print');
    },
  };

  readonly life = {
    strip: this.stores.strip,
    settings: this.stores.settings,
    change: async (settings: Partial<Settings>): Promise<void> =>
      this.stores.settings.set({ ...this.stores.settings.value, ...settings }),
    syncNow: async (): Promise<void> => undefined,
    requestPersist: async () => false,
    applyUpdate: async (): Promise<void> => undefined,
    openOffice: async () => 'https://pos.example/office?ticket=x',
    canInstall: this.stores.canInstall,
    install: async (): Promise<void> => undefined,
  };

  /** Types a whole entry. */
  type(keys: string): void {
    for (const key of keys) this.#send({ type: 'key', key: key as AmountKey });
  }

  /** Puts the machine into a state that only a restart or a failing disk would bring. */
  show(model: CheckoutModel): void {
    this.#model = model;
    this.stores.checkout.set(view(model, 'CNY', (due) => quickAmounts(due, 100)));
  }

  #send(event: CheckoutEvent): void {
    this.sent.push(event);
    const context = {
      currency: 'CNY' as const,
      rounding: this.stores.settings.value.rounding,
      day: '2026-03-14' as BusinessDay,
      newLineId: () => this.#next() as LineId,
      newSaleId: () => this.#next() as SaleId,
      newAttemptId: () => this.#next() as AttemptId,
    };
    const [model, effects] = step(this.#model, event, context);
    this.show(model);
    for (const effect of effects) {
      if (effect.type === 'pay') this.finish();
    }
  }

  /** The sale in payment becomes a paid one. */
  finish(): void {
    if (this.#model.at !== 'paying') return;
    const { sale, attempt } = this.#model;
    const tendered = attempt.tendered ?? attempt.amount;
    this.show({
      at: 'done',
      saleId: sale.saleId,
      number: 'A1-7K3M9Q-000128',
      total: sale.total,
      tendered,
      change: minor(tendered - sale.total),
      receiptUrl: 'https://pos.example/r/A1-7K3M9Q-000128?s=mC1x',
      slip: { at: 'printed' },
      recovered: false,
    });
  }

  #next(): string {
    this.#ids += 1;
    return id(this.#ids);
  }
}

/** The amount an entry stands for, in minor units. */
export const fen = (entry: string): Minor =>
  amountOf(entry as Parameters<typeof amountOf>[0], 'CNY') ?? minor(0);
