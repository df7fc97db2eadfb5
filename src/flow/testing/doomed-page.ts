import type { AttemptAnswer } from '../../contract/api.ts';
import type { CardReader } from '../../devices/ports.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { CardData } from '../../domain/card-data.ts';
import type { EntryDraft, SignedEntry } from '../../domain/entry.ts';
import type { AttemptId, OperatorId, SaleId } from '../../domain/ids.ts';
import { JournalError } from '../../domain/journal.ts';
import { minor } from '../../domain/money.ts';
import { timingsOf } from '../../domain/rails.ts';
import { movedEntries } from '../payment/attempt-entries.ts';
import { cashRail } from '../payment/cash-rail.ts';
import { AttemptDesk } from '../payment/desk.ts';
import type { Payment } from '../payment/payment.ts';
import type { Rail } from '../payment/rail.ts';
import { readerRail } from '../payment/reader-rail.ts';
import { serverRail } from '../payment/server-rail.ts';
import { terminalRail } from '../payment/terminal-rail.ts';
import { MemoryJournal } from './memory-journal.ts';
import { type HostCalls, type HostTruth, hostTerminal, ScriptedHost } from './scripted-host.ts';
import { SimulatedTime } from './simulated-time.ts';

/** A till that dies at a chosen point of a payment, and the world that outlives it. */

export const POINTS = ['K1', 'K2', 'K3', 'K4', 'K5', 'K6', 'K7', 'K8', 'K9', 'K15', 'K16'] as const;
export type Point = (typeof POINTS)[number];
export const RAILS = ['cash', 'terminal', 'reader', 'wechat', 'alipay'] as const;
export type RailName = (typeof RAILS)[number];
/** `second-tab`: another tab took the journal; the old page lives on, may write nothing, and keeps talking to hosts. */
export const DEATHS = ['killed', 'power-cut', 'reload', 'second-tab'] as const;
export type Death = (typeof DEATHS)[number];

export interface Cell {
  readonly point: Point;
  readonly rail: RailName;
  readonly truth: HostTruth;
  readonly death: Death;
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);
const OPERATOR = 'owner' as OperatorId;
export const MINUTES = 60_000;
export function attemptOf(rail: RailName, digit: string): Attempt {
  const way = {
    cash: { tender: 'cash' },
    terminal: { tender: 'card', method: 'terminal' },
    reader: { tender: 'card', method: 'reader' },
    wechat: { tender: 'wechat', method: 'customer-code' },
    alipay: { tender: 'alipay', method: 'customer-code' },
  } as const;
  return {
    attemptId: digit.repeat(32) as AttemptId,
    saleId: 'b'.repeat(32) as SaleId,
    ...way[rail],
    amount: minor(1250),
    currency: 'CNY',
  };
}

/** What outlives a page: the journal, the host, the time. */
export class World {
  readonly time = new SimulatedTime();
  readonly journal = new MemoryJournal({
    hash: async ({ seq }) => seq.toString(16).padStart(64, '0'),
    now: () => this.time.now(),
  });
  readonly host: ScriptedHost;
  readonly cell: Cell;
  /** Charges that left a page. More than one for an attempt is the one thing that must not happen. */
  readonly charges: string[] = [];
  broken: ((rail: Rail) => Rail) | undefined;

  constructor(cell: Cell) {
    this.cell = cell;
    this.host = new ScriptedHost(cell.truth, this.time);
  }
}

/** One page: the desk and its ports, with the accident of the cell in its way when `doomed`. */
export class Page {
  readonly desk: AttemptDesk;
  readonly ended: Payment[] = [];
  dead = false;
  #died = false;
  #sent = false;
  readonly #world: World;
  readonly #doomed: boolean;

  constructor(world: World, doomed: boolean) {
    this.#world = world;
    this.#doomed = doomed;
    const { time, journal } = world;
    this.desk = new AttemptDesk({
      journal: {
        append: (drafts: readonly EntryDraft[]) => this.#append(drafts),
        entriesOf: (id: SaleId) => journal.entriesOf(id),
        unresolved: () => journal.unresolved(),
      } as unknown as MemoryJournal,
      timer: { wait: (ms, signal) => this.#live(time.wait(ms, signal)) },
      clock: time,
      operator: () => OPERATOR,
      rails: (attempt) => (world.broken ?? ((rail: Rail) => rail))(this.#rail(attempt)),
      mayOverride: async () => OPERATOR,
      alarm: () => undefined,
    });
  }

  get plan() {
    return { drafts: movedEntries, ended: (payment: Payment) => void this.ended.push(payment) };
  }

  /** True from the accident on. */
  get died(): boolean {
    return this.#died;
  }

  /** Work of a page that is gone comes to nothing. */
  async #live<T>(work: Promise<T>): Promise<T> {
    const value = await work;
    return this.dead ? never() : value;
  }

  #accident(): void {
    this.#died = true;
    if (this.#world.cell.death !== 'second-tab') this.dead = true;
  }

  #isAt(...points: readonly Point[]): boolean {
    return this.#doomed && !this.#died && points.includes(this.#world.cell.point);
  }

