import type { Timers } from '../../timers.ts';
import type { Bytes, SerialCore } from '../browser/cores.ts';
import {
  Customer,
  type CustomerOutcome,
  type CustomerStage,
  type DeclineReason,
} from '../customer/customer.ts';
import { withLength, ZvtBooks, type ZvtRecord } from './books.ts';
import { TerminalLine } from './line.ts';

export interface ZvtTerminalOptions {
  readonly timers: Timers;
  /** Wall clock, ms. */
  readonly now: () => number;
  readonly customerMs?: number;
  /** A payment whose status the till does not take is undone by the terminal itself; without it the payment is kept. */
  readonly reversesUnheard?: boolean;
  /** Receipts are printed by the till. */
  readonly printsOnTill?: boolean;
}

/** A command of the terminal is replied to within this time, repeats of the line included, ms. */
const REPLY_MS = 20_000;

/** 04 FF: what the customer is being told. */
const STAGES: Readonly<Record<CustomerStage, number | undefined>> = {
  idle: undefined,
  card: 0x0a,
  pin: 0x01,
  authorising: 0x04,
  signature: 0x0e,
  'remove-card': 0x0b,
};

const CODES: Readonly<Record<DeclineReason, number>> = {
  'insufficient-funds': 0x71,
  'wrong-pin': 0xec,
  'host-offline': 0xa3,
  cancelled: 0x6c,
  timeout: 0x6c,
};

/** Commands with a payment behind them, and whether a password stands before their fields. */
const PAYMENTS: Readonly<Record<number, readonly [ZvtRecord['kind'], hasPassword: boolean]>> = {
  1537: ['sale', false],
  1570: ['reservation', false],
  1572: ['booking', false],
  1585: ['refund', true],
};

/** A ZVT terminal without metal, exact to the byte, with books of its own. It does what it is told, twice if told twice. */
export class ZvtTerminal implements SerialCore {
  readonly customer: Customer;
  readonly books: ZvtBooks;
  readonly line: TerminalLine;
  /** Called when the card has been read: pull the cable here. */
  onAuthorising: () => void = () => undefined;
  /** Fault: the result of a payment is not told. */
  keepsResults = false;
  /** Its last receipt is that of an end of day: repeating it shows no payment. */
  printsEndOfDay = false;
  /** Fault: after its status was taken the payment is broken off and undone, as when a signature is refused. */
  breaksOff = false;
  readonly #options: ZvtTerminalOptions;
  readonly #listeners = new Set<(bytes: Bytes) => void>();
  #isRegistered = false;
  #isBusy = false;
  /** Commands of the terminal that wait for the till's reply, in order. */
  readonly #steps: { readonly apdu: readonly number[]; readonly then: (isGood: boolean) => void }[] = [];
  #isStepping = false;
  #stopWaiting: () => void = () => undefined;

