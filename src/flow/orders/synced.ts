import type { JournalStatus, SaleRecord } from '../../domain/journal.ts';

/** Whether the server has countersigned this sale. When that cannot be known, the answer is no. */
export function isSynced(
  { head }: SaleRecord,
  { acknowledged, unsynced, head: current }: JournalStatus,
): boolean {
  if (unsynced === 0) return true;
  if (acknowledged === undefined) return false;
  if (head.epoch === acknowledged.epoch) return head.seq <= acknowledged.seq;
  // Epochs follow one another: one that is neither the current nor the acknowledged one is over and was sent before.
  return acknowledged.epoch === current?.epoch;
}
