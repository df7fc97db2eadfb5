import type { Placed } from './protocol.ts';

/** Entries for the server: after its last word, without the parked ones, at most `limit`. Reads on over parked stretches. */
export async function collectUnsent(
  read: (after: number, limit: number) => Promise<readonly Placed[]>,
  from: { readonly acknowledged: number; readonly parked: readonly number[] },
  limit: number,
): Promise<readonly Placed[]> {
  const parked = new Set(from.parked);
  const found: Placed[] = [];
  for (let after = from.acknowledged; found.length < limit; ) {
    const entries = await read(after, limit - found.length);
    const end = entries.at(-1);
    if (end === undefined) break;
    if (parked.size === 0) return entries;
    found.push(...entries.filter((each) => !parked.has(each.position)));
    after = end.position;
  }
  return found;
}
