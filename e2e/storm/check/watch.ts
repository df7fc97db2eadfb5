import { type Attempt, type AttemptState, isUnresolved, purposeOf } from '../../../src/domain/attempt.ts';
import type { SignedEntry } from '../../../src/domain/entry.ts';
import {
  balanceOf,
  directionOf,
  EMPTY_LEDGER,
  type Ledger,
  openAmount,
  post,
} from '../../../src/domain/ledger.ts';
import { due } from '../../../src/domain/sale.ts';

/** One thing that must never be, and was. */
export interface Violation {
  readonly invariant: string;
  readonly what: string;
}

/** What the journal says of one attempt. */
export interface Told {
  readonly attempt: Attempt;
  state: AttemptState;
  /** Its undoing was written down at some time. */
  isUndone: boolean;
}

/** What the journal says of one sale. */
interface SaleTold {
  due: number;
  readonly paid: Map<string, number>;
  end: 'open' | 'completed' | 'voided';
}

/** What must hold even of a till that has lost what may be lost: numbers are given once, nothing leaks. */
const EVEN_THEN: readonly string[] = ['I6', 'I10', 'harness'];
const DEFINITE: readonly AttemptState[] = ['approved', 'declined', 'abandoned', 'reversed', 'refunded'];

/** Watches one till's journal as it grows, entry by entry, and remembers what was promised. */
export class Watch {
  readonly till: string;
  /** Every number that was ever acknowledged, and for what. */
  readonly numbers = new Map<string, string>();
  attempts = new Map<string, Told>();
  sales = new Map<string, SaleTold>();
  /** Something was lost that may be lost: two faults at once. Sums cannot be told any more. */
  isLossy = false;
  /** All entries in order, by hash. */
  #log = new Map<string, SignedEntry>();
  #ledger: Ledger = EMPTY_LEDGER;
  /** Hashes of entries that one damaged copy cannot cost. */
  readonly #safe = new Set<string>();
  readonly #report: (violation: Violation) => void;

  constructor(till: string, report: (violation: Violation) => void) {
    this.till = till;
    this.#report = report;
  }

  fail(invariant: string, what: string): void {
    if (this.isLossy && !EVEN_THEN.includes(invariant)) return;
    this.#report({ invariant, what: `till ${this.till}: ${what}` });
  }

  /** Entries that the till was told are stored. `isSafe`: in two copies that both survive a power cut. */
  stored(entries: readonly SignedEntry[], isSafe: boolean): void {
    for (const signed of entries) {
      if (isSafe) this.#safe.add(signed.hash);
      this.#number(signed);
      this.#take(signed);
    }
    this.#books();
  }

  /** The whole journal as a start has found it, oldest first. `elsewhere`: the till's entries that the server holds, by hash. */
  reopened(entries: readonly SignedEntry[], elsewhere: ReadonlySet<string>, mayLose: boolean): void {
    const isElsewhere = (hash: string): boolean => elsewhere.has(hash);
    const found = new Map(entries.map((signed) => [signed.hash, signed]));
    const missing = [...this.#log.values()].filter(({ hash }) => !found.has(hash));
    const lost = missing.filter(({ hash }) => !isElsewhere(hash));
    const [first] = lost.filter(({ hash }) => this.#safe.has(hash));
    if (first !== undefined && !mayLose)
      this.fail('I1', `${lost.length} entries lost, the first is ${first.entry.type} ${first.entry.seq}`);
    // Also when only the server still has it: the till cannot know, and asks again, or not at all.
    this.isLossy ||=
      lost.length > 0 || (missing.length > 0 && mayLose) || missing.some(({ hash }) => !this.#safe.has(hash));
    // A page may have sent what it was never told is stored, and died: nobody here knows of that entry but the server.
    this.isLossy ||= mayLose && [...elsewhere].some((hash) => !found.has(hash));
    const before = [...this.#log.values()];
    this.#log = new Map();
    this.attempts = new Map();
    this.sales = new Map();
    this.#ledger = EMPTY_LEDGER;
    const seen = new Set<string>();
    for (const signed of merged(before, entries, isElsewhere)) {
      this.#number(signed);
      const number = `${signed.entry.epoch}-${signed.entry.seq}`;
      if (seen.has(number)) this.fail('I6', `${number} stands twice in the journal`);
      seen.add(number);
      this.#take(signed);
    }
    this.#books();
  }

  /** All entries that the till was told of, in order. */
  get entries(): Iterable<SignedEntry> {
    return this.#log.values();
  }

  /** Attempts without a definite end. */
  get open(): readonly Told[] {
    return [...this.attempts.values()].filter(({ state }) => state === 'prepared' || isUnresolved(state));
  }

  #number({ entry, hash }: SignedEntry): void {
    const number = `${entry.epoch}-${entry.seq}`;
    const known = this.numbers.get(number);
    if (known !== undefined && known !== hash) this.fail('I6', `number ${number} was given twice`);
    this.numbers.set(number, hash);
  }

  #take(signed: SignedEntry): void {
    const { entry } = signed;
    this.#log.set(signed.hash, signed);
    this.#ledger = post(this.#ledger, entry);
    if (entry.type === 'sale.opened') this.#sale(entry.body.saleId).due = due(entry.body);
    else if (entry.type === 'sale.completed') this.#completed(entry.body.saleId, due(entry.body));
    else if (entry.type === 'sale.voided') this.#voided(entry.body.saleId);
    else if ('attempt' in entry.body)
      this.#moved(entry.body.attempt, entry.type.slice('attempt.'.length) as AttemptState);
  }

  #sale(saleId: string): SaleTold {
    const known = this.sales.get(saleId);
    if (known !== undefined) return known;
    const sale: SaleTold = { due: 0, paid: new Map(), end: 'open' };
    this.sales.set(saleId, sale);
    return sale;
  }

  #completed(saleId: string, amount: number): void {
    const sale = this.#sale(saleId);
    if (sale.end === 'completed') this.fail('I1', `sale ${saleId} completed twice`);
    sale.end = 'completed';
    if (sum(sale.paid) !== amount) this.fail('I3', `sale ${saleId}: ${sum(sale.paid)} taken, ${amount} due`);
  }

