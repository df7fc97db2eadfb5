import type { Countersigned } from '../contract/api.ts';
import type { Head, PublicKey } from '../domain/entry.ts';
import type { ParkedEntry, TillIdentity } from '../domain/journal.ts';
import type { EpochStart } from './epochs.ts';

/** The server's word, and where it stands in the local numbering. */
export interface Acknowledged {
  readonly position: number;
  readonly head: Head;
  /** Kept whole: it is the proof that the server said it. */
  readonly countersigned: Countersigned;
}

/**
 * What a copy must know besides its entries to stand alone. Both copies hold it; the higher revision is the newer.
 * Private keys are not in it: they live in IndexedDB only, where they cannot be read out.
 */
export interface JournalState {
  readonly revision: number;
  readonly identity: TillIdentity;
  /** Public halves of every key that ever signed here, so that old entries can be checked. */
  readonly keys: readonly PublicKey[];
  readonly epochs: readonly EpochStart[];
  readonly acknowledged?: Acknowledged;
  readonly parked: readonly ParkedEntry[];
  /** The present key was made because the old one was lost, and the server does not know it yet. */
  readonly needsRekey: boolean;
  /**
   * A start could not prove where the journal ends. Written before anything is repaired, because a repair wipes out the traces;
   * gone with the first entry of the new epoch.
   */
  readonly unproved?: true;
  /** There is an OPFS copy: if it cannot be found, it was lost. False where the browser never offered one. */
  readonly opfs: boolean;
}

/** Entries the server does not hold: those after its word, and parked ones before it. A subtraction, never a scan. */
export function unsyncedCount(state: JournalState, last: number): number {
  const acknowledged = Math.min(state.acknowledged?.position ?? 0, last);
  return last - acknowledged + state.parked.filter((each) => each.position <= acknowledged).length;
}

/** Lowest position that is not proved to be at the server. */
export function firstNeeded(state: JournalState): number {
  const parked = state.parked.map((each) => each.position);
  return Math.min((state.acknowledged?.position ?? 0) + 1, ...parked);
}

export function newerState(
  a: JournalState | undefined,
  b: JournalState | undefined,
): JournalState | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.revision > a.revision ? b : a;
}

/** Reasons this till itself parks an entry for: it was lost in both copies, or stands behind one that was. */
export const ENTRY_LOST = 'entry-lost';
export const CHAIN_GAP = 'chain-gap';

/** Positions whose entries no copy holds. They are numbers that stay empty. */
export const lostPositions = (state: Pick<JournalState, 'parked'>): readonly number[] =>
  state.parked.filter((each) => each.reason === ENTRY_LOST).map((each) => each.position);

/** Parked by this till because the chain in front of it is lost. */
export const isUnsendable = (parked: ParkedEntry): boolean =>
  parked.reason === ENTRY_LOST || parked.reason === CHAIN_GAP;

/** Whether the chain is known to be broken before a position, so that the entry there need not follow the one before it. */
export function isJoint(
  state: Pick<JournalState, 'parked'>,
  position: number,
  before: number | undefined,
): boolean {
  if (before === undefined || before !== position - 1) return true;
  return state.parked.some(
    (each) => each.reason === CHAIN_GAP && (each.position === position || each.position === before),
  );
}
