import { headOf, newSigner, type Signer } from '../../domain/chain.ts';
import type { Head, Repair } from '../../domain/entry.ts';
import type { StorageTrouble } from '../../domain/journal.ts';
import { keyRing } from '../chain-run.ts';
import { firstBad } from '../check-entries.ts';
import { begunEpochs, withEpoch } from '../epochs.ts';
import { type Comparison, judge, type ServerStands, type Verdict } from '../heads.ts';
import { type JournalState, lostPositions, newerState } from '../journal-state.ts';
import type { Placed } from '../protocol.ts';
import { troubleOf } from '../trouble.ts';
import { emergencySigner, newEmergencySigner } from './emergency-key.ts';
import { firstHole } from './holes.ts';
import type { FirstCopy } from './idb-copy.ts';
import { type CopiesFound, type CopyEnd, type Joined, joinCopies } from './join-copies.ts';
import type { KeySafe } from './key-safe.ts';
import type { OpfsCopy } from './opfs-copy.ts';

/** Entries at the end whose hashes and signatures are checked at every start; `verify` checks all. */
const CHECKED_AT_START = 64;

/** The till as it stands after the copies have been made to agree. */
export interface Recovered {
  readonly state: JournalState;
  readonly signer: Signer;
  readonly last: number;
  readonly head: Head | undefined;
  /** The entry a new epoch goes on from; the head, unless entries were kept behind a gap or the server is ahead. */
  readonly base: Head | undefined;
  /** What disagreed and what was done; to be written as the next entry. */
  readonly repair: Repair | undefined;
  /** The OPFS copy could not be brought to agree: it must not be used. */
  readonly opfsTrouble?: StorageTrouble;
}

/** Where a key may be besides IndexedDB: the safe, and the file of an emergency in the till's folder. */
export interface KeyPlaces {
  readonly folder: string;
  readonly safe: Pick<KeySafe, 'signer'>;
}

/**
 * Compares the three heads and repairs the copies from the longest valid chain. Undefined when no till was ever enrolled here.
 * Throws what the copies throw: the caller goes on without the one that cannot be repaired.
 */
export async function recover(
  idb: FirstCopy | undefined,
  opfs: OpfsCopy | undefined,
  dataLoss: boolean,
  keys: KeyPlaces,
): Promise<Recovered | undefined> {
  const [idbState, storedSigner, idbLast] = await Promise.all([idb?.state(), idb?.signer(), idb?.last()]);
  const found = newerState(idbState, opfs?.state);
  if (found === undefined || ((idbLast?.position ?? 0) === 0 && (opfs?.last ?? 0) === 0)) return undefined;
  const ring = await keyRing(found.keys);
  const idbEnd = await endOfIdb({ idb, opfs, state: found, keys: ring }, idbLast);
  let known = found;
  const mark = async (): Promise<void> => {
    if (known.unproved) return;
    known = { ...found, revision: found.revision + 1, unproved: true };
    await idb?.putState(known);
    if ((opfs?.last ?? 0) > 0) opfs?.writeState(known, true);
  };
  const joined = await joinCopies({ idb, opfs, idbEnd, state: found, keys: ring, mark });
  const { signer, keyLost } = await signerFor(found, storedSigner, { idb, ...keys });
  const epochs = begunEpochs(found.epochs, joined.last);
  const server = await serverStands({ ...found, epochs }, joined);
  const comparison: Comparison = {
    copies: joined.copies,
    longer: joined.longer,
    server,
    keyLost,
    damaged: joined.damaged || (dataLoss && joined.copies !== 'agree'),
    gap: joined.gap,
    unproved: found.unproved === true || epochs !== found.epochs,
  };
  const verdict = judge(comparison);
  const state = await settleState(known, joined, {
    signer,
    keyLost,
    server,
    opfs: opfs !== undefined,
    unproved: verdict.newEpoch,
  });
  const isMoved = signer !== storedSigner;
  if (isMoved || state.revision !== (idbState?.revision ?? 0)) {
    await idb?.putState(state, isMoved ? signer : undefined);
  }
  const opfsTrouble =
    opfs === undefined ? undefined : await joined.repairOpfs(state).then(() => undefined, troubleOf);
  const head = joined.signed === undefined ? undefined : headOf(joined.signed);
  const beyond = server === 'ahead' || server === 'conflict' ? found.acknowledged?.head : undefined;
  return {
    state,
    signer,
    last: joined.last,
    head,
    base: beyond ?? (joined.gap ? joined.unbroken : undefined) ?? head,
    repair: repairOf(verdict, joined, found),
    ...(opfsTrouble === undefined ? {} : { opfsTrouble }),
  };
}

