import type { Head } from '../domain/entry.ts';
import { checkRun, type KeyRing } from './chain-run.ts';
import { isJoint, type JournalState } from './journal-state.ts';
import type { Placed } from './protocol.ts';

/**
 * Position of the first stored entry that is not what it says, or does not follow the one before it; undefined when all are
 * whole. `before` is the entry in front of the first one, where it is known. Known gaps are no fault.
 */
export async function firstBad(
  placed: readonly Placed[],
  state: Pick<JournalState, 'parked'>,
  keys: KeyRing,
  before?: { readonly position: number; readonly head: Head },
): Promise<number | undefined> {
  let at = before;
  for (const run of unbroken(placed, state)) {
    const start = run[0]?.position ?? 0;
    const after = isJoint(state, start, at?.position) ? 'unknown' : (at?.head ?? 'unknown');
    const { valid, head } = await checkRun(
      run.map((each) => each.signed),
      after,
      keys,
    );
    if (valid < run.length) return start + valid;
    at = head === undefined ? undefined : { position: start + run.length - 1, head };
  }
  return undefined;
}

/** Runs between known gaps. */
function unbroken(
  placed: readonly Placed[],
  state: Pick<JournalState, 'parked'>,
): readonly (readonly Placed[])[] {
  const runs: Placed[][] = [];
  for (const each of placed) {
    const run = runs.at(-1);
    if (run === undefined || isJoint(state, each.position, run.at(-1)?.position)) runs.push([each]);
    else run.push(each);
  }
  return runs;
}
