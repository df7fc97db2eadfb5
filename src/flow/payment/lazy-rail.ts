import type { Rail } from './rail.ts';

/**
 * A rail whose code is loaded when it is first used. What the machine must know beforehand (timings, link, undo) is data.
 * When the code cannot be loaded nothing was sent, and a question is asked again later. `load` is told whether the attempt is
 * to be sent, or may have been sent before and is asked about, undone or paid back.
 */
export function lazyRail(
  facts: Omit<Rail, 'send' | 'inquire' | 'reverse' | 'refund'>,
  load: (to: 'send' | 'settle') => Promise<Rail>,
): Rail {
  const missing = { kind: 'no-answer', reason: 'not-loaded' } as const;
  return {
    ...facts,
    send: async (attempt, sending) => {
      const rail = await load('send').catch(() => undefined);
      return rail === undefined
        ? { kind: 'declined', reason: 'rail-unavailable' }
        : rail.send(attempt, sending);
    },
    inquire: async (attempt) => (await load('settle').catch(() => undefined))?.inquire(attempt) ?? missing,
    reverse: async (attempt, reason) =>
      (await load('settle').catch(() => undefined))?.reverse(attempt, reason) ?? missing,
    refund: async (attempt, approval) =>
      (await load('settle').catch(() => undefined))?.refund(attempt, approval) ?? missing,
  };
}
