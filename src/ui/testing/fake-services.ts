import type { PrintDoubt } from '../../devices/ports.ts';
import type { AmountKey } from '../../domain/amount-entry.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, LineId, SaleId } from '../../domain/ids.ts';
import type { SaleRecord } from '../../domain/journal.ts';
import { type Minor, minor } from '../../domain/money.ts';
import { priceLabel } from '../../domain/price-label.ts';
import { walletOf } from '../../domain/rails.ts';
import { due } from '../../domain/sale.ts';
import { isByHand, quickAmounts, WALLETS } from '../../domain/tender.ts';
import type { CheckoutEvent, CheckoutState, TenderOffer } from '../../flow/checkout-service.ts';
import { findSales, type SaleQuery } from '../../flow/orders/find-sales.ts';
import { step } from '../../flow/sale/checkout.ts';
import { type CheckoutModel, EMPTY_CHECKOUT } from '../../flow/sale/checkout-model.ts';
import { type ViewContext, view } from '../../flow/sale/view.ts';
import type {
  DayView,
  DevicesState,
  Paper,
  Services,
  SessionState,
  Settings,
  SetupForm,
  StripState,
} from '../../flow/services.ts';
import { Store } from '../../flow/store.ts';
import { FakeBooks, FakeSound, FakeWelcome, TODAY } from './fake-books.ts';
import { FakeCounter } from './fake-counter.ts';
import { EMPTY_PAPER, entriesOf, id, ONLINE, OPEN, receiptOf, recordOf } from './fake-data.ts';
import { FakeMoney } from './fake-money.ts';
import { PAPER } from './fake-paper.ts';
import { FakeTrialPrinter } from './fake-trial-printer.ts';

/** Every way in the order of the tiles, all of them open. */
export const ALL_OFFERS: readonly TenderOffer[] = [
  { way: 'cash' },
  { way: 'customer-code' },
  { way: 'shop-code' },
  { way: 'reader' },
  { way: 'terminal' },
  { way: 'static-code' },
  { way: 'credit' },
  { way: 'stored-value' },
];

/** What pages are shown a model with, where nothing else is said. */
export const VIEWED: ViewContext = {
  currency: 'CNY',
  wallets: WALLETS,
  quick: (due) => (due === 0 ? [] : quickAmounts(due, 100)),
  offers: () => ALL_OFFERS,
};

/** Services in memory, over the real checkout machine: pages are shown and tested in any state without a till behind them. */
export class FakeServices implements Services {
  readonly sent: CheckoutEvent[] = [];
  readonly calls: string[] = [];
  readonly stores = {
    session: new Store<SessionState>(OPEN),
    checkout: new Store<CheckoutState>(view(EMPTY_CHECKOUT, VIEWED)),
    devices: new Store<DevicesState>({
      printer: ONLINE.printer,
      usb: true,
      serial: true,
      columns: 42,
      charset: 'gb18030',
      simulated: false,
      proposesWizard: false,
    }),
    paper: new Store<Paper>(EMPTY_PAPER),
    strip: new Store<StripState>(ONLINE),
    settings: new Store<Settings>({
      language: 'zh-CN',
      theme: 'auto',
      contrast: 'auto',
      accent: 'orange',
      rounding: 'none',
      autoPrint: true,
      sound: false,
      volume: 'middle',
      voice: true,
      secondLanguage: 'none',
      staticCap: minor(50_000),
      priceLabels: 'none',
      keys: 'anywhere',
    }),
    canInstall: new Store<boolean>(false),
  };
  records: readonly SaleRecord[] = Array.from({ length: 64 }, (_, index) =>
    recordOf(128 - index, minor(350 + ((index * 7_919) % 24_000))),
  );
  pin = '472915';
  offers: readonly TenderOffer[] = ALL_OFFERS;
  readonly counter = new FakeCounter();
  readonly trial = new FakeTrialPrinter();
  /** How the next pairing of a printer ends. */
  problem: PrintDoubt | undefined;
  readonly money = new FakeMoney();
  readonly books = new FakeBooks();
  readonly sound = new FakeSound();
  readonly welcome = new FakeWelcome();
  readonly attempts = this.money.attempts;
  readonly openSales = this.money.openSales;
  readonly refunds = this.money.refunds;
  readonly authorisations = this.money.authorisations;
  #model: CheckoutModel = EMPTY_CHECKOUT;
  #ids = 0;