  async #append(drafts: readonly EntryDraft[]): Promise<readonly SignedEntry[]> {
    if (this.dead) return never<never>();
    if (this.#died) throw new JournalError('lost-lock', 'another tab');
    const first = drafts.some(({ type }) => type === 'attempt.sending');
    const undoing = drafts.some(({ type }) => type === 'attempt.reversing');
    const answer = this.#sent && !first;
    this.#sent ||= first;
    if ((first && this.#isAt('K1')) || (answer && this.#isAt('K8'))) {
      this.#accident();
      return this.#append(drafts);
    }
    const stored = await this.#world.journal.append(drafts, OPERATOR);
    if ((first && this.#isAt('K2')) || (answer && this.#isAt('K9')) || (undoing && this.#isAt('K15'))) {
      this.#accident();
      if (this.dead) return never<never>();
    }
    return stored;
  }

  get #calls(): HostCalls {
    const { host, time, charges } = this.#world;
    const answered = (answer: AttemptAnswer): Promise<AttemptAnswer> =>
      // Undoing begins only where nobody answers.
      this.#isAt('K15', 'K16') ? never() : this.#live(time.wait(200)).then(() => answer);
    return {
      charge: async (attempt) => {
        if (this.dead) return never();
        if (attempt.original === undefined && attempt.purpose !== 'refund') charges.push(attempt.attemptId);
        if (this.#isAt('K3', 'K4')) {
          this.#accident();
          return never();
        }
        if (this.#isAt('K5')) {
          void time.wait(1_000).then(() => host.arrive(attempt));
          this.#accident();
          return never();
        }
        const answer = host.arrive(attempt);
        if (this.#isAt('K6')) this.#accident();
        if (this.#isAt('K7')) {
          void time.wait(3_000).then(() => this.#accident());
          return { state: 'unknown', reason: 'garbled' };
        }
        return answered(answer);
      },
      query: async (attempt) => (this.dead ? never() : answered(host.query(attempt))),
      reverse: async (attempt) => {
        if (this.dead) return never();
        const answer = host.reverse(attempt);
        if (this.#isAt('K16')) this.#accident();
        return this.#live(time.wait(200)).then(() => answer);
      },
    };
  }

  #rail(attempt: Attempt): Rail {
    const { time: timer, cell } = this.#world;
    const timings = timingsOf(attempt.tender, attempt.method);
    const calls = this.#calls;
    if (attempt.tender === 'cash') {
      const rail = cashRail(async () => cell.truth === 'approved');
      return {
        ...rail,
        send: (each, sending) => {
          if (!this.#isAt('K3')) return rail.send(each, sending);
          this.#accident();
          return never();
        },
      };
    }
    if (attempt.method === 'terminal')
      return terminalRail(attempt, { terminal: hostTerminal(calls, () => attempt), timer, timings });
    const ok = async (value: Promise<AttemptAnswer>) => within(timer, timings.answerMs, value);
    const ports = {
      network: {
        attempt: ({ attempt: each }: { attempt: Attempt }) => ok(calls.charge(each)),
        query: (each: Attempt) => ok(calls.query(each)),
        reverse: (each: Attempt) => ok(calls.reverse(each)),
      },
      link: { online: () => true, subscribe: () => () => undefined, waiting: { for: 'network' } as const },
      timings,
      subject: () => 'shop',
    };
    return attempt.method === 'reader'
      ? readerRail(attempt, { ...ports, reader: CHIP_READER, timer })
      : serverRail(attempt, ports);
  }
}

/** The client's deadline. */
async function within(timer: SimulatedTime, ms: number, answer: Promise<AttemptAnswer>) {
  const value = await Promise.race([answer, timer.wait(ms).then(() => undefined)]);
  return value === undefined ? ({ kind: 'unreachable' } as const) : ({ kind: 'ok', value } as const);
}

const CHIP_READER: CardReader = {
  link: 'connected',
  subscribe: () => () => undefined,
  start: async () => ({ kind: 'online-request', card: { entry: 'chip' } as unknown as CardData }),
  resume: async ({ approved }) =>
    approved ? { kind: 'accepted' } : { kind: 'refused', reason: 'card-declined' },
};
