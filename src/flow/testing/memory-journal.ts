import { isUnresolved } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import { hashOf } from '../../domain/chain.ts';
import { type Entry, type EntryDraft, GENESIS_HASH, type SignedEntry } from '../../domain/entry.ts';
import type { Epoch, OperatorId, SaleId, TillId } from '../../domain/ids.ts';
import {
  type AttemptRecord,
  type DayTotals,
  type Journal,
  JournalError,
  type JournalStatus,
  type ParkedEntry,
  type SaleRecord,
} from '../../domain/journal.ts';

/** What goes wrong with the n-th append: refused outright, or reported as refused after it was stored. */
export type AppendFault = 'refused' | 'stored-but-refused';

/** A journal without disks, for the tests of flows: same promises, same errors, faults on demand. Signs nothing. */
export class MemoryJournal implements Journal {
  readonly entries: SignedEntry[] = [];
  readonly parked: ParkedEntry[] = [];
  acknowledged = 0;
  status: JournalStatus = { role: 'writer', copies: 'both', unsynced: 0, parked: 0, persisted: true };
  /** Faults by number of the append call, from 1. */
  readonly faults = new Map<number, AppendFault>();
  #appends = 0;
  readonly #hash: (entry: Entry) => Promise<string>;
  readonly #now: (seq: number) => number;

  /** `hash`: a cheap one for simulations of many thousand entries. `now`: wall clock ms; without it the entry's number. */
  constructor(more: { hash?: (entry: Entry) => Promise<string>; now?: () => number } = {}) {
    this.#hash = more.hash ?? hashOf;
    this.#now = more.now ?? ((seq) => seq);
  }

  subscribe(): () => void {
    return () => undefined;
  }

  async append(drafts: readonly EntryDraft[], operator: OperatorId): Promise<readonly SignedEntry[]> {
    this.#appends += 1;
    const fault = this.faults.get(this.#appends);
    if (fault === 'refused') throw new JournalError('disk', 'planned', false);
    const added: SignedEntry[] = [];
    for (const draft of drafts) {
      const seq = this.entries.length + 1;
      const prev = this.entries.at(-1)?.hash ?? GENESIS_HASH;
      const head = {
        v: 1,
        till: '01' as TillId,
        epoch: 'AAAAAA' as Epoch,
        seq,
        prev,
        at: this.#now(seq),
        mono: seq,
      } as const;
      const entry = { ...head, operator, training: false, ...draft };
      const signed: SignedEntry = {
        entry,
        hash: await this.#hash(entry),
        alg: 'Ed25519',
        kid: '0'.repeat(16),
        sig: 'AA',
      };
      this.entries.push(signed);
      added.push(signed);
    }
    if (fault === 'stored-but-refused') throw new JournalError('disk', 'planned', true);
    return added;
  }

  async unsent(
    limit: number,
  ): Promise<readonly { readonly position: number; readonly signed: SignedEntry }[]> {
    return this.entries
      .map((signed, index) => ({ position: index + 1, signed }))
      .filter(
        ({ position }) =>
          position > this.acknowledged && !this.parked.some((each) => each.position === position),
      )
      .slice(0, limit);
  }

  async sales({
    before = Number.MAX_SAFE_INTEGER,
    limit,
  }: {
    before?: number;
    limit: number;
  }): Promise<readonly SaleRecord[]> {
    const records = this.entries.map((_, index) => this.#record(index)).filter((each) => each !== undefined);
    return records
      .filter((each) => each.position < before)
      .reverse()
      .slice(0, limit);
  }

  async sale(id: SaleId): Promise<SaleRecord | undefined> {
    const all = await this.sales({ limit: Number.MAX_SAFE_INTEGER });
    return all.find((record) => record.sale.saleId === id);
  }

  async entriesOf(id: SaleId): Promise<readonly SignedEntry[]> {
    return this.entries.filter((signed) => JSON.stringify(signed.entry.body).includes(id));
  }

  async unresolved(): Promise<readonly AttemptRecord[]> {
    const last = new Map<string, AttemptRecord>();
    for (const [index, { entry }] of this.entries.entries()) {
      if (!entry.type.startsWith('attempt.') || !('attempt' in entry.body)) continue;
      const state = entry.type.slice('attempt.'.length) as AttemptRecord['state'];
      last.set(entry.body.attempt.attemptId, {
        attempt: entry.body.attempt,
        state,
        at: entry.at,
        position: index + 1,
      });
    }
    return [...last.values()].filter(({ state }) => state === 'prepared' || isUnresolved(state));
  }

  async totals(_day: BusinessDay): Promise<DayTotals | undefined> {
    return undefined;
  }

  async parkedEntries(): Promise<readonly ParkedEntry[]> {
    return this.parked;
  }

  /** Types in order: what most tests want to see. */
  get types(): readonly string[] {
    return this.entries.map((signed) => signed.entry.type);
  }

  #record(index: number): SaleRecord | undefined {
    const signed = this.entries[index];
    if (signed?.entry.type !== 'sale.completed') return undefined;
    const { till, epoch, seq, at, operator, body: sale } = signed.entry;
    const papers = new Set<string>();
    let paper: SaleRecord['paper'] = 'none';
    for (const { entry } of this.entries) {
      if (entry.type !== 'receipt.printed' && entry.type !== 'receipt.unconfirmed') continue;
      if (entry.body.saleId !== sale.saleId) continue;
      papers.add(entry.body.jobId);
      paper = entry.type === 'receipt.printed' ? 'printed' : 'unconfirmed';
    }
    const head = { epoch, seq, hash: signed.hash };
    return {
      sale,
      till,
      head,
      position: index + 1,
      at,
      operator,
      sig: signed.sig,
      papers: papers.size,
      paper,
    };
  }
}
