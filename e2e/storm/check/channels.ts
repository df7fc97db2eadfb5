import { directionOf } from '../../../src/domain/ledger.ts';
import type { EndedDay } from './ended-day.ts';

/** I5: what channels and terminals hold for the shop is what the journals say, payment by payment. */
export async function checkChannels(day: EndedDay): Promise<void> {
  const told = new Map<string, number>();
  const isLossy = day.tills.some(({ watch }) => watch.isLossy);
  for (const { watch, hardware } of day.tills)
    for (const { attempt, state } of watch.attempts.values()) {
      if (attempt.method === 'terminal') {
        const { kind } = await hardware.terminal.inquire(attempt.attemptId);
        const isMoved = directionOf(attempt) !== 0;
        if (isMoved && (kind === 'approved') !== (state === 'approved' || state === 'refunded') && !isLossy)
          watch.fail('I5', `the terminal says ${kind}, the journal ${state} of ${attempt.attemptId}`);
        continue;
      }
      if (state !== 'approved' || attempt.method === undefined) continue;
      const of = directionOf(attempt) < 0 ? (attempt.original ?? '') : attempt.attemptId;
      told.set(of, (told.get(of) ?? 0) + attempt.amount * directionOf(attempt));
    }
  if (isLossy) return;
  for (const channel of day.shop.channels)
    for (const [reference, { kind }] of channel.books) {
      if (kind !== 'payment') continue;
      const net = channel.net(reference);
      const ours = told.get(reference) ?? 0;
      told.delete(reference);
      if (net !== ours)
        day.fail('I5', `${channel.id} holds ${net} of ${reference}, the journal says ${ours}`);
    }
  for (const [reference, amount] of told)
    if (amount !== 0) day.fail('I5', `the journal says ${amount} of ${reference}, and no channel knows it`);
}
