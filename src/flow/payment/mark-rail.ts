import type { Attempt } from '../../domain/attempt.ts';
import { givesBack } from './attempt-facts.ts';
import { ASK_ALWAYS, handedBack } from './cash-rail.ts';
import type { Rail, RailAnswer } from './rail.ts';

/**
 * What only people vouch for. `static-code`: the customer paid to the shop's printed code and the cashier says so; nobody has
 * verified it. `credit` (赊账): the shop's own word that the customer will pay. Both work without any link, and after a restart
 * the cashier is the only one who can be asked. Limits are the checkout's.
 */
export function markRail(
  tender: 'static-code' | 'credit',
  ask: (attempt: Attempt) => Promise<boolean>,
  of?: Attempt,
): Rail {
  const reason = tender === 'credit' ? 'booked' : 'unverified';
  const rail: Rail = {
    timings: ASK_ALWAYS,
    undo: 'reverse',
    waits: { for: 'cashier' },
    send: async (): Promise<RailAnswer> => ({ kind: 'approved', reason }),
    inquire: async (attempt): Promise<RailAnswer> =>
      (await ask(attempt)) ? { kind: 'approved', reason } : { kind: 'declined', reason: 'operator-denied' },
    reverse: async () => ({ kind: 'reversed', reason: 'operator' }),
    refund: async () => ({ kind: 'refunded' }),
  };
  return of !== undefined && givesBack(of) ? handedBack(rail) : rail;
}
