import type { Head, SignedEntry } from '../../../src/domain/entry.ts';
import {
  type HeldEntry,
  hashesAt,
  headOfTill,
  isEpochKnown,
  isHashKnown,
  type TillPlace,
} from '../storage/journal.ts';
import { keysOf } from '../storage/merchants.ts';
import { heldOf, isHashHeld } from '../storage/quarantine.ts';
import type { Sql } from '../storage/sql.ts';

/** Where the hash that a new epoch points back to was found. */
export type PrevFound = 'journal' | 'quarantine' | 'nowhere';

/** All that the server knows and that matters for one batch. `planBatch` decides from it alone. */
export interface TillFacts {
  readonly head: Head | undefined;
  /** Epochs of the batch that have begun here already. */
  readonly epochs: ReadonlySet<string>;
  /** Hashes held at the places of the batch, by `placeOf`. */
  readonly hashes: ReadonlyMap<string, string>;
  /** Entries kept aside in the epochs of the batch. */
  readonly held: readonly HeldEntry[];
  /** For the first entry of each epoch that is new here: where its `prev` is known from. */
  readonly prevs: ReadonlyMap<string, PrevFound>;
  /** Keys that may finish an epoch but not begin one. */
  readonly retiredKids: ReadonlySet<string>;
}

export const placeOf = (epoch: string, seq: number): string => `${epoch}/${seq}`;

/** Reads the facts for a batch, inside the transaction that will act on them. */
export async function readFacts(
  sql: Sql,
  place: TillPlace,
  entries: readonly SignedEntry[],
): Promise<TillFacts> {
  const epochs = new Set<string>();
  const hashes = new Map<string, string>();
  const held: HeldEntry[] = [];
  const prevs = new Map<string, PrevFound>();
  for (const [epoch, run] of byEpoch(entries)) {
    const seqs = run.map((each) => each.entry.seq);
    for (const [seq, hash] of await hashesAt(sql, place, epoch, seqs)) hashes.set(placeOf(epoch, seq), hash);
    held.push(...(await heldOf(sql, place, epoch)));
    if (await isEpochKnown(sql, place, epoch)) {
      epochs.add(epoch);
      continue;
    }
    const prev = run.find((each) => each.entry.seq === 1)?.entry.prev;
    if (prev !== undefined) prevs.set(epoch, await whereIs(sql, place, prev));
  }
  const keys = await keysOf(sql, place.merchant, place.till);
  const retiredKids = new Set(keys.filter((key) => key.retired).map((key) => key.kid));
  return {
    head: await headOfTill(sql, place.merchant, place.till),
    epochs,
    hashes,
    held,
    prevs,
    retiredKids,
  };
}

function byEpoch(entries: readonly SignedEntry[]): ReadonlyMap<string, readonly SignedEntry[]> {
  return Map.groupBy(entries, (each) => each.entry.epoch);
}

async function whereIs(sql: Sql, place: TillPlace, hash: string): Promise<PrevFound> {
  if (await isHashKnown(sql, place, hash)) return 'journal';
  return (await isHashHeld(sql, place, hash)) ? 'quarantine' : 'nowhere';
}