/**
 * Where IndexedDB can be trusted up to: its tail is checked, and what follows a bad entry is not believed; nor what follows a
 * hole that the other copy can fill.
 */
async function endOfIdb(
  { idb, opfs, state, keys }: Pick<CopiesFound, 'idb' | 'opfs' | 'state' | 'keys'>,
  last: Placed | undefined,
): Promise<CopyEnd> {
  if (idb === undefined || last === undefined) return { last: 0, signed: undefined, damaged: false };
  if (opfs !== undefined && opfs.last > 0) {
    const range = { after: opfs.first - 1, last: Math.min(last.position, opfs.last) };
    const hole = await firstHole(idb, { ...range, lost: lostPositions(state) });
    const signed = hole === undefined ? undefined : await idb.entry(hole - 1);
    if (hole !== undefined && signed !== undefined) return { last: hole - 1, signed, damaged: true };
  }
  const after = Math.max(0, last.position - CHECKED_AT_START);
  const tail = await idb.entries(after, last.position, CHECKED_AT_START);
  const bad = await firstBad(tail, state, keys);
  if (bad === undefined) return { last: last.position, signed: last.signed, damaged: false };
  const good = tail.findLast((each) => each.position < bad) ?? {
    position: bad - 1,
    signed: await idb.entry(bad - 1),
  };
  const { signed } = good;
  return { last: signed === undefined ? 0 : good.position, signed, damaged: true };
}

/** The till's own key, wherever it is; the one it signed with in an emergency; or, when both are gone, another one. */
async function signerFor(
  state: JournalState,
  stored: Signer | undefined,
  { idb, folder, safe }: KeyPlaces & { readonly idb: FirstCopy | undefined },
): Promise<{ readonly signer: Signer; readonly keyLost: boolean }> {
  const { kid } = state.identity.key;
  if (stored?.key.kid === kid) return { signer: stored, keyLost: false };
  const safest = await safe.signer();
  if (safest?.key.kid === kid) return { signer: safest, keyLost: false };
  const kept = await emergencySigner(folder, kid);
  if (kept !== undefined) return { signer: kept, keyLost: false };
  return { signer: await (idb === undefined ? newEmergencySigner(folder) : newSigner()), keyLost: true };
}

async function serverStands(state: JournalState, joined: Joined): Promise<ServerStands> {
  const word = state.acknowledged;
  if (word === undefined) return 'none';
  if (state.epochs.some((each) => each.prev === word.head.hash)) return 'within'; // Continued from already.
  if (word.position > joined.last) return 'ahead';
  const signed = await joined.entryAt(word.position);
  return signed === undefined || signed.hash === word.head.hash ? 'within' : 'conflict';
}

async function settleState(
  found: JournalState,
  joined: Joined,
  now: {
    readonly signer: Signer;
    readonly keyLost: boolean;
    readonly server: ServerStands;
    readonly opfs: boolean;
    readonly unproved: boolean;
  },
): Promise<JournalState> {
  let epochs = begunEpochs(found.epochs, joined.last);
  if (joined.signed !== undefined) epochs = withEpoch(epochs, joined.signed.entry, joined.last);
  const word = found.acknowledged;
  const position = now.server === 'conflict' ? 0 : Math.min(word?.position ?? 0, joined.last);
  const state: JournalState = {
    ...found,
    epochs,
    parked: [...found.parked, ...joined.parked],
    opfs: found.opfs || now.opfs,
    // Whatever the reason for a new epoch is: what is settled here may be all that the next start can see of it.
    ...(now.unproved ? { unproved: true as const } : {}),
    ...(word === undefined ? {} : { acknowledged: { ...word, position } }),
    ...(now.keyLost
      ? {
          identity: { ...found.identity, key: now.signer.key },
          keys: [...found.keys, now.signer.key],
          needsRekey: true,
        }
      : {}),
  };
  const same = JSON.stringify(state) === JSON.stringify(found);
  return same ? found : { ...state, revision: found.revision + 1 };
}

function repairOf(verdict: Verdict, joined: Joined, state: JournalState): Repair | undefined {
  if (verdict.reason === undefined) return undefined;
  return {
    source: verdict.source,
    ...(joined.idbHead === undefined ? {} : { indexeddb: joined.idbHead }),
    ...(joined.opfsHead === undefined ? {} : { opfs: joined.opfsHead }),
    ...(state.acknowledged === undefined ? {} : { server: state.acknowledged.head }),
    restored: joined.restored,
    newEpoch: verdict.newEpoch,
    reason: verdict.reason,
  };
}
