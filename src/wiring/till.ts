import type { Countersigned } from '../contract/api.ts';
import type { OperatorId } from '../domain/ids.ts';
import type { Operator } from '../domain/role.ts';
import { SessionRunner } from '../flow/lock/session-runner.ts';
import { CheckoutRunner } from '../flow/sale/checkout-runner.ts';
import { DraftSchema } from '../flow/sale/draft.ts';
import type { Emergency, Services, Settings } from '../flow/services.ts';
import { Store } from '../flow/store.ts';
import { SyncRunner } from '../flow/sync/runner.ts';
import { ServerClient } from '../remote/server-client.ts';
import type { JournalClient } from '../store/journal-client.ts';
import { OperatorRows } from '../store/operator-vault.ts';
import { Counter } from './counter.ts';
import { enrolmentPorts, utf8 } from './enrolment-ports.ts';
import type { InstallPrompt } from './install.ts';
import { LifeService } from './life.ts';
import { ordersService } from './orders.ts';
import { readSettings, SETTINGS_KEY } from './settings.ts';
import { ShopFacts } from './shop-facts.ts';
import { Slips } from './slips.ts';
import { systemChance, systemClock, systemTimer } from './system.ts';
import { enrolTraining, switchTraining, trainingLanguage } from './training.ts';
import type { Update } from './update.ts';

const DRAFT_KEY = 'draft';
/** Stands in until somebody has unlocked: what the till itself writes, such as a repair. */
const NOBODY: Operator = { id: 'till' as OperatorId, name: '', role: 'cashier' };
const NO_VAULT = { get: async () => undefined, set: async () => undefined };
/** What was found in the store and around the counter before the flows were plugged together. */
interface Found {
  readonly facts: ShopFacts;
  readonly settings: Store<Settings>;
  readonly counter: Counter;
  readonly slips: Slips;
}

export interface TillParts {
  readonly journal: JournalClient;
  readonly update: Update;
  readonly install: InstallPrompt;
  /** What went wrong beside the money: written to the console for whoever looks into it. */
  readonly alarm: (error: unknown) => void;
}

/** One till: every flow with its ports plugged in. Built once, when the journal is open. */
export class Till {
  readonly services: Services;
  readonly #parts: TillParts;
  readonly #facts: ShopFacts;
  readonly #settings: Store<Settings>;
  readonly #server: ServerClient;
  readonly #session: SessionRunner;
  readonly #checkout: CheckoutRunner;
  readonly #counter: Counter;
  readonly #slips: Slips;
  readonly #life: LifeService;
  readonly #sync: SyncRunner;
  /** Recovery runs once in a page, and only where the journal can be written. */
  #recovered = false;

  private constructor(parts: TillParts, found: Found) {
    this.#parts = parts;
    this.#facts = found.facts;
    this.#settings = found.settings;
    this.#counter = found.counter;
    this.#slips = found.slips;
    this.#server = this.#newServer();
    this.#session = this.#newSession();
    this.#checkout = this.#newCheckout();
    this.#sync = this.#newSync();
    this.#life = this.#newLife();
    const orders = ordersService({
      journal: parts.journal,
      slips: found.slips,
      today: () => found.facts.today(),
    });
    this.services = {
      session: this.#session,
      checkout: this.#checkout,
      orders,
      devices: found.counter,
      life: this.#life,
    };
  }

  static async build(parts: TillParts): Promise<Till> {
    const { journal, alarm } = parts;
    const facts = new ShopFacts(journal);
    const practising = trainingLanguage();
    const isReady = journal.status.role !== 'failed';
    const kept = isReady ? await journal.vault.get(SETTINGS_KEY) : undefined;
    const settings = new Store(readSettings(kept, practising ?? navigator.language));
    if (isReady) await facts.load();
    if (isReady && practising !== undefined) await enrolTraining(journal, facts, practising);
    // Slips name whoever is at the till when they are printed, and go to whatever printer is in use then.
    const late: { till?: Till } = {};
    const operator = () => late.till?.operator ?? NOBODY;
    const slips: Slips = new Slips({ journal, facts, printer: () => counter.printer, operator, alarm });
    const counter: Counter = new Counter({
      has: { usb: 'usb' in navigator, serial: 'serial' in navigator },
      training: practising !== undefined,
      vault: isReady ? journal.vault : NO_VAULT,
      testDocument: (columns) => slips.testDocument(columns),
      printBySystem: async (document) => {
        const { printReceipt } = await import('../ui/components/pos-receipt.ts');
        await printReceipt(document);
      },
      alarm,
    });
    late.till = new Till(parts, { facts, settings, counter, slips });
    return late.till;
  }

  get operator(): Operator {
    return this.#session.operator ?? NOBODY;
  }