  constructor(options: ZvtTerminalOptions) {
    this.#options = options;
    this.customer = new Customer(options);
    this.books = new ZvtBooks(options.now);
    this.line = new TerminalLine({
      timers: options.timers,
      emit: (bytes) => {
        for (const listener of [...this.#listeners]) listener(Uint8Array.from(bytes));
      },
      onApdu: (apdu) => this.#heard(apdu),
      onSilence: () => this.#answered(false),
    });
  }

  onBytes(listener: (bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  powered(isOn: boolean): void {
    this.line.reset();
    // The cable is gone, the terminal is not: a result that waits for the till's word has none.
    if (!isOn && this.#isStepping) this.#answered(false);
  }

  receive(bytes: Bytes): void {
    for (const byte of bytes) this.line.receive(byte);
  }

  babble(bytes: Uint8Array): void {
    for (const listener of [...this.#listeners]) listener(Uint8Array.from(bytes));
  }

  #heard(apdu: readonly number[]): void {
    const command = (apdu[0] ?? 0) * 256 + (apdu[1] ?? 0);
    const data = apdu.slice(apdu[2] === 255 ? 5 : 3);
    if (apdu[0] === 0x80 || apdu[0] === 0x84) return this.#answered(apdu[0] === 0x80);
    if (command === 0x06b0) return this.#reply(this.customer.abort() ? [0x80, 0, 0] : [0x84, 0xa0, 0]);
    if (this.#isBusy) return this.#reply([0x84, 0x9c, 0]);
    if (command === 0x0600) {
      this.#isRegistered = true;
      return this.#simple([0x19, 0x00, 0x29, 0x52, 0x50, 0x00, 0x41, 0x49, 0x01, 0x56]);
    }
    const payment = PAYMENTS[command];
    if (payment !== undefined) {
      if (!this.#isRegistered) return this.#reply([0x84, 0x6b, 0]);
      const [kind, hasPassword] = payment;
      return this.#pay(kind, fieldsOf(data.slice(hasPassword ? 3 : 0)));
    }
    switch (command) {
      case 0x0630:
      case 0x0625:
        return this.#reverse(fieldsOf(data.slice(3)).receipt);
      case 0x0620:
        return this.#repeat();
      case 0x0650:
        this.books.endOfDay();
        return this.#simple([]);
      case 0x0501:
        return this.#simple([0x00]);
      case 0x0670:
        return this.#simple([]);
      case 0x0602:
        this.#isRegistered = false;
        return this.#reply([0x80, 0, 0]);
      default:
        return this.#reply([0x84, 0x83, 0]);
    }
  }

  #pay(kind: ZvtRecord['kind'], { amount }: { readonly amount: number }): void {
    this.#isBusy = true;
    this.#reply([0x80, 0, 0]);
    this.customer.begin({
      stage: (stage) => {
        const code = STAGES[stage];
        if (code !== undefined) this.#step([0x04, 0xff, 0x01, code]);
        if (stage === 'authorising') this.onAuthorising();
      },
      done: (outcome) => this.#paid(kind, amount, outcome),
    });
  }

  #paid(kind: ZvtRecord['kind'], amount: number, outcome: CustomerOutcome): void {
    if (outcome.kind === 'declined') {
      const code = CODES[outcome.reason];
      if (this.keepsResults) return this.#free();
      this.#step(this.books.refusal(code, amount));
      return this.#step([0x06, 0x1e, 0x01, code], () => this.#free());
    }
    const record = this.books.book(kind, amount);
    if (this.keepsResults) return this.#free();
    this.#step(this.books.status(record), (isGood) => {
      if ((!isGood && this.#options.reversesUnheard) || this.breaksOff) record.isReversed = true;
      if (!isGood || this.breaksOff) {
        this.#step([0x06, 0x1e, 0x01, 0x6c]);
        return this.#free();
      }
      if (this.#options.printsOnTill) this.#print();
      this.#step([0x06, 0x0f, 0x00], () => this.#free());
    });
  }

  #print(): void {
    for (const line of ['  K-U-N-D-E-N-B-E-L-E-G  ', 'Betrag        EUR 12,50', ''])
      this.#step(withLength([0x06, 0xd1], [0x00, ...[...line].map((letter) => letter.charCodeAt(0))]));
    this.#step(withLength([0x06, 0xd3], [0x06, 0x00]));
  }

  #reverse(receipt: number): void {
    const record = this.books.byReceipt(receipt);
    if (record === undefined || record.isReversed) {
      const code = record === undefined ? 0xb5 : 0xb4;
      this.#reply([0x80, 0, 0]);
      return this.#step([0x06, 0x1e, 0x01, code]);
    }
    record.isReversed = true;
    const reversal = this.books.book('reversal', record.amount);
    this.#isBusy = true;
    this.#reply([0x80, 0, 0]);
    if (this.keepsResults) return this.#free();
    this.#step(this.books.status(reversal));
    this.#step([0x06, 0x0f, 0x00], () => this.#free());
  }

  /** The last stored payment once more. One that the terminal undid by itself is not stored. */
  #repeat(): void {
    this.#reply([0x80, 0, 0]);
    if (this.printsEndOfDay) return this.#step([0x06, 0x0f, 0x00]);
    const last = this.books.records.findLast(({ kind, isReversed }) => kind === 'reversal' || !isReversed);
    if (last === undefined) return this.#step([0x06, 0x1e, 0x01, 0x83]);
    this.#step(this.books.status(last));
    this.#step([0x06, 0x0f, 0x00]);
  }

  #simple(completion: readonly number[]): void {
    this.#reply([0x80, 0, 0]);
    this.#step(withLength([0x06, 0x0f], completion));
  }

  #free(): void {
    this.#isBusy = false;
  }

  #reply(apdu: readonly number[]): void {
    this.line.send(apdu);
  }

  /** A command of the terminal: the next one waits for the till's reply to it. */
  #step(apdu: readonly number[], then: (isGood: boolean) => void = () => undefined): void {
    this.#steps.push({ apdu, then });
    if (!this.#isStepping) this.#nextStep();
  }

  #nextStep(): void {
    const [step] = this.#steps;
    this.#isStepping = step !== undefined;
    if (step === undefined) return;
    this.line.send(step.apdu);
    this.#stopWaiting = this.#options.timers.after(REPLY_MS, () => this.#answered(false));
  }

  #answered(isGood: boolean): void {
    if (!this.#isStepping) return;
    this.#stopWaiting();
    const step = this.#steps.shift();
    this.#isStepping = false;
    step?.then(isGood);
    if (!this.#isStepping) this.#nextStep();
  }
}

/** The fields a payment command brings; amounts and receipts are packed digits. */
function fieldsOf(data: readonly number[]): { readonly amount: number; readonly receipt: number } {
  const digits = (at: number, length: number) =>
    Number(
      data
        .slice(at, at + length)
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join(''),
    );
  let amount = 0;
  let receipt = 0;
  for (let at = 0; at < data.length; ) {
    const id = data[at];
    if (id === 0x04) {
      amount = digits(at + 1, 6);
      at += 7;
    } else if (id === 0x87) {
      receipt = digits(at + 1, 2);
      at += 3;
    } else at += id === 0x49 ? 3 : 2;
  }
  return { amount, receipt };
}
