import { headOf } from '../../domain/chain.ts';
import type { Head, SignedEntry } from '../../domain/entry.ts';
import type { ParkedEntry } from '../../domain/journal.ts';
import { checkRun, type KeyRing, type RunCheck } from '../chain-run.ts';
import type { CopiesStand } from '../heads.ts';
import { CHAIN_GAP, ENTRY_LOST, type JournalState, lostPositions } from '../journal-state.ts';
import type { Placed } from '../protocol.ts';
import { runsOf } from '../runs.ts';
import type { FirstCopy } from './idb-copy.ts';
import type { OpfsCopy } from './opfs-copy.ts';

/** Entries moved from one copy to the other at once. */
const MOVED_AT_ONCE = 200;

/** The two copies as one chain. IndexedDB holds it already when this is made; `repairOpfs` brings the other to it. */
export interface Joined {
  readonly copies: CopiesStand;
  readonly longer: 'indexeddb' | 'opfs';
  readonly damaged: boolean;
  readonly gap: boolean;
  readonly last: number;
  readonly signed: SignedEntry | undefined;
  /** Where the unbroken chain ends, when entries after a gap were kept beyond it. */
  readonly unbroken?: Head;
  /** Entries written back into the copy that lacked them. */
  readonly restored: number;
  readonly idbHead: Head | undefined;
  readonly opfsHead: Head | undefined;
  readonly parked: readonly ParkedEntry[];
  entryAt(position: number): Promise<SignedEntry | undefined>;
  repairOpfs(state: JournalState): Promise<void>;
}

/** What a copy holds at its end, as far as it can be trusted. */
export interface CopyEnd {
  readonly last: number;
  readonly signed: SignedEntry | undefined;
  readonly damaged: boolean;
}

export interface CopiesFound {
  readonly idb: FirstCopy | undefined;
  readonly opfs: OpfsCopy | undefined;
  readonly idbEnd: CopyEnd;
  readonly state: JournalState;
  readonly keys: KeyRing;
  /** Writes down that the end is not proved. Called before the copies are changed in such a case. */
  mark(): Promise<void>;
}

const headIf = (signed: SignedEntry | undefined) => (signed === undefined ? undefined : headOf(signed));

/** Finds how the copies stand, and brings IndexedDB to the longest valid chain. */
export async function joinCopies(found: CopiesFound): Promise<Joined> {
  const { idb, opfs, idbEnd } = found;
  // Lists that know of entries which the journal has lost begin again from what is there.
  if (idb !== undefined && (await idb.folded()) > idbEnd.last) await replaceTail(idb, idbEnd.last, []);
  const opfsLast = opfs?.last ?? 0;
  const opfsSigned = opfs?.entries(opfsLast - 1, opfsLast, 1)[0]?.signed;
  const base = {
    longer: 'indexeddb' as const,
    damaged: idbEnd.damaged || opfs?.damaged === true || opfs?.holed(lostPositions(found.state)) === true,
    gap: false,
    last: idbEnd.last,
    signed: idbEnd.signed,
    restored: 0,
    idbHead: headIf(idbEnd.signed),
    opfsHead: headIf(opfsSigned),
    parked: [],
    entryAt: async (position: number) => (idb === undefined ? entryIn(opfs, position) : idb.entry(position)),
  };
  if (idb === undefined || (idbEnd.last === 0 && opfsLast > 0)) return fromOpfsAlone(found, base, opfsSigned);
  if (opfsLast === 0 || opfs === undefined) return withoutOpfs(found, base);
  const fork = await forkPoint(idb, opfs, Math.min(idbEnd.last, opfsLast));
  if (fork !== undefined) return diverged(found, base, fork);
  if (opfsLast > idbEnd.last) return extended(found, base);
  if (idbEnd.damaged) await replaceTail(idb, idbEnd.last, []);
  const behind = idbEnd.last > opfsLast;
  return {
    ...base,
    copies: behind ? 'indexeddb-ahead' : 'agree',
    restored: behind ? idbEnd.last - opfsLast : 0,
    repairOpfs: (state) =>
      base.damaged ? rebuildOpfs(idb, opfs, state) : fillOpfs(idb, opfs, opfsLast, state),
  };
}

