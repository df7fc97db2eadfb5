import type { OperatorId } from '../domain/ids.ts';
import type { Operator } from '../domain/role.ts';
import { mirror } from '../flow/display/display.ts';
import { SessionRunner } from '../flow/lock/session-runner.ts';
import { DraftSchema } from '../flow/sale/draft.ts';
import type { Emergency, Services, Settings } from '../flow/services.ts';
import { Store } from '../flow/store.ts';
import type { SyncRunner } from '../flow/sync/runner.ts';
import { AttemptsClient } from '../remote/attempts-client.ts';
import { okOf, ServerClient } from '../remote/server-client.ts';
import type { JournalClient } from '../store/journal-client.ts';
import { OperatorRows } from '../store/operator-vault.ts';
import { Counter } from './counter.ts';
import { shownOnAll, WindowDisplay } from './customer-display.ts';
import { enrolmentPorts, utf8 } from './enrolment-ports.ts';
import type { InstallPrompt } from './install.ts';
import { LifeService } from './life.ts';
import { keepLockScreen } from './lock-keeper.ts';
import { DRAFT_KEY, MoneyFlows } from './money-flows.ts';
import { OfferedRails } from './offered-rails.ts';
import { ordersService } from './orders.ts';
import { Overrides } from './overrides.ts';
import { readSettings, SETTINGS_KEY } from './settings.ts';
import { ShopFacts } from './shop-facts.ts';
import { Slips } from './slips.ts';
import { newSync } from './sync.ts';
import { onVisible, systemChance, systemClock, systemTimer } from './system.ts';
import { enrolTraining, switchTraining } from './training.ts';
import { trainingLanguage } from './training-mode.ts';
import { TRAINING_RAILS, trainingNetwork } from './training-network.ts';
import type { Update } from './update.ts';

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
  readonly services: Omit<Services, 'books' | 'sound' | 'welcome'>;
  readonly #parts: TillParts;
  readonly #facts: ShopFacts;
  readonly #settings: Store<Settings>;
  readonly #server: ServerClient;
  readonly #operators: OperatorRows;
  readonly #session: SessionRunner;
  readonly #offered: OfferedRails;
  readonly #money: MoneyFlows;
  readonly #display: WindowDisplay;
  readonly #counter: Counter;
  readonly #life: LifeService;
  readonly #sync: SyncRunner;
  /** Recovery runs once in a page, and only where the journal can be written. */
  #recovered = false;

  private constructor(parts: TillParts, found: Found) {
    this.#parts = parts;
    this.#facts = found.facts;
    this.#settings = found.settings;
    this.#counter = found.counter;
    this.#server = this.#newServer();
    this.#operators = new OperatorRows(parts.journal.vault, systemChance);
    this.#session = this.#newSession();
    this.#offered = this.#newOffered();
    this.#sync = this.#newSync();
    this.#life = this.#newLife();
    this.#money = this.#newMoney(found);
    this.#display = new WindowDisplay(() => this.#settings.value.language);
    const { facts, slips, counter } = found;
    counter.follow(this.#money.checkout.state);
    mirror(this.#money.checkout.state, () => facts.currency, shownOnAll(this.#display, counter.places));
    this.services = {
      session: this.#session,
      ...this.#money.services,
      orders: ordersService({ journal: parts.journal, slips, today: () => facts.today() }),
      devices: counter,
      counter: counter.places,
      life: this.#life,
    };
  }

  static async build(parts: TillParts): Promise<Till> {
    const { journal, alarm } = parts;
    const facts = new ShopFacts(journal);
    const practising = trainingLanguage();
    const isReady = journal.status.role !== 'failed';
    const [kept] = isReady ? await Promise.all([journal.vault.get(SETTINGS_KEY), facts.load()]) : [];
    const settings = new Store(readSettings(kept, practising ?? navigator.language));
    if (isReady && practising !== undefined) await enrolTraining(journal, facts, practising);
    // Slips name whoever is at the till when they are printed, and go to whatever printer is in use then.
    const late: { till?: Till } = {};
    const operator = () => late.till?.operator ?? NOBODY;
    const slips: Slips = new Slips({
      journal,
      facts,
      printer: () => counter.printer,
      operator,
      secondLanguage: () => settings.value.secondLanguage,
      alarm,
    });
    const counter: Counter = new Counter({
      has: { usb: 'usb' in navigator, serial: 'serial' in navigator },
      training: practising !== undefined,
      language: () => settings.value.language,
      vault: isReady ? journal.vault : NO_VAULT,
      testDocument: (columns) => slips.testDocument(columns),
      printBySystem: async (document) => {
        const { printReceipt } = await import('../ui/components/pos-receipt.ts');
        await printReceipt(document);
      },
      openDisplay: () => late.till?.openDisplay(),
      alarm,
    });
    late.till = new Till(parts, { facts, settings, counter, slips });
    return late.till;
  }

  openDisplay(): void {
    this.#display.open();
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
    keepLockScreen(this.#session, this.#operators, this.#settings);
    // Drivers come after the first paint: nobody prints before a sale.
    this.#counter.startAsOwner(journal);
    // Another tab may hand over the journal later: what it left open is taken up then.
    journal.subscribe(() => {
      this.#takeUp().catch(alarm);
      if (journal.status.unsynced === 0) this.#money.synced();
    });
    onVisible(() => {
      this.#money.wake();
      this.#counter.wake();
    });
  }

  async #takeUp(): Promise<void> {
    const { journal, alarm } = this.#parts;
    const isWriter = journal.status.role === 'writer';
    if (this.#recovered || !isWriter || this.#session.operator === undefined) return;
    this.#recovered = true;
    // Asked for before the first key can be pressed: a basket that is typed now must not be taken for the one that was kept.
    const kept = journal.vault.get(DRAFT_KEY);
    await this.#offered.load();
    this.#showDemo();
    this.#offered.refresh().catch(alarm);
    const draft = DraftSchema.safeParse(await kept);
    await this.#money.recover(draft.success ? draft.data : undefined);
  }

  #emergency(): Emergency | undefined {
    if (this.#parts.journal.status.copies === 'opfs-only') return 'no-database';
    return this.#facts.needsRekey ? 'key-lost' : undefined;
  }

  #newServer(): ServerClient {
    return new ServerClient({
      fetch: async (input, init) => {
        const heard = this.#life.calling();
        try {
          const response = await fetch(input, init);
          heard(true);
          return response;
        } catch (error) {
          heard(false);
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
    return new SessionRunner({
      ...enrolmentPorts(journal, this.#server, this.#facts, this.#operators),
      clock: systemClock,
      timer: systemTimer,
      training: trainingLanguage() !== undefined,
      emergency: () => this.#emergency(),
      shop: async () => this.#facts.shop,
      setup: () => this.#server.setup(),
      switchTraining: async (on, language) => switchTraining(on, language),
      opened: () => {
        this.#takeUp().catch(alarm);
        this.#offered.refresh().catch(alarm);
        // Whoever has just enrolled or re-keyed this till has removed what sync was blocked by.
        this.#sync.poke(true);
      },
      alarm,
    });
  }

  #newMoney(found: Found): MoneyFlows {
    const { training } = this.#session;
    const { strip } = this.#life;
    return new MoneyFlows({
      ...this.#parts,
      ...found,
      printer: found.counter.printer,
      cards: found.counter.cards,
      offered: this.#offered,
      overrides: new Overrides(this.#operators, systemClock),
      network: training ? trainingNetwork() : new AttemptsClient(this.#server),
      link: {
        online: () => training || strip.value.network === 'online',
        subscribe: (listener) => strip.subscribe(listener),
      },
      balance: async (card) => okOf(await this.#server.balance(card)),
      emergency: () => this.#emergency() !== undefined,
      operator: () => this.operator,
    });
  }

  #newOffered(): OfferedRails {
    const { journal } = this.#parts;
    const { training } = this.#session;
    return new OfferedRails({
      vault: journal.status.role === 'failed' ? NO_VAULT : journal.vault,
      fetch: async () => {
        // The question is signed with this till's key, which only the tab that writes may use.
        if (!training && journal.status.role !== 'writer') return undefined;
        return training ? TRAINING_RAILS : okOf(await this.#server.rails());
      },
      changed: () => {
        this.#showDemo();
        this.#money.checkout.refresh();
      },
    });
  }

  #newSync(): SyncRunner {
    const { journal, alarm } = this.#parts;
    const told = (ms: number): void => this.#told(ms);
    return newSync({ journal, server: this.#server, facts: this.#facts, told, alarm });
  }

  #newLife(): LifeService {
    const { journal } = this.#parts;
    return new LifeService({
      ...this.#parts,
      training: this.#session.training,
      settings: this.#settings,
      printer: this.#counter.printer,
      sync: this.#sync,
      isBusy: () => this.#money.checkout.isBusy,
      onBusyChange: (listener) => void this.#money.checkout.state.subscribe(listener),
      keep: (settings) => journal.vault.set(SETTINGS_KEY, settings),
      requestPersist: () => journal.requestPersist(),
      officeTicket: async () => okOf(await this.#server.officeTicket())?.url,
      ping: async () => {
        const answer = await this.#server.setup();
        if (answer.kind !== 'ok') return undefined;
        this.#facts.skewMs = answer.value.serverTime - Date.now();
        // The server is there: what it offers is asked once, and whoever waits for it asks at once.
        if (this.#session.operator !== undefined) this.#offered.refresh().catch(this.#parts.alarm);
        return answer.value;
      },
    });
  }

  /** At a demo server, and in training, a simulated reader and terminal stand on the counter: no real one would do. */
  #showDemo(): void {
    const { demo } = this.#offered;
    this.#life.demo(demo);
    this.#counter.simulateCards(demo || this.#session.training);
  }

  #told(serverTime: number): void {
    this.#facts.skewMs = serverTime - Date.now();
    this.#life.told(serverTime);
  }
}
