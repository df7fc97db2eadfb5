import { purposeOf } from '../domain/attempt.ts';
import type { CardData } from '../domain/card-data.ts';
import type { SaleId } from '../domain/ids.ts';
import type { AttemptRecord } from '../domain/journal.ts';
import { priceLabel } from '../domain/price-label.ts';
import { may, type Operator } from '../domain/role.ts';
import { AuthorisationRunner } from '../flow/authorisation/authorisation-runner.ts';
import type { AttemptNetwork } from '../flow/payment/attempt-network.ts';
import { AttemptDesk } from '../flow/payment/desk.ts';
import type { RailLink } from '../flow/payment/rail.ts';
import { giveBack } from '../flow/refund/give-back.ts';
import { RefundRunner } from '../flow/refund/refund-runner.ts';
import { CheckoutRunner } from '../flow/sale/checkout-runner.ts';
import type { Draft } from '../flow/sale/draft.ts';
import { DEFAULT_OFFLINE_CAPS, isOnTrust, offersOf, walletsOf } from '../flow/sale/offers.ts';
import { OfflineMeter } from '../flow/sale/offline-meter.ts';
import type { Services, Settings } from '../flow/services.ts';
import type { Store } from '../flow/store.ts';
import type { JournalClient } from '../store/journal-client.ts';
import { askBalance, type Balance } from './card-balance.ts';
import type { CounterCards } from './counter-cards.ts';
import type { OfferedRails } from './offered-rails.ts';
import type { Overrides } from './overrides.ts';
import type { ShopFacts } from './shop-facts.ts';
import type { Slips } from './slips.ts';
import type { SwitchedPrinter } from './switched-printer.ts';
import { systemChance, systemClock, systemTimer } from './system.ts';
import { tenderRails } from './tender-rails.ts';

export const DRAFT_KEY = 'draft';

export interface MoneyParts {
  readonly journal: JournalClient;
  readonly facts: ShopFacts;
  readonly settings: Store<Settings>;
  readonly slips: Slips;
  readonly printer: SwitchedPrinter;
  readonly cards: CounterCards;
  readonly offered: OfferedRails;
  readonly overrides: Overrides;
  readonly network: AttemptNetwork;
  readonly link: Pick<RailLink, 'online' | 'subscribe'>;
  /** Undefined when the bank did not say. */
  balance(card: CardData): Promise<Balance | undefined>;
  /** Only cash is safe: the database is gone. */
  emergency(): boolean;
  operator(): Operator;
  alarm(error: unknown): void;
}

/** Everything that moves money at this till, plugged together: the desk, the sale in hand, refunds, pre-authorisations. */
export class MoneyFlows {
  readonly checkout: CheckoutRunner;
  readonly services: Pick<Services, 'checkout' | 'attempts' | 'openSales' | 'refunds' | 'authorisations'>;
  readonly #desk: AttemptDesk;
  readonly #meter: OfflineMeter;
  readonly #refunds: RefundRunner;
  readonly #authorisations: AuthorisationRunner;
  readonly #parts: MoneyParts;

