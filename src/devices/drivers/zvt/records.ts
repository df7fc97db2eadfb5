import type { Approval } from '../../../domain/approval.ts';
import { ZVT_OFFLINE_RESULTS, ZVT_RESULTS, type ZvtStatus } from '../../codecs/zvt/message.ts';
import type { TerminalReason } from '../../reasons.ts';
import type { OrderNote } from '../../terminals/order-notes.ts';
import { terminalApproval } from '../../terminals/terminal-approval.ts';

/** How far the terminal's clock may be from ours before its time proves nothing, ms. */
const CLOCK_DOUBT_MS = 600_000;
const YEAR_MS = 366 * 86_400_000;

/** Receipt and trace number name a record in the terminal's books; undefined when the terminal gave neither. */
export const recordOf = ({ receipt, trace }: ZvtStatus): string | undefined =>
  receipt === undefined && trace === undefined ? undefined : `${receipt ?? ''}/${trace ?? ''}`;

export const approvalOf = (status: ZvtStatus): Approval =>
  terminalApproval({
    channelId: status.receipt,
    trace: status.trace,
    terminalNumber: status.terminal,
    merchantNumber: status.contract,
    authCode: status.authorisation?.slice(0, 6),
    issuer: status.cardName,
    card: status.card,
  });

/** The receipt number that a reversal asks for; undefined when this approval came from another kind of terminal. */
export const receiptOf = ({ channelId }: Approval): string | undefined =>
  channelId !== undefined && /^\d{4}$/.test(channelId) ? channelId : undefined;

export function reasonOf(code: number): TerminalReason {
  if (code === ZVT_RESULTS.aborted) return 'cancelled';
  if (code === 0x71) return 'insufficient-funds';
  return ZVT_OFFLINE_RESULTS.includes(code) ? 'host-offline' : `code-${code.toString(16).padStart(2, '0')}`;
}

/**
 * What the last stored payment of the terminal says about an order whose end was not heard. ZVT knows no reference of ours, so this
 * is a comparison: `booked` when the newest record came after the order was sent and is of its amount; `not-booked` when there is
 * no newer record; `doubtful` when the evidence does not carry either.
 */
export function verdictOn(
  note: OrderNote,
  last: ZvtStatus,
  isOfOther: (record: string) => boolean,
): 'booked' | 'not-booked' | 'doubtful' {
  const record = recordOf(last);
  if (record === undefined) return 'doubtful';
  if (record === note.before) return 'not-booked';
  if (isOfOther(record)) return 'doubtful';
  const isOurs = last.amount === note.amount && (last.result ?? 0) === ZVT_RESULTS.ok;
  const when = ageOf(last, note.at);
  if (note.before === undefined) {
    // The till does not know where the books ended: only the clock can tell.
    if (when === 'unknown') return 'doubtful';
    if (when === 'before') return 'not-booked';
    return isOurs ? 'booked' : 'doubtful';
  }
  return isOurs && when !== 'before' ? 'booked' : 'doubtful';
}

/** Whether a record was made before an order was sent, by the terminal's local clock. */
function ageOf({ time, date }: ZvtStatus, at: number): 'before' | 'after' | 'unknown' {
  const [month, day] = pairs(date);
  const [hour, minute, second] = pairs(time);
  if (month === undefined || day === undefined || hour === undefined) return 'unknown';
  const made = new Date(new Date(at).getFullYear(), month - 1, day, hour, minute, second).getTime();
  // The record carries no year: the nearest one is meant.
  const offset = Math.round((at - made) / YEAR_MS) * YEAR_MS;
  return made + offset < at - CLOCK_DOUBT_MS ? 'before' : 'after';
}

const pairs = (digits: string | undefined): readonly number[] => (digits?.match(/\d\d/g) ?? []).map(Number);