  #voided(saleId: string): void {
    const sale = this.#sale(saleId);
    if (sale.end === 'completed') this.fail('I3', `sale ${saleId} voided after it was completed`);
    sale.end = 'voided';
    if (sum(sale.paid) !== 0) this.fail('I3', `sale ${saleId} voided with ${sum(sale.paid)} taken`);
  }

  #moved(attempt: Attempt, state: AttemptState): void {
    const told = this.attempts.get(attempt.attemptId);
    if (told !== undefined && DEFINITE.includes(told.state) && told.state !== state)
      this.fail('I7', `attempt ${attempt.attemptId} went from ${told.state} to ${state}`);
    if (told !== undefined && told.state !== 'prepared' && state === 'sending')
      this.fail('I4', `attempt ${attempt.attemptId} was sent twice`);
    const isUndone = told?.isUndone === true || state === 'reversing';
    if (told === undefined) this.attempts.set(attempt.attemptId, { attempt, state, isUndone });
    else Object.assign(told, { state, isUndone });
    if (state !== 'approved') return;
    const sale = this.#sale(attempt.saleId);
    if (directionOf(attempt) > 0) {
      sale.paid.set(attempt.attemptId, attempt.amount);
      if (sale.due > 0 && sum(sale.paid) > sale.due && purposeOf(attempt) === 'sale')
        this.fail('I4', `sale ${attempt.saleId}: ${sum(sale.paid)} approved, ${sale.due} due`);
    } else if (directionOf(attempt) < 0 && sale.end === 'open') sale.paid.delete(attempt.original ?? '');
  }

  #books(): void {
    if (balanceOf(this.#ledger) !== 0) this.fail('I2', `the books are off by ${balanceOf(this.#ledger)}`);
    const { suspense = 0 } = this.#ledger.accounts;
    if (suspense !== openAmount(this.#ledger))
      this.fail('I2', `suspense ${suspense}, open ${openAmount(this.#ledger)}`);
  }
}

const sum = (amounts: ReadonlyMap<string, number>): number =>
  [...amounts.values()].reduce((all, each) => all + each, 0);

/** What is found, and between it what only the server still holds, in the order in which it was written. */
function merged(
  before: readonly SignedEntry[],
  found: readonly SignedEntry[],
  isElsewhere: (hash: string) => boolean,
): readonly SignedEntry[] {
  const there = new Set(found.map(({ hash }) => hash));
  const known = new Set(before.map(({ hash }) => hash));
  const all: SignedEntry[] = [];
  let at = 0;
  const skip = (until: string | undefined): void => {
    for (; at < before.length && before[at]?.hash !== until; at += 1) {
      const signed = before[at] as SignedEntry;
      if (!there.has(signed.hash) && isElsewhere(signed.hash)) all.push(signed);
    }
    at += 1;
  };
  for (const signed of found) {
    if (known.has(signed.hash)) skip(signed.hash);
    all.push(signed);
  }
  skip(undefined);
  return all;
}