  constructor(parts: MoneyParts) {
    this.#parts = parts;
    const { journal, link, cards } = parts;
    this.#desk = this.#newDesk();
    this.#meter = new OfflineMeter({
      now: () => systemClock.now(),
      keep: (use) => journal.vault.set('on-trust', use),
      kept: () => journal.vault.get('on-trust'),
    });
    this.#refunds = this.#newRefunds();
    this.#authorisations = this.#newAuthorisations();
    this.checkout = this.#newCheckout();
    link.subscribe(() => this.checkout.refresh());
    cards.subscribe(() => this.checkout.refresh());
    this.checkout.state.subscribe(() => this.#count());
    this.services = {
      checkout: this.checkout,
      attempts: this.#desk,
      openSales: this.checkout.openSales,
      refunds: this.#refunds,
      authorisations: this.#authorisations,
    };
  }

  /** Takes up what a crash left behind, then the basket. */
  async recover(draft: Draft | undefined): Promise<void> {
    await this.#meter.load();
    await this.checkout.recover();
    await this.#refunds.recover();
    if (draft !== undefined) this.checkout.restore(draft);
  }

  /** The server holds every entry: nothing is on trust any more. */
  synced(): void {
    this.#meter.clear().catch(this.#parts.alarm);
  }

  /** The page has woken or the link is back: whoever waits asks at once. */
  wake(): void {
    this.#desk.wake();
  }

  #newDesk(): AttemptDesk {
    const { journal, alarm, offered, cards, network, link, overrides, facts, operator } = this.#parts;
    return new AttemptDesk({
      journal,
      timer: systemTimer,
      clock: systemClock,
      operator: () => operator().id,
      rails: tenderRails({
        timer: systemTimer,
        offered,
        cards,
        network,
        link,
        ask: (attempt) => this.checkout.ask(attempt),
        subject: () => (facts.shop?.name ?? '').slice(0, 64),
      }),
      mayOverride: (pin) => overrides.grantedBy(pin, 'override'),
      alarm,
    });
  }

  #newCheckout(): CheckoutRunner {
    const { journal, facts, settings, slips, printer, offered, operator, alarm } = this.#parts;
    const back = { desk: this.#desk, drawer: printer, random: systemChance, alarm };
    return new CheckoutRunner({
      journal,
      desk: this.#desk,
      random: systemChance,
      drawer: printer,
      operator: () => operator().id,
      currency: () => facts.currency,
      rounding: () => settings.value.rounding,
      today: () => facts.today(),
      autoPrint: () => settings.value.autoPrint,
      offers: (asked) => offersOf(this.#offerFacts(), asked),
      wallets: () => walletsOf(offered.rails),
      walletOf: (code) => offered.walletOf(code),
      labelOf: (code) => priceLabel(code, settings.value.priceLabels),
      receiptUrl: (record) => slips.receiptUrl(record),
      print: (record, kick) => slips.print(record, kick),
      printUnsaved: (sale, attempt) => slips.printUnsaved(sale, attempt),
      giveBack: (sale, paid) => giveBack(sale, paid, back),
      adoptOther: (record) => this.#adopt(record),
      ...this.#ids('open-sales'),
      keepDraft: (draft) => journal.vault.set(DRAFT_KEY, draft),
      alarm,
    });
  }

  #offerFacts() {
    const { offered, link, cards, settings, emergency } = this.#parts;
    const { terminal, reader } = cards;
    return {
      online: link.online(),
      rails: offered.rails,
      reader: reader !== undefined,
      terminal: terminal === undefined ? 'absent' : terminal.storesOffline ? 'stores-offline' : 'connected',
      emergency: emergency(),
      staticCap: settings.value.staticCap,
      caps: DEFAULT_OFFLINE_CAPS,
      used: this.#meter.use,
      now: systemClock.now(),
    } as const;
  }

  /** What was taken while nobody could check it counts against the caps. */
  #count(): void {
    const { value } = this.checkout.state;
    if (value.at !== 'done' || this.#counted === value.saleId || this.#parts.link.online()) return;
    this.#counted = value.saleId;
    this.#meter.took(value.payments.filter(isOnTrust)).catch(this.#parts.alarm);
  }

  #counted: SaleId | undefined;

  #newRefunds(): RefundRunner {
    const { journal, facts, slips, printer, operator, overrides, alarm } = this.#parts;
    return new RefundRunner({
      journal,
      desk: this.#desk,
      random: systemChance,
      drawer: printer,
      operator: () => operator().id,
      mayRefund: () => may(operator().role, 'refund'),
      grantedBy: (pin) => overrides.grantedBy(pin, 'refund'),
      today: () => facts.today(),
      ...this.#ids('open-refunds'),
      print: (refund, underWay) => slips.printRefund(refund, underWay),
      alarm,
    });
  }

  #newAuthorisations(): AuthorisationRunner {
    const { journal, facts, slips, cards, operator, overrides, balance, alarm } = this.#parts;
    return new AuthorisationRunner({
      journal,
      desk: this.#desk,
      random: systemChance,
      operator: () => operator().id,
      currency: () => facts.currency,
      today: () => facts.today(),
      grantedBy: (pin) => overrides.grantedBy(pin, 'refund'),
      balance: () => askBalance(cards.reader, facts.currency, balance),
      ...this.#ids('authorisations'),
      print: (attempt, approval) => slips.printAttempt(attempt, approval),
      alarm,
    });
  }

  #adopt(record: AttemptRecord): Promise<void> {
    const purpose = purposeOf(record.attempt);
    const isRefund = purpose === 'refund' || purpose === 'void';
    return isRefund ? this.#refunds.adopt(record) : this.#authorisations.adopt(record);
  }

  /** Ids in the vault that say where to look after a restart. */
  #ids(key: string) {
    const { vault } = this.#parts.journal;
    return {
      keepIds: (ids: readonly SaleId[]) => vault.set(key, ids),
      keptIds: async () => {
        const kept = await vault.get(key);
        return Array.isArray(kept) ? (kept.filter((id) => typeof id === 'string') as SaleId[]) : [];
      },
    };
  }
}