type Base = Omit<Joined, 'copies' | 'repairOpfs'>;

const entryIn = (opfs: OpfsCopy | undefined, position: number): SignedEntry | undefined =>
  opfs?.entries(position - 1, position, 1)[0]?.signed;

/** IndexedDB is empty or does not open: the OPFS copy is all there is. */
async function fromOpfsAlone(found: CopiesFound, base: Base, end: SignedEntry | undefined): Promise<Joined> {
  const { idb, opfs } = found;
  await found.mark();
  if (opfs === undefined) throw new DOMException('no copy', 'NotFoundError');
  const gap = opfs.holed(lostPositions(found.state));
  const moved =
    idb === undefined ? { restored: 0, gap, parked: [] } : await pullFromOpfs(found, 0, 'unknown');
  const repairOpfs = async (state: JournalState) =>
    idb !== undefined && base.damaged ? rebuildOpfs(idb, opfs, state) : opfs.writeState(state, true);
  return { ...base, ...moved, copies: 'opfs-alone', last: opfs.last, signed: end, repairOpfs };
}

async function withoutOpfs(found: CopiesFound, base: Base): Promise<Joined> {
  const { idb, opfs, state } = found;
  const lost = state.opfs;
  if (lost) await found.mark();
  return {
    ...base,
    copies: lost ? 'indexeddb-alone' : 'agree',
    restored: lost ? base.last : 0,
    repairOpfs: async (now) =>
      idb === undefined || opfs === undefined ? undefined : rebuildOpfs(idb, opfs, now),
  };
}

/** OPFS has more: its entries are checked and written into IndexedDB. */
async function extended(found: CopiesFound, base: Base): Promise<Joined> {
  const { idb, opfs, idbEnd } = found;
  if (idb === undefined || opfs === undefined) throw new DOMException('no copy', 'NotFoundError');
  if (opfs.holed(lostPositions(found.state))) await found.mark();
  if (idbEnd.damaged) await replaceTail(idb, idbEnd.last, []);
  const moved = await pullFromOpfs(found, idbEnd.last, headIf(idbEnd.signed) ?? 'unknown');
  const last = await idb.last();
  return {
    ...base,
    ...moved,
    copies: 'opfs-ahead',
    last: last?.position ?? 0,
    signed: last?.signed,
    repairOpfs: (state) =>
      base.damaged ? rebuildOpfs(idb, opfs, state) : Promise.resolve(opfs.writeState(state, true)),
  };
}

/** Copies entries after a position from OPFS into IndexedDB. What cannot be joined is kept too, and parked. */
async function pullFromOpfs(
  found: CopiesFound,
  from: number,
  after: Head | 'unknown',
): Promise<Pick<Joined, 'restored' | 'gap' | 'parked' | 'unbroken'>> {
  const { idb, opfs, keys } = found;
  if (idb === undefined || opfs === undefined) return { restored: 0, gap: false, parked: [] };
  const parked: ParkedEntry[] = [];
  let restored = 0;
  let head: Head | undefined | 'unknown' = after;
  let expected = after === 'unknown' ? opfs.first : from + 1;
  let unbroken = after === 'unknown' ? undefined : after;
  for (const frame of groups(opfs, from)) {
    const entries = frame.map((each) => each.signed);
    const first = frame[0]?.position ?? 0;
    for (let lost = expected; lost < first; lost += 1)
      parked.push({ position: lost, reason: ENTRY_LOST, parkedAt: 0 });
    const check: RunCheck =
      first === expected ? await checkRun(entries, head, keys) : { valid: 0, head: undefined };
    if (parked.length === 0 && check.head !== undefined) unbroken = check.head;
    for (const { position } of frame.slice(check.valid))
      parked.push({ position, reason: CHAIN_GAP, parkedAt: 0 });
    await idb.commit({ position: first, entries });
    restored += frame.length;
    expected = first + frame.length;
    head = check.head;
  }
  return { restored, gap: parked.length > 0, parked, ...(unbroken === undefined ? {} : { unbroken }) };
}

