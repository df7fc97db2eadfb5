import type { MmsEnding } from '../../codecs/mms/happenings.ts';
import type { ReaderEvent } from '../../dialogue/events.ts';

/** What the end of a transaction means in the dialogue. `hasAsked`: the bank was asked before. */
export function eventOf(how: MmsEnding, hasAsked: boolean): ReaderEvent {
  switch (how) {
    case 'approved':
    case 'approved-offline':
      return { type: 'final', final: { kind: 'accepted' } };
    case 'declined':
      return hasAsked
        ? { type: 'final', final: { kind: 'refused', reason: 'chip-refused' } }
        : { type: 'declined', reason: 'card-declined' };
    case 'chip-failed':
      return { type: 'chip-failed', isLast: false };
    case 'use-stripe':
      return { type: 'chip-failed', isLast: true };
    case 'use-other':
      return { type: 'use-other' };
    case 'timed-out':
      return { type: 'ended', reason: 'timeout' };
    case 'cancelled':
      return { type: 'ended', reason: 'cancelled' };
    // Quick Chip was not asked for: the card is out before the bank has answered.
    case 'deferred':
      return { type: 'ended', reason: 'protocol' };
    default:
      return { type: 'ended', reason: 'reader-failed' };
  }
}
