import type { SignedEntry } from '../../domain/entry.ts';
import type { CheckoutState } from '../checkout-service.ts';
import { Store } from '../store.ts';
import type { Welcome } from '../welcome-service.ts';
import { type GuideStep, guideStep } from './guide.ts';

/** What is remembered between two starts. */
export interface WelcomeKept {
  readonly guided?: boolean;
  readonly installDeclined?: boolean;
}

export interface WelcomePorts {
  readonly training: boolean;
  readonly checkout: Store<CheckoutState>;
  /** The browser would install the app now. */
  readonly canInstall: Store<boolean>;
  /** What an earlier page kept. */
  kept(): Promise<WelcomeKept>;
  keep(kept: WelcomeKept): Promise<void>;
  alarm(error: unknown): void;
}

/** Follows the sale in hand with the words of the guide, and waits for the moment at which installing may be offered. */
export class WelcomeRunner implements Welcome {
  readonly guide = new Store<GuideStep | undefined>(undefined);
  readonly offersInstall = new Store(false);
  readonly #ports: WelcomePorts;
  /** Undefined until it is known: nobody is guided a second time by mistake. */
  #kept: WelcomeKept | undefined;
  /** A sale was made since the guide began; since this page was opened. */
  #guidedSale = false;
  #sold = false;

  constructor(ports: WelcomePorts) {
    this.#ports = ports;
  }

  /** Never rejects: a till whose settings cannot be read guides nobody. */
  async start(): Promise<void> {
    const { checkout, canInstall, kept, alarm } = this.#ports;
    checkout.subscribe(() => this.#show());
    canInstall.subscribe(() => this.#show());
    try {
      this.#kept ??= await kept();
      this.#show();
    } catch (error) {
      alarm(error);
    }
  }

  /** One append of the journal, durable by now. */
  written(entries: readonly SignedEntry[]): void {
    if (!entries.some(({ entry }) => entry.type === 'sale.completed')) return;
    this.#guidedSale = true;
    this.#sold = true;
    this.#show();
  }

  skipGuide(): void {
    this.#keep({ guided: true });
  }

  restartGuide(): void {
    this.#guidedSale = false;
    this.#keep({ guided: false });
  }

  declineInstall(): void {
    this.#keep({ installDeclined: true });
  }

  #show(): void {
    const { training, checkout, canInstall } = this.#ports;
    if (this.#kept === undefined) return;
    const isGuided = training && this.#kept.guided !== true;
    this.guide.set(isGuided ? guideStep(checkout.value, this.#guidedSale) : undefined);
    const mayOffer = !training && this.#kept.installDeclined !== true;
    this.offersInstall.set(mayOffer && this.#sold && checkout.value.at === 'done' && canInstall.value);
  }

  #keep(change: WelcomeKept): void {
    this.#kept = { ...this.#kept, ...change };
    this.#show();
    this.#ports.keep(this.#kept).catch(this.#ports.alarm);
  }
}
