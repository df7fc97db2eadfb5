import type { Timers } from '../../timers.ts';

/** Where a payment stands on the terminal's own screen. */
export type CustomerStage = 'idle' | 'card' | 'pin' | 'authorising' | 'signature' | 'remove-card';

export type CustomerEntry = 'chip' | 'contactless' | 'swipe';

export type DeclineReason = 'insufficient-funds' | 'wrong-pin' | 'host-offline' | 'cancelled' | 'timeout';

export type CustomerOutcome =
  | {
      readonly kind: 'approved';
      readonly entry: CustomerEntry;
      readonly signed: boolean;
      /** The host has not seen it yet. */
      readonly offline: boolean;
    }
  | { readonly kind: 'declined'; readonly reason: DeclineReason };

/** What the customer and his bank do by themselves with the next payment. */
export type CustomerPlay =
  | {
      readonly as: 'approve';
      readonly entry?: CustomerEntry;
      readonly pin?: boolean;
      readonly signature?: boolean;
    }
  | { readonly as: 'decline'; readonly reason?: DeclineReason }
  /** The red key, instead of a card. */
  | { readonly as: 'cancel' }
  /** Nothing by itself: a person presses the buttons of this class. */
  | { readonly as: 'person' };

/** How the screen tells the terminal behind it. */
export interface CustomerEvents {
  stage(stage: CustomerStage): void;
  done(outcome: CustomerOutcome): void;
}

export interface CustomerOptions {
  readonly timers: Timers;
  readonly storesOffline?: boolean;
  /** From the amount on the screen to the result, ms. */
  readonly customerMs?: number;
}

const CUSTOMER_MS = 2_000;
/** A terminal waits so long for a card, a PIN or a signature, ms. */
const NOBODY_MS = 90_000;

/** The merchant's and the customer's side of a simulated terminal: one payment at a time, by script or by a person's hand. */
export class Customer {
  readonly #options: CustomerOptions;
  readonly #script: CustomerPlay[] = [];
  #stage: CustomerStage = 'idle';
  #events: CustomerEvents | undefined;
  #play: CustomerPlay = { as: 'approve' };
  #entry: CustomerEntry = 'chip';
  #verdict: DeclineReason | undefined;
  #isHostOnline = true;
  #stopWaiting: () => void = () => undefined;

  constructor(options: CustomerOptions) {
    this.#options = options;
  }

  get stage(): CustomerStage {
    return this.#stage;
  }

  get isHostOnline(): boolean {
    return this.#isHostOnline;
  }

  plan(...plays: readonly CustomerPlay[]): void {
    this.#script.push(...plays);
  }

  /** The terminal's own line to its host. */
  setHostOnline(on: boolean): void {
    this.#isHostOnline = on;
  }

  begin(events: CustomerEvents): void {
    this.#events = events;
    this.#play = this.#script.shift() ?? { as: 'approve' };
    this.#verdict = this.#play.as === 'decline' ? (this.#play.reason ?? 'insufficient-funds') : undefined;
    this.#entry = this.#play.as === 'approve' ? (this.#play.entry ?? 'chip') : 'chip';
    this.#go('card');
  }

  /** Stops a payment whose card was not read yet. False when it is too late, or when there is none. */
  abort(): boolean {
    if (this.#stage !== 'card' && this.#stage !== 'pin') return false;
    this.#end({ kind: 'declined', reason: 'cancelled' });
    return true;
  }

  // What a person can do at the terminal. A button that means nothing at this stage does nothing.

  present(entry: CustomerEntry, withPin = false): void {
    if (this.#stage !== 'card') return;
    this.#entry = entry;
    this.#go(withPin ? 'pin' : 'authorising');
  }

  enterPin(isRight = true): void {
    if (this.#stage !== 'pin') return;
    if (!isRight) this.#verdict = 'wrong-pin';
    this.#go('authorising');
  }

  /** What the bank will say to this payment. */
  decline(reason: DeclineReason = 'insufficient-funds'): void {
    this.#verdict = reason;
  }

  pressRed(): void {
    this.abort();
  }

  sign(): void {
    if (this.#stage === 'signature') this.#decided(true);
  }

  #go(stage: CustomerStage): void {
    this.#stopWaiting();
    this.#stage = stage;
    this.#events?.stage(stage);
    if (this.#stage !== stage) return; // The one who heard it has ended it.
    const quarter = (this.#options.customerMs ?? CUSTOMER_MS) / 4;
    const byHand = this.#play.as === 'person';
    switch (stage) {
      case 'card':
        if (byHand) return this.#after(NOBODY_MS, () => this.#end({ kind: 'declined', reason: 'timeout' }));
        return this.#after(quarter, () => this.#presentByScript());
      case 'pin':
        if (byHand) return this.#after(NOBODY_MS, () => this.#end({ kind: 'declined', reason: 'timeout' }));
        return this.#after(quarter, () => this.#go('authorising'));
      case 'authorising':
        return this.#after(quarter, () => this.#hostSays());
      case 'signature':
        return this.#after(byHand ? NOBODY_MS : quarter, () => this.#decided(true));
      default:
        return;
    }
  }

  #presentByScript(): void {
    if (this.#play.as === 'cancel') return this.pressRed();
    this.#go(this.#play.as === 'approve' && this.#play.pin ? 'pin' : 'authorising');
  }

  #hostSays(): void {
    if (this.#verdict !== undefined) return this.#end({ kind: 'declined', reason: this.#verdict });
    if (!this.#isHostOnline && !this.#options.storesOffline)
      return this.#end({ kind: 'declined', reason: 'host-offline' });
    if (this.#play.as === 'approve' && this.#play.signature) return this.#go('signature');
    this.#decided(false);
  }

  #decided(signed: boolean): void {
    this.#end({ kind: 'approved', entry: this.#entry, signed, offline: !this.#isHostOnline });
  }

  #end(outcome: CustomerOutcome): void {
    this.#stopWaiting();
    const events = this.#events;
    this.#events = undefined;
    this.#stage = 'idle';
    if (outcome.kind === 'approved' && this.#entry === 'chip') events?.stage('remove-card');
    events?.done(outcome);
  }

  #after(ms: number, run: () => void): void {
    this.#stopWaiting = this.#options.timers.after(ms, run);
  }
}
