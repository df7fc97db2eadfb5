import type { Attempt } from '../domain/attempt.ts';
import { undoOf } from '../flow/payment/attempt-facts.ts';
import type { AttemptNetwork } from '../flow/payment/attempt-network.ts';
import { cashRail } from '../flow/payment/cash-rail.ts';
import { lazyRail } from '../flow/payment/lazy-rail.ts';
import { markRail } from '../flow/payment/mark-rail.ts';
import type { Rail, RailLink } from '../flow/payment/rail.ts';
import type { Timer } from '../flow/ports.ts';
import type { CounterCards } from './counter-cards.ts';
import type { OfferedRails } from './offered-rails.ts';

export interface TenderRailsPorts {
  readonly timer: Timer;
  readonly offered: OfferedRails;
  readonly cards: CounterCards;
  readonly network: AttemptNetwork;
  readonly link: Pick<RailLink, 'online' | 'subscribe'>;
  /** Asks the cashier whether cash changed hands. */
  ask(attempt: Attempt): Promise<boolean>;
  subject(attempt: Attempt): string;
}

/**
 * The rail of each attempt. What can always be taken without a network is in the first chunk, as it may be lost before the rest is
 * here; the others are fetched when they are first used.
 */
export function tenderRails(ports: TenderRailsPorts): (attempt: Attempt) => Rail {
  const { timer, offered, cards, network, subject } = ports;
  const link: RailLink = { ...ports.link, waiting: { for: 'network' } };
  return (attempt) => {
    const { tender, method } = attempt;
    if (tender === 'cash') return cashRail(ports.ask, attempt);
    const timings = offered.timings(tender, method);
    const undo = undoOf(attempt);
    if (tender === 'static-code' || tender === 'credit') return markRail(tender, ports.ask, attempt);
    if (method === 'terminal')
      return lazyRail(
        { timings, undo, link: terminalLink(attempt, cards), waits: { for: 'terminal' } },
        async (to) => {
          const { terminalRail } = await import('../flow/payment/terminal-rail.ts');
          const terminal = to === 'send' ? cards.terminalFor(attempt) : cards.terminalOf(attempt.attemptId);
          if (terminal === undefined) throw new TypeError('no terminal');
          return terminalRail(attempt, { terminal, timer, timings });
        },
      );
    return lazyRail({ timings, undo, link, waits: { for: 'answer' } }, async () => {
      const { reader } = cards;
      if (method === 'reader' && reader !== undefined) {
        const { readerRail } = await import('../flow/payment/reader-rail.ts');
        return readerRail(attempt, { network, link, timings, subject, reader, timer });
      }
      const { serverRail } = await import('../flow/payment/server-rail.ts');
      return serverRail(attempt, { network, link, timings, subject });
    });
  };
}

/** The terminal that had the order is asked when it is plugged in again; nothing counts against it meanwhile. */
const terminalLink = ({ attemptId }: Attempt, cards: CounterCards): RailLink => ({
  online: () => cards.terminalOf(attemptId)?.link === 'connected',
  subscribe: (listener) => cards.subscribe(listener),
  waiting: { for: 'terminal' },
});