  readonly session = {
    state: this.stores.session,
    setUp: async (_form: SetupForm): Promise<void> => this.stores.session.set(OPEN),
    join: async (): Promise<void> => this.stores.session.set(OPEN),
    rejoin: (): void => undefined,
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
    find: (query: SaleQuery) =>
      findSales(
        {
          status: this.stores.strip.value.journal,
          sales: async ({ before = Number.POSITIVE_INFINITY, limit }) =>
            this.records.filter((record) => record.position < before).slice(0, limit),
        },
        query,
      ),
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
    today: () => TODAY,
    day: async (day: BusinessDay): Promise<DayView> => this.books.day(day, this.records),
  };

  readonly devices = {
    state: this.stores.devices,
    paper: this.stores.paper,
    preview: async (): Promise<Paper> => PAPER,
    pair: async () => this.problem,
    forget: async (): Promise<void> => undefined,
    setColumns: async (columns: number): Promise<void> =>
      this.stores.devices.set({ ...this.stores.devices.value, columns }),
    setCharset: async (charset: 'gb18030' | 'raster'): Promise<void> =>
      this.stores.devices.set({ ...this.stores.devices.value, charset }),
    useSimulated: async (simulated: boolean): Promise<void> =>
      this.stores.devices.set({ ...this.stores.devices.value, simulated }),
    /** The real wizard at a printer in memory. */
    wizard: async () => this.trial.begin(),
    testSlip: async () => ({ kind: 'confirmed' }) as const,
    kickDrawer: async () => true,
    abandonJob: (): void => undefined,
    openDisplay: (): void => {
      this.calls.push('open-display');
    },
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
    this.stores.checkout.set(view(model, { ...VIEWED, offers: () => this.offers }));
  }

  #send(event: CheckoutEvent): void {
    this.sent.push(event);
    const context = {
      currency: 'CNY' as const,
      rounding: this.stores.settings.value.rounding,
      day: TODAY,
      offers: () => this.offers,
      walletOf: (code: string) => walletOf(code),
      labelOf: (code: string) => priceLabel(code, this.stores.settings.value.priceLabels),
      newLineId: () => this.#next() as LineId,
      newSaleId: () => this.#next() as SaleId,
      newAttemptId: () => this.#next() as AttemptId,
    };
    const [model, effects] = step(this.#model, event, context);
    this.show(model);
    for (const effect of effects) {
      if (effect.type === 'pay' && isByHand(effect.attempt.tender)) this.finish();
    }
  }

  /** The attempt in payment brings its part: the sale is paid, or the rest is asked for. */
  finish(): void {
    if (this.#model.at !== 'paying') return;
    const { sale, attempt, paid } = this.#model;
    const { attemptId, tender, method, amount, tendered } = attempt;
    const payment = {
      attemptId,
      tender,
      amount,
      ...(method === undefined ? {} : { method }),
      ...(tendered === undefined ? {} : { tendered }),
    };
    const payments = [...paid, payment];
    const rest = due(sale) - payments.reduce((all, each) => all + each.amount, 0);
    const { saleId } = sale;
    if (rest > 0) {
      const typing = { way: 'cash', entry: EMPTY_CHECKOUT.entry, typing: 'tendered' } as const;
      return this.show({ at: 'tendering', sale, paid: payments, opened: true, ...typing });
    }
    const given = tendered ?? amount;
    this.show({
      at: 'done',
      saleId,
      number: 'A1-7K3M9Q-000128',
      total: due(sale),
      payments,
      tendered: tendered === undefined ? due(sale) : given,
      change: minor(given - amount) as Minor,
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
