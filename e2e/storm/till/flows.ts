import { type Attempt, purposeOf } from '../../../src/domain/attempt.ts';
import type { BusinessDay } from '../../../src/domain/business-day.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { OperatorId, SaleId } from '../../../src/domain/ids.ts';
import type { AttemptRecord, SaleRecord } from '../../../src/domain/journal.ts';
import { priceLabel } from '../../../src/domain/price-label.ts';
import { RAIL_TIMINGS, timingsOf, walletOf } from '../../../src/domain/rails.ts';
import type { Method, Tender } from '../../../src/domain/tender.ts';
import { AuthorisationRunner } from '../../../src/flow/authorisation/authorisation-runner.ts';
import { cashRail } from '../../../src/flow/payment/cash-rail.ts';
import { AttemptDesk } from '../../../src/flow/payment/desk.ts';
import { markRail } from '../../../src/flow/payment/mark-rail.ts';
import type { Rail } from '../../../src/flow/payment/rail.ts';
import { readerRail } from '../../../src/flow/payment/reader-rail.ts';
import { serverRail } from '../../../src/flow/payment/server-rail.ts';
import { terminalRail } from '../../../src/flow/payment/terminal-rail.ts';
import type { Timer } from '../../../src/flow/ports.ts';
import { printSlip } from '../../../src/flow/receipt/slip-runner.ts';
import { giveBack } from '../../../src/flow/refund/give-back.ts';
import { RefundRunner } from '../../../src/flow/refund/refund-runner.ts';
import { CheckoutRunner } from '../../../src/flow/sale/checkout-runner.ts';
import {
  DEFAULT_OFFLINE_CAPS,
  DEFAULT_STATIC_CAP,
  offersOf,
  walletsOf,
} from '../../../src/flow/sale/offers.ts';
import { FlowError } from '../../../src/flow/services.ts';
import { SyncRunner } from '../../../src/flow/sync/runner.ts';
import type { Disk } from '../disk/disk.ts';
import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';
import type { Hardware } from './hardware.ts';
import type { TillJournal } from './journal.ts';
import type { Life } from './life.ts';
import { BEAT_MS, type Line } from './line.ts';

export const DAY = '2026-11-22' as BusinessDay;
export const CASHIER = 'anna' as OperatorId;
const OWNER = 'owner-1' as OperatorId;
export const PIN = '482913';

const RAILS = Object.entries(RAIL_TIMINGS).map(([name, timings]) => {
  const [tender, method] = name.split('/') as [Tender, Method];
  return { tender, method, timings };
});

export interface FlowParts {
  readonly life: Life;
  readonly journal: TillJournal;
  readonly disk: Disk;
  readonly line: Line;
  readonly hardware: Hardware;
  readonly time: Time;
  readonly clock: Clock;
  readonly rng: Rng;
  /** A planted bug may put another rail in its place. */
  readonly spoilRail: (rail: Rail, attempt: Attempt) => Rail;
  leaves(reference: string, what: 'pay' | 'reverse'): void;
  alarm(error: unknown): void;
}

/** Everything that moves money at a simulated till, plugged together as src/wiring does it, over ports that can die. */
export class Flows {
  readonly desk: AttemptDesk;
  readonly checkout: CheckoutRunner;
  readonly refunds: RefundRunner;
  readonly authorisations: AuthorisationRunner;
  readonly sync: SyncRunner;
  readonly timer: Timer;
  readonly #parts: FlowParts;

  constructor(parts: FlowParts) {
    this.#parts = parts;
    const { life, time } = parts;
    this.timer = { wait: (ms, signal) => (life.alive ? life.live(time.wait(ms, signal)) : never()) };
    this.desk = this.#newDesk();
    this.refunds = this.#newRefunds();
    this.authorisations = this.#newAuthorisations();
    this.checkout = this.#newCheckout();
    this.sync = this.#newSync();
    parts.line.subscribe(() => this.checkout.refresh());
  }

  /** As the product does after its start. */
  async recover(): Promise<void> {
    const { journal } = this.#parts;
    journal.subscribe(() => {
      if (journal.status.unsynced > 0) this.sync.poke(false);
    });
    void this.#beat();
    await this.checkout.recover();
    await this.refunds.recover();
  }

