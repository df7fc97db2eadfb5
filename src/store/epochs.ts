import type { Head } from '../domain/entry.ts';
import type { Epoch } from '../domain/ids.ts';

/** Where each epoch of this till begins in the local numbering, oldest first. */
export interface EpochStart {
  readonly epoch: Epoch;
  /** Local position of the epoch's entry number 1. */
  readonly first: number;
  /** The hash it goes on from, which may be one that only the server holds. */
  readonly prev?: string;
}

/**
 * The local position of an entry that the server names by epoch and number. Undefined when this journal does not hold it:
 * the epoch is not ours, or the number lies beyond what was written here before the next epoch began.
 */
export function positionOf(
  epochs: readonly EpochStart[],
  head: Pick<Head, 'epoch' | 'seq'>,
  last: number,
): number | undefined {
  const index = epochs.findIndex((each) => each.epoch === head.epoch);
  const start = epochs[index];
  if (start === undefined || head.seq < 1) return undefined;
  const position = start.first + head.seq - 1;
  const next = epochs[index + 1];
  const limit = next === undefined ? last : next.first - 1;
  return position <= limit ? position : undefined;
}

/** The table with an entry's epoch in it; the same table when it is there already. */
export function withEpoch(
  epochs: readonly EpochStart[],
  place: { readonly epoch: Epoch; readonly seq: number; readonly prev: string },
  position: number,
): readonly EpochStart[] {
  if (epochs.some((each) => each.epoch === place.epoch)) return epochs;
  const start = { epoch: place.epoch, first: position - place.seq + 1 };
  return [...epochs, place.seq === 1 ? { ...start, prev: place.prev } : start];
}

/**
 * The table without the epochs whose first entry is not there: a commit that was refused, or torn, may leave its table behind
 * in one copy. What such an epoch was begun for has not been done.
 */
export function begunEpochs(epochs: readonly EpochStart[], last: number): readonly EpochStart[] {
  return epochs.every(({ first }) => first <= last) ? epochs : epochs.filter(({ first }) => first <= last);
}
