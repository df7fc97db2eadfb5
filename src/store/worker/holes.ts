import type { FirstCopy } from './idb-copy.ts';

/**
 * The first position after `after`, up to `last`, that IndexedDB lacks without anybody knowing; undefined when there is none.
 * A hole in the log of the database costs a block of what was written behind it, and what follows that block is there: the
 * end alone proves nothing (docs/reliability.md). Counts keys, and halves where they are too few. `lost` are known to be gone.
 */
export async function firstHole(
  idb: Pick<FirstCopy, 'held'>,
  { after, last, lost }: { readonly after: number; readonly last: number; readonly lost: readonly number[] },
): Promise<number | undefined> {
  const isWhole = async (from: number, to: number): Promise<boolean> => {
    const gone = lost.filter((position) => position > from && position <= to).length;
    return (await idb.held(from, to)) + gone >= to - from;
  };
  if (last <= after || (await isWhole(after, last))) return undefined;
  let whole = after;
  let holed = last;
  while (holed - whole > 1) {
    const middle = Math.floor((whole + holed) / 2);
    if (await isWhole(whole, middle)) whole = middle;
    else holed = middle;
  }
  return holed;
}