  async #beat(): Promise<void> {
    const { life, line, journal } = this.#parts;
    while (life.alive) {
      line.beat();
      if (journal.status.unsynced > 0) this.sync.poke(line.online());
      await this.timer.wait(BEAT_MS);
    }
  }

  /** The latest sales. */
  sales(limit: number): Promise<readonly SaleRecord[]> {
    return this.#parts.journal.sales({ limit });
  }

  #newDesk(): AttemptDesk {
    const { journal, clock, alarm, spoilRail } = this.#parts;
    return new AttemptDesk({
      journal,
      timer: this.timer,
      clock,
      operator: () => CASHIER,
      rails: (attempt) => spoilRail(this.#rail(attempt), attempt),
      mayOverride: async (pin) => this.#granted(pin),
      alarm,
    });
  }

  #granted(pin: string): OperatorId {
    if (pin !== PIN) throw new FlowError('wrong-pin');
    return OWNER;
  }

  #rail(attempt: Attempt): Rail {
    const { line, life, hardware, leaves } = this.#parts;
    const { tender, method } = attempt;
    const ask = (of: Attempt): Promise<boolean> => this.checkout.ask(of);
    if (tender === 'cash') return cashRail(ask, attempt);
    if (tender === 'static-code' || tender === 'credit') return markRail(tender, ask, attempt);
    const timings = timingsOf(tender, method);
    const { timer } = this;
    if (method === 'terminal')
      return terminalRail(attempt, { terminal: hardware.terminalOf(life, leaves), timer, timings });
    const ports = {
      network: line.attempts,
      link: {
        online: () => line.online(),
        subscribe: (listener: () => void) => line.subscribe(listener),
        waiting: { for: 'network' } as const,
      },
      timings,
      subject: () => '晨光小店',
    };
    return method === 'reader'
      ? readerRail(attempt, { ...ports, reader: hardware.readerOf(life), timer })
      : serverRail(attempt, ports);
  }

  get #drawer() {
    const { life } = this.#parts;
    return { kick: async () => (life.alive && life.reach('K11') ? true : never<boolean>()) };
  }

  #newCheckout(): CheckoutRunner {
    const { journal, clock, line, rng, disk, life, alarm } = this.#parts;
    const random = rng.fork('checkout');
    const back = { desk: this.desk, drawer: this.#drawer, random, alarm };
    const facts = () =>
      ({
        online: line.online(),
        rails: RAILS,
        reader: true,
        terminal: 'stores-offline',
        emergency: journal.status.copies === 'opfs-only',
        staticCap: DEFAULT_STATIC_CAP,
        caps: DEFAULT_OFFLINE_CAPS,
        used: undefined,
        now: clock.now(),
      }) as const;
    return new CheckoutRunner({
      journal,
      desk: this.desk,
      random,
      drawer: this.#drawer,
      operator: () => CASHIER,
      currency: () => 'CNY',
      rounding: () => 'none',
      today: () => DAY,
      autoPrint: () => true,
      offers: (asked) => offersOf(facts(), asked),
      wallets: () => walletsOf(RAILS),
      walletOf: (code) => walletOf(code),
      labelOf: (code) => priceLabel(code, 'price'),
      receiptUrl: () => '',
      print: (record) => this.#print(record),
      printUnsaved: async () => ({ kind: 'confirmed' }),
      giveBack: (sale, paid) => giveBack(sale, paid, back),
      adoptOther: (record) => this.#adopt(record),
      ...this.#ids('open-sales'),
      keepDraft: (draft) => disk.vault(life.asWriter).set('draft', draft),
      alarm,
    });
  }

  #print(record: SaleRecord) {
    const { journal, hardware, life, rng, alarm } = this.#parts;
    return printSlip(record, false, {
      journal,
      printer: hardware.printerOf(life),
      random: rng,
      operator: () => CASHIER,
      document: ({ sale }, duplicate) => ({
        v: 1,
        language: 'zh-CN',
        blocks: [{ kind: 'pair', left: sale.saleId, right: duplicate ? 'duplicate' : 'first' }],
      }),
      alarm,
    });
  }

  #newRefunds(): RefundRunner {
    const { journal, rng, alarm } = this.#parts;
    return new RefundRunner({
      journal,
      desk: this.desk,
      random: rng.fork('refunds'),
      drawer: this.#drawer,
      operator: () => CASHIER,
      mayRefund: () => false,
      grantedBy: async (pin) => this.#granted(pin),
      today: () => DAY,
      ...this.#ids('open-refunds'),
      print: async () => ({ kind: 'confirmed' }),
      alarm,
    });
  }

  #newAuthorisations(): AuthorisationRunner {
    const { journal, rng, alarm } = this.#parts;
    return new AuthorisationRunner({
      journal,
      desk: this.desk,
      random: rng.fork('authorisations'),
      operator: () => CASHIER,
      currency: () => 'CNY',
      today: () => DAY,
      grantedBy: async (pin) => this.#granted(pin),
      balance: () => Promise.reject(new FlowError('server-unreachable')),
      ...this.#ids('authorisations'),
      print: async () => ({ kind: 'confirmed' }),
      alarm,
    });
  }

  #newSync(): SyncRunner {
    const { journal, line, rng, alarm } = this.#parts;
    return new SyncRunner({
      journal,
      network: line.sync,
      timer: this.timer,
      chance: rng.fork('sync'),
      identity: () => journal.writer.state?.identity,
      serverTime: () => undefined,
      alarm,
    });
  }

  #adopt(record: AttemptRecord): Promise<void> {
    const purpose = purposeOf(record.attempt);
    const isRefund = purpose === 'refund' || purpose === 'void';
    return isRefund ? this.refunds.adopt(record) : this.authorisations.adopt(record);
  }

  #ids(key: string) {
    const { disk, life } = this.#parts;
    const vault = disk.vault(life.asWriter);
    return {
      keepIds: (ids: readonly SaleId[]) => vault.set(key, ids),
      keptIds: async () => ((await vault.get(key)) ?? []) as readonly SaleId[],
    };
  }
}
