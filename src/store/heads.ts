import type { Repair } from '../domain/entry.ts';

/** How the two local copies stand to each other. `alone`: the other copy is gone or was wiped. */
export type CopiesStand =
  | 'agree'
  | 'indexeddb-ahead'
  | 'opfs-ahead'
  | 'diverged'
  | 'indexeddb-alone'
  | 'opfs-alone'
  | 'none';

/** How the last head the server countersigned stands to the joined local chain. */
export type ServerStands = 'none' | 'within' | 'ahead' | 'conflict';

export interface Comparison {
  readonly copies: CopiesStand;
  /** The longer branch when they diverged. */
  readonly longer: 'indexeddb' | 'opfs';
  readonly server: ServerStands;
  /** No private key for the identity: what follows is signed by another. */
  readonly keyLost: boolean;
  /** A copy held something unreadable before its end. */
  readonly damaged: boolean;
  /** Entries survived that could not be joined to the chain. */
  readonly gap: boolean;
  /** An earlier start could not prove the end, and was cut short before it began a new epoch. */
  readonly unproved: boolean;
}

export interface Verdict {
  readonly source: Repair['source'];
  /** Undefined when nothing disagreed: then nothing is written about it. */
  readonly reason: RepairReason | undefined;
  readonly newEpoch: boolean;
}

export type RepairReason =
  | 'fork'
  | 'behind-server'
  | 'diverged'
  | 'key-lost'
  | 'copy-damaged'
  | 'copy-missing'
  | 'copy-behind';

/**
 * Which copy is believed, and whether numbering may go on (facts/reliability 1.3, R3 and R4). An entry is acknowledged only
 * when both copies hold it, so a copy that merely lags costs nothing; but one copy alone cannot prove its own end,
 * and then numbers begin again in a new epoch, because a number must never be given twice.
 */
export function judge(found: Comparison): Verdict {
  const alone =
    found.copies === 'indexeddb-alone' || found.copies === 'opfs-alone' || found.copies === 'none';
  const fromServer = found.server === 'ahead' || found.server === 'conflict';
  return {
    source: sourceOf(found, fromServer),
    reason: reasonOf(found, alone),
    newEpoch:
      fromServer || found.copies === 'diverged' || alone || found.keyLost || found.gap || found.unproved,
  };
}

function sourceOf(found: Comparison, fromServer: boolean): Repair['source'] {
  if (fromServer) return 'server';
  switch (found.copies) {
    case 'none':
      return 'none';
    case 'opfs-ahead':
    case 'opfs-alone':
      return 'opfs';
    case 'diverged':
      return found.longer;
    default:
      return 'indexeddb';
  }
}

function reasonOf(found: Comparison, alone: boolean): RepairReason | undefined {
  if (found.server === 'conflict') return 'fork';
  if (found.server === 'ahead') return 'behind-server';
  if (found.copies === 'diverged') return 'diverged';
  if (found.keyLost) return 'key-lost';
  if (found.damaged || found.gap) return 'copy-damaged';
  if (alone || found.unproved) return 'copy-missing';
  return found.copies === 'agree' ? undefined : 'copy-behind';
}
