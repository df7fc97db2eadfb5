import {
  BATCH_ENTRIES_MAX,
  type Countersigned,
  type IngestResponse,
  type Problem,
  type Refusal,
} from '../../contract/api.ts';
import type { SignedEntry } from '../../domain/entry.ts';
import type { Journal, TillIdentity } from '../../domain/journal.ts';
import type { Chance, Timer } from '../ports.ts';
import { Store } from '../store.ts';
import { type SyncEffect, type SyncEvent, type SyncState, step } from './sync.ts';

/** Entries in one request: some 200 kB of JSON, 40 kB gzipped, a second on a slow line. */
export const BATCH_ENTRIES = 200;
/** Requests in one drain before the line is given to others; the next poke goes on. */
const BATCHES_MAX = 10_000;

/** The network as sync needs it. An answer that is not the server's own is `unreachable`. */
export interface SyncNetwork {
  ingest(request: {
    merchant: TillIdentity['merchant'];
    till: TillIdentity['till'];
    entries: SignedEntry[];
  }): Promise<
    | { readonly kind: 'ok'; readonly value: IngestResponse }
    | { readonly kind: 'refused'; readonly status: number; readonly problem: Problem }
    | { readonly kind: 'unreachable' }
  >;
  /** What the server holds, countersigned; asked when the two sides disagree about where the till stands. */
  head(): Promise<Countersigned | undefined>;
}

/** The journal's other face: what the server's answers change in it. */
export interface SyncJournal extends Pick<Journal, 'status' | 'unsent'> {
  /** False when the countersignature is not by the server's key or names no entry of ours: nothing moved then. */
  acknowledge(countersigned: Countersigned): Promise<boolean>;
  reconcile(countersigned: Countersigned): Promise<void>;
  park(position: number, reason: string): Promise<void>;
}

export interface SyncPorts {
  readonly journal: SyncJournal;
  readonly network: SyncNetwork;
  readonly timer: Timer;
  readonly chance: Chance;
  identity(): TillIdentity | undefined;
  /** The server's own time, ms, whenever it tells it. */
  serverTime(ms: number): void;
  alarm(error: unknown): void;
}

/** Refusals that are about one entry: it is put aside, and the rest goes on. */
const ENTRY_REFUSALS: readonly Refusal[] = [
  'hash-mismatch',
  'signature-invalid',
  'entry-invalid',
  'training-entry',
  'fork',
];
/** Refusals that are about the order: ask where the server stands and go on from there. */
const ORDER_REFUSALS: readonly Refusal[] = ['sequence-gap', 'broken-chain'];
/** Refusals that will be the same tomorrow. */
const FINAL_REFUSALS: readonly Refusal[] = [
  'unknown-key',
  'till-revoked',
  'unauthorised',
  'forbidden',
  'unsupported-contract',
];

type Outcome = 'more' | 'drained' | 'failed' | { readonly blocked: string };

/** Sends what is not acknowledged, in order, until the server holds everything. */
export class SyncRunner {
  readonly state = new Store<SyncState>({ at: 'idle' });
  readonly #ports: SyncPorts;
  #sleep = new AbortController();
  /** Whether the last question 'where do you stand' already failed to help: then waiting is all that is left. */
  #reconciled = false;

  constructor(ports: SyncPorts) {
    this.#ports = ports;
  }

  /** Never rejects. `urgent` cuts a back-off short: the network came back, or a person asked. */
  poke(urgent: boolean): void {
    this.#take({ type: 'poke', urgent });
  }

  #take(event: SyncEvent): void {
    const [next, effects] = step(this.state.value, event);
    this.state.set(next);
    for (const effect of effects) this.#perform(effect).catch(this.#ports.alarm);
  }

  async #perform(effect: SyncEffect): Promise<void> {
    this.#sleep.abort(new Error('superseded'));
    if (effect.type === 'sleep') {
      this.#sleep = new AbortController();
      const woke = await this.#ports.timer.wait(effect.delayMs, this.#sleep.signal).then(
        () => true,
        () => false,
      );
      if (woke) this.#take({ type: 'woke' });
      return;
    }
    const outcome = await this.#drain().catch((error: unknown) => {
      this.#ports.alarm(error);
      return 'failed' as const;
    });
    if (outcome === 'failed') this.#take({ type: 'failed', fraction: this.#ports.chance.fraction() });
    else if (typeof outcome === 'object') this.#take({ type: 'blocked', reason: outcome.blocked });
    else this.#take({ type: 'drained' });
  }

  async #drain(): Promise<Outcome> {
    const identity = this.#ports.identity();
    if (identity === undefined || identity.training || this.#ports.journal.status.role !== 'writer')
      return 'drained';
    for (let batches = 0; batches < BATCHES_MAX; batches += 1) {
      const outcome = await this.#sendBatch(identity);
      if (outcome !== 'more') return outcome;
    }
    return 'drained';
  }

  async #sendBatch({ merchant, till }: TillIdentity): Promise<Outcome> {
    const { journal, network, serverTime } = this.#ports;
    const batch = await journal.unsent(Math.min(BATCH_ENTRIES, BATCH_ENTRIES_MAX));
    if (batch.length === 0) return 'drained';
    const answer = await network.ingest({ merchant, till, entries: batch.map((each) => each.signed) });
    if (answer.kind === 'unreachable') return 'failed';
    if (answer.kind === 'refused') return this.#refused(answer.problem, batch);
    serverTime(answer.value.countersigned.serverTime);
    if (!(await journal.acknowledge(answer.value.countersigned))) return 'failed';
    this.#reconciled = false;
    return 'more';
  }

  async #refused(problem: Problem, batch: readonly { readonly position: number }[]): Promise<Outcome> {
    if (FINAL_REFUSALS.includes(problem.code)) return { blocked: problem.code };
    const refused = problem.at === undefined ? undefined : batch[problem.at];
    if (ENTRY_REFUSALS.includes(problem.code) && refused !== undefined) {
      await this.#ports.journal.park(refused.position, problem.code);
      // A fork: the server holds another entry under this number. What follows is numbered afresh.
      return problem.code === 'fork' ? this.#reconcile() : 'more';
    }
    if (!ORDER_REFUSALS.includes(problem.code) || this.#reconciled) return 'failed';
    this.#reconciled = true;
    return this.#reconcile();
  }

  async #reconcile(): Promise<Outcome> {
    const head = await this.#ports.network.head();
    if (head === undefined) return 'failed';
    await this.#ports.journal.reconcile(head);
    return 'more';
  }
}
