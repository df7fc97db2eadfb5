import { headOf } from '../domain/chain.ts';
import type { Head, SignedEntry } from '../domain/entry.ts';
import { checkRun, type KeyRing } from './chain-run.ts';
import { isJoint, type JournalState } from './journal-state.ts';
import type { Line } from './protocol.ts';

function parsed(line: string): SignedEntry | undefined {
  try {
    return JSON.parse(line) as SignedEntry;
  } catch {
    return undefined;
  }
}

/**
 * Position of the first stored entry that is not what it says, or does not follow the one before it; undefined when all are
 * whole. `before` is the entry in front of the first line, where it is known. Known gaps are no fault.
 */
export async function firstBad(
  lines: readonly Line[],
  state: Pick<JournalState, 'parked'>,
  keys: KeyRing,
  before?: { readonly position: number; readonly head: Head },
): Promise<number | undefined> {
  let run: SignedEntry[] = [];
  let start = lines[0]?.position ?? 0;
  let after = before;
  const check = async (): Promise<number | undefined> => {
    const joined = isJoint(state, start, after?.position) ? 'unknown' : (after?.head ?? 'unknown');
    const { valid } = await checkRun(run, joined, keys);
    return valid === run.length ? undefined : start + valid;
  };
  for (const { position, line } of lines) {
    const signed = parsed(line);
    if (run.length > 0 && (signed === undefined || isJoint(state, position, start + run.length - 1))) {
      const bad = await check();
      if (bad !== undefined) return bad;
      const end = run.at(-1);
      after = end === undefined ? after : { position: start + run.length - 1, head: headOf(end) };
      run = [];
    }
    if (signed === undefined) return position;
    if (run.length === 0) start = position;
    run.push(signed);
  }
  return run.length === 0 ? undefined : check();
}
