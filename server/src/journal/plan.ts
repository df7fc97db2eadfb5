import type { Refusal } from '../../../src/contract/api.ts';
import { checkPlace, headOf } from '../../../src/domain/chain.ts';
import { type Entry, GENESIS_HASH, type Head, type SignedEntry } from '../../../src/domain/entry.ts';
import { MoneyError } from '../../../src/domain/money.ts';
import { type CompletedSale, type OpenSale, saleDisagreement } from '../../../src/domain/sale.ts';
import type { HeldEntry, QuarantineReason } from '../storage/journal.ts';
import { placeOf, type TillFacts } from './facts.ts';

/** Why a new epoch does not begin where the server's head was (docs/adr/0020). */
export type EpochGap = 'till-behind' | 'after-quarantine' | 'server-behind' | 'started-over';

export interface NewEpoch {
  readonly epoch: string;
  readonly prev: string;
  readonly gap: EpochGap | null;
}

/** What a batch will do. Either everything new in it is appended, or nothing is. */
export type Plan =
  | {
      readonly kind: 'accept';
      readonly append: readonly SignedEntry[];
      readonly newEpochs: ReadonlyMap<string, NewEpoch>;
      readonly known: number;
    }
  | {
      readonly kind: 'refuse';
      readonly code: Refusal;
      readonly at: number;
      /** What is kept aside, whole; empty when the refusal says that the batch itself is wrong. */
      readonly hold: readonly { readonly signed: SignedEntry; readonly reason: QuarantineReason }[];
    };

type Verdict =
  | { readonly kind: 'known' }
  | { readonly kind: 'append'; readonly begins?: NewEpoch }
  | { readonly kind: 'refuse'; readonly code: Refusal; readonly reason?: QuarantineReason };

const refuse = (code: Refusal, reason?: QuarantineReason): Verdict => ({
  kind: 'refuse',
  code,
  ...(reason === undefined ? {} : { reason }),
});

const CODE_OF = { fork: 'fork', 'closed-epoch': 'fork', figures: 'entry-invalid' } as const satisfies Record<
  QuarantineReason,
  Refusal
>;

/**
 * Decides a batch of entries whose hashes and signatures are good: pure, from the facts alone. Entries that the server
 * has are known wherever they stand; new ones must follow the head in order, or begin a new epoch.
 */
export function planBatch(entries: readonly SignedEntry[], facts: TillFacts): Plan {
  const hashes = new Map(facts.hashes);
  const epochs = new Set(facts.epochs);
  const newEpochs = new Map<string, NewEpoch>();
  const append: SignedEntry[] = [];
  let head = facts.head;
  for (const [at, signed] of entries.entries()) {
    const verdict = judge(signed, { ...facts, head, epochs, hashes });
    if (verdict.kind === 'known') continue;
    if (verdict.kind === 'refuse') {
      const { code, reason } = verdict;
      return {
        kind: 'refuse',
        code,
        at,
        hold: reason === undefined ? [] : toHold(entries.slice(at), reason),
      };
    }
    if (verdict.begins !== undefined) newEpochs.set(signed.entry.epoch, verdict.begins);
    epochs.add(signed.entry.epoch);
    hashes.set(placeOf(signed.entry.epoch, signed.entry.seq), signed.hash);
    append.push(signed);
    head = headOf(signed);
  }
  return { kind: 'accept', append, newEpochs, known: entries.length - append.length };
}

/**
 * A branch is kept whole: the refused entry and what follows it in the same epoch. Wrong figures concern one entry.
 * A new epoch in the same batch is not touched: the till sends it again, and it is judged on its own.
 */
function toHold(
  entries: readonly SignedEntry[],
  reason: QuarantineReason,
): { signed: SignedEntry; reason: QuarantineReason }[] {
  const [first, ...rest] = entries;
  if (first === undefined) return [];
  const branch = [first];
  if (reason !== 'figures') {
    for (const each of rest) {
      const last = branch.at(-1) ?? first;
      if (each.entry.epoch !== last.entry.epoch || each.entry.prev !== last.hash) break;
      branch.push(each);
    }
  }
  return branch.map((signed) => ({ signed, reason }));
}

function judge(signed: SignedEntry, facts: TillFacts): Verdict {
  const { epoch, seq, prev } = signed.entry;
  const stored = facts.hashes.get(placeOf(epoch, seq));
  if (stored === signed.hash) return { kind: 'known' };
  const before = facts.held.find((each) => each.hash === signed.hash);
  if (before !== undefined) return refuse(CODE_OF[before.reason], before.reason);
  if (stored !== undefined) return refuse('fork', 'fork');
  if (epoch !== facts.head?.epoch) {
    return facts.epochs.has(epoch) ? refuse('fork', 'closed-epoch') : judgeNewEpoch(signed, facts);
  }
  const fault = checkPlace(signed, overHeld(facts.head, facts.held, seq));
  if (fault === undefined) return judgeFigures(signed.entry) ?? { kind: 'append' };
  // A branch that was quarantined goes on: its later numbers may be free here, but what they follow is not.
  if (facts.held.some((each) => each.hash === prev)) return refuse('fork', 'fork');
  return refuse(fault);
}

/** The first entry of an epoch that is new here is taken whatever it points back to: see docs/adr/0020. */
function judgeNewEpoch(signed: SignedEntry, facts: TillFacts): Verdict {
  const { epoch, seq, prev } = signed.entry;
  if (seq !== 1) return refuse('sequence-gap');
  if (facts.retiredKids.has(signed.kid)) return refuse('unknown-key');
  return judgeFigures(signed.entry) ?? { kind: 'append', begins: { epoch, prev, gap: gapOf(signed, facts) } };
}

function gapOf({ entry }: SignedEntry, facts: TillFacts): EpochGap | null {
  if (entry.prev === (facts.head?.hash ?? GENESIS_HASH)) return null;
  if (entry.prev === GENESIS_HASH) return 'started-over';
  const found = facts.prevs.get(entry.epoch);
  if (found === 'journal') return 'till-behind';
  return found === 'quarantine' ? 'after-quarantine' : 'server-behind';
}

function judgeFigures(entry: Entry): Verdict | undefined {
  if (entry.type !== 'sale.opened' && entry.type !== 'sale.completed') return undefined;
  return agrees(entry.body) ? undefined : refuse('entry-invalid', 'figures');
}

function agrees(sale: OpenSale | CompletedSale): boolean {
  try {
    return saleDisagreement(sale) === undefined;
  } catch (error) {
    if (error instanceof MoneyError) return false; // A product or sum beyond what a till may carry.
    throw error;
  }
}

/**
 * Entries kept aside for their figures still hold their place in the chain, so that the next one has something to
 * follow: one bad entry never blocks the good ones after it. The head as the entry numbered `seq` sees it.
 */
function overHeld(head: Head, held: readonly HeldEntry[], seq: number): Head {
  let at = head;
  while (at.seq + 1 < seq) {
    const stone = held.find(
      (each) =>
        each.reason === 'figures' &&
        each.epoch === at.epoch &&
        each.seq === at.seq + 1 &&
        each.prev === at.hash,
    );
    if (stone === undefined) break;
    at = { epoch: at.epoch, seq: stone.seq, hash: stone.hash };
  }
  return at;
}