/** Runs of contiguous entries, a bounded number at once. */
function* groups(opfs: OpfsCopy, from: number): Generator<readonly Placed[]> {
  for (let after = from; ; ) {
    const read = opfs.entries(after, opfs.last, MOVED_AT_ONCE);
    const end = read.at(-1);
    if (end === undefined) return;
    yield* runsOf(read);
    after = end.position;
  }
}

/**
 * The last position at which both copies agree, when they hold different entries behind it; undefined when they do not. What one
 * of them cannot show proves nothing.
 */
async function forkPoint(idb: FirstCopy, opfs: OpfsCopy, at: number): Promise<number | undefined> {
  let differs = false;
  for (let position = at; position >= opfs.first; position -= 1) {
    const theirs = entryIn(opfs, position);
    if (theirs === undefined) continue;
    const ours = await idb.entry(position);
    if (ours?.hash === theirs.hash) return differs ? position : undefined;
    differs = true;
  }
  return differs ? opfs.first - 1 : undefined;
}

/** Two branches: the longer is believed, the other is kept aside whole. */
async function diverged(found: CopiesFound, base: Base, fork: number): Promise<Joined> {
  const { idb, opfs, idbEnd } = found;
  if (idb === undefined || opfs === undefined) throw new DOMException('no copy', 'NotFoundError');
  await found.mark();
  const theirs = opfs.entries(fork, opfs.last, Number.MAX_SAFE_INTEGER);
  const ours = await idb.entries(fork, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  const opfsLonger = opfs.last > idbEnd.last;
  await idb.keepBranch(fork + 1, opfsLonger ? ours : theirs);
  if (opfsLonger) await replaceTail(idb, fork, theirs);
  const last = await idb.last();
  return {
    ...base,
    copies: 'diverged',
    longer: opfsLonger ? 'opfs' : 'indexeddb',
    last: last?.position ?? 0,
    signed: last?.signed,
    restored: opfsLonger ? theirs.length : ours.length,
    repairOpfs: (state) => rebuildOpfs(idb, opfs, state),
  };
}

/** Cuts IndexedDB after a position and writes other entries behind. What was cut and not replaced is kept aside. */
async function replaceTail(idb: FirstCopy, after: number, instead: readonly Placed[]): Promise<void> {
  const cut = await idb.entries(after, Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
  if (instead.length === 0 && cut.length > 0) await idb.keepBranch(after + 1, cut);
  await idb.truncate(after);
  for (const run of runsOf(instead)) {
    await idb.commit({ position: run[0]?.position ?? 0, entries: run.map((each) => each.signed) });
  }
}

async function fillOpfs(idb: FirstCopy, opfs: OpfsCopy, from: number, state: JournalState): Promise<void> {
  if (opfs.state?.revision !== state.revision) opfs.writeState(state, true);
  for (let after = from; ; ) {
    const read = await idb.entries(after, Number.MAX_SAFE_INTEGER, MOVED_AT_ONCE);
    const run = runsOf(read)[0];
    if (run === undefined) return;
    opfs.write({ position: run[0]?.position ?? 0, entries: run.map((each) => each.signed) });
    after = run.at(-1)?.position ?? after;
  }
}

async function rebuildOpfs(idb: FirstCopy, opfs: OpfsCopy, state: JournalState): Promise<void> {
  const end = await idb.last();
  const last = end?.position ?? 0;
  const start = Math.min(opfs.neededFrom(state, last), Math.max(1, last)) - 1;
  await opfs.rebuild(state, (after, limit) => idb.entries(Math.max(after, start), last, limit));
}