  async start(): Promise<void> {
    const { journal, alarm } = this.#parts;
    const { status } = journal;
    if (status.role === 'failed') return this.#session.block(status.trouble ?? 'unsupported');
    this.#life.start();
    await this.#session.start();
    // Drivers come after the first paint: nobody prints before a sale.
    this.#counter.start().catch(alarm);
    // Another tab may hand over the journal later: what it left open is taken up then.
    journal.subscribe(() => void this.#takeUp().catch(alarm));
  }

  async #takeUp(): Promise<void> {
    if (
      this.#recovered ||
      this.#parts.journal.status.role !== 'writer' ||
      this.#session.operator === undefined
    )
      return;
    this.#recovered = true;
    await this.#checkout.recover();
    const draft = DraftSchema.safeParse(await this.#parts.journal.vault.get(DRAFT_KEY));
    if (draft.success) this.#checkout.restore(draft.data);
  }

  #emergency(): Emergency | undefined {
    if (this.#parts.journal.status.copies === 'opfs-only') return 'no-database';
    return this.#facts.needsRekey ? 'key-lost' : undefined;
  }

  #newServer(): ServerClient {
    return new ServerClient({
      fetch: async (input, init) => {
        try {
          const response = await fetch(input, init);
          this.#life.heard(true);
          return response;
        } catch (error) {
          this.#life.heard(false);
          throw error;
        }
      },
      sign: async (text) => (await this.#parts.journal.sign(utf8(text), 'till')).sig,
      identity: () => this.#facts.identity,
      now: () => systemClock.now() + this.#facts.skewMs,
    });
  }

  #newSession(): SessionRunner {
    const { journal, alarm } = this.#parts;
    const operators = new OperatorRows(journal.vault, systemChance);
    return new SessionRunner({
      ...enrolmentPorts(journal, this.#server, this.#facts, operators),
      clock: systemClock,
      timer: systemTimer,
      training: trainingLanguage() !== undefined,
      emergency: () => this.#emergency(),
      shop: async () => this.#facts.shop,
      setup: () => this.#server.setup(),
      switchTraining: async (on, language) => switchTraining(on, language),
      opened: () => {
        this.#takeUp().catch(alarm);
        // Whoever has just enrolled or re-keyed this till has removed what sync was blocked by.
        this.#sync.poke(true);
      },
      alarm,
    });
  }

  #newCheckout(): CheckoutRunner {
    const { journal, alarm } = this.#parts;
    const { printer } = this.#counter;
    return new CheckoutRunner({
      journal,
      timer: systemTimer,
      random: systemChance,
      drawer: printer,
      operator: () => this.operator.id,
      currency: () => this.#facts.currency,
      rounding: () => this.#settings.value.rounding,
      today: () => this.#facts.today(),
      autoPrint: () => this.#settings.value.autoPrint,
      receiptUrl: (record) => this.#slips.receiptUrl(record),
      print: (record, kick) => this.#slips.print(record, kick),
      printUnsaved: (sale, attempt) => this.#slips.printUnsaved(sale, attempt),
      keepDraft: (draft) => journal.vault.set(DRAFT_KEY, draft),
      alarm,
    });
  }

  #newSync(): SyncRunner {
    const { journal, alarm } = this.#parts;
    return new SyncRunner({
      journal: {
        get status() {
          return journal.status;
        },
        unsent: (limit) => journal.unsent(limit),
        acknowledge: (countersigned) => journal.acknowledge(countersigned),
        reconcile: async (countersigned) => void (await journal.reconcile(countersigned)),
        park: (position, reason) => journal.park(position, reason),
      },
      network: {
        ingest: (request) => this.#server.ingest(request),
        head: async (): Promise<Countersigned | undefined> => {
          const answer = await this.#server.head();
          return answer.kind === 'ok' ? answer.value.countersigned : undefined;
        },
      },
      timer: systemTimer,
      chance: systemChance,
      identity: () => this.#facts.identity,
      serverTime: (ms) => this.#told(ms),
      alarm,
    });
  }

  #newLife(): LifeService {
    const { journal, update, install } = this.#parts;
    return new LifeService({
      training: this.#session.training,
      settings: this.#settings,
      journal,
      printer: this.#counter.printer,
      sync: this.#sync,
      update,
      install,
      isBusy: () => this.#checkout.isBusy,
      onBusyChange: (listener) => void this.#checkout.state.subscribe(listener),
      keep: (settings) => journal.vault.set(SETTINGS_KEY, settings),
      requestPersist: () => journal.requestPersist(),
      officeTicket: async () => {
        const answer = await this.#server.officeTicket();
        return answer.kind === 'ok' ? answer.value.url : undefined;
      },
      ping: async () => {
        const answer = await this.#server.setup();
        if (answer.kind !== 'ok') return undefined;
        this.#facts.skewMs = answer.value.serverTime - Date.now();
        return answer.value;
      },
    });
  }

  #told(serverTime: number): void {
    this.#facts.skewMs = serverTime - Date.now();
    this.#life.told(serverTime);
  }
}
