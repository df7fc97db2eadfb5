import type { IngestResponse, Problem } from '../../../src/contract/api.ts';
import { headOf, type Signer } from '../../../src/domain/chain.ts';
import type { Clock } from '../../../src/domain/clock.ts';
import type { Head, SignedEntry } from '../../../src/domain/entry.ts';
import { project } from '../projections/sales.ts';
import { appendEntry, beginEpoch, headOfTill, setHead, setSeen, type TillPlace } from '../storage/journal.ts';
import { keysOf } from '../storage/merchants.ts';
import { type AlarmKind, hold, raise } from '../storage/quarantine.ts';
import type { Database, Sql } from '../storage/sql.ts';
import { countersign } from './countersign.ts';
import { readFacts } from './facts.ts';
import { GroupCommit } from './group-commit.ts';
import { type Plan, planBatch } from './plan.ts';
import { verifyBatch } from './verify.ts';

export type IngestOutcome =
  | { readonly ok: true; readonly response: IngestResponse }
  | { readonly ok: false; readonly problem: Omit<Problem, 'message'>; readonly alarms: number };

type Committed =
  | { readonly ok: true; readonly appended: number; readonly known: number; readonly head: Head }
  | { readonly ok: false; readonly problem: Omit<Problem, 'message'>; readonly alarms: number };

export interface IngestDeps {
  readonly database: Database;
  readonly signer: Signer;
  readonly clock: Clock;
}

/** Takes batches of tills into the journal: verifies, decides, appends all or none, countersigns. Idempotent for ever. */
export class Ingest {
  readonly #deps: IngestDeps;
  readonly #commits: GroupCommit;

  constructor(deps: IngestDeps) {
    this.#deps = deps;
    this.#commits = new GroupCommit(deps.database);
  }

  async take(place: TillPlace, entries: readonly unknown[]): Promise<IngestOutcome> {
    const { database, clock, signer } = this.#deps;
    const keys = await database.read((sql) => keysOf(sql, place.merchant, place.till));
    const verified = await verifyBatch(place, entries, keys);
    if (!verified.ok) return this.#refused(place, verified);
    const now = clock.now();
    const done = await this.#commits.submit((sql) => commit(sql, place, verified.entries, now));
    if (!done.ok) return done;
    const { appended, known, head } = done;
    const countersigned = await countersign(signer, place, head, clock.now());
    return { ok: true, response: { appended, known, countersigned } };
  }

  /** Nothing of an unproved batch is stored; the head is told only to who has shown a key of the till. */
  async #refused(
    place: TillPlace,
    fault: Extract<Awaited<ReturnType<typeof verifyBatch>>, { ok: false }>,
  ): Promise<IngestOutcome> {
    const { code, at, proved } = fault;
    const head = proved
      ? await this.#deps.database.read((sql) => headOfTill(sql, place.merchant, place.till))
      : undefined;
    return { ok: false, problem: { code, at, ...(head === undefined ? {} : { head }) }, alarms: 0 };
  }
}

async function commit(
  sql: Sql,
  place: TillPlace,
  entries: readonly SignedEntry[],
  nowMs: number,
): Promise<Committed> {
  const facts = await readFacts(sql, place, entries);
  const plan = planBatch(entries, facts);
  if (plan.kind === 'refuse') return keepAside(sql, place, { plan, head: facts.head }, nowMs);
  for (const signed of plan.append) {
    const begins = signed.entry.seq === 1 ? plan.newEpochs.get(signed.entry.epoch) : undefined;
    if (begins !== undefined) {
      await beginEpoch(sql, place, begins, nowMs);
      if (begins.gap !== null)
        await raise(sql, place.merchant, alarm('epoch-gap', signed, begins.gap), nowMs);
    }
    await appendEntry(sql, place.merchant, signed, nowMs);
    await project(sql, place.merchant, signed, nowMs);
  }
  const last = plan.append.at(-1);
  const head = last === undefined ? facts.head : headOf(last);
  if (head === undefined) throw new Error('an accepted batch has a head');
  if (last === undefined) await setSeen(sql, place, nowMs);
  else await setHead(sql, place, head, { atMs: nowMs, entryAtMs: last.entry.at });
  return { ok: true, appended: plan.append.length, known: plan.known, head };
}

async function keepAside(
  sql: Sql,
  place: TillPlace,
  refused: { readonly plan: Extract<Plan, { kind: 'refuse' }>; readonly head: Head | undefined },
  nowMs: number,
): Promise<Committed> {
  const { code, at, hold: toHold } = refused.plan;
  const head = refused.head === undefined ? {} : { head: refused.head };
  const [first] = toHold;
  if (first === undefined) return { ok: false, problem: { code, at, ...head }, alarms: 0 };
  const quarantined = await hold(sql, place, toHold, nowMs);
  const raised = quarantined
    ? await raise(sql, place.merchant, alarm(first.reason, first.signed, code), nowMs)
    : await raise(
        sql,
        place.merchant,
        { kind: 'quarantine-full', till: place.till, epoch: '', seq: 0, detail: code },
        nowMs,
      );
  await setSeen(sql, place, nowMs);
  return { ok: false, problem: { code, at, ...head, quarantined }, alarms: raised ? 1 : 0 };
}

const alarm = (kind: AlarmKind, { entry }: SignedEntry, detail: string) => ({
  kind,
  till: entry.till,
  epoch: entry.epoch,
  seq: entry.seq,
  detail,
});
