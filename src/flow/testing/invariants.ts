import { type AttemptState, isUnresolved } from '../../domain/attempt.ts';
import type { LivePayment } from '../attempts-service.ts';
import type { MemoryJournal } from './memory-journal.ts';

/** States of each attempt in the order they were written. */
export function story(journal: Pick<MemoryJournal, 'entries'>): ReadonlyMap<string, readonly AttemptState[]> {
  const states = new Map<string, AttemptState[]>();
  for (const { entry } of journal.entries) {
    if (!entry.type.startsWith('attempt.') || !('attempt' in entry.body)) continue;
    const { attemptId } = entry.body.attempt;
    states.set(attemptId, [...(states.get(attemptId) ?? []), entry.type.slice(8) as AttemptState]);
  }
  return states;
}

/** The invariants of facts/reliability, appendix B, that a payment can break. */
export function violations({
  journal,
  shown,
  charges,
}: {
  readonly journal: Pick<MemoryJournal, 'entries'>;
  /** What the screen lists. */
  readonly shown: readonly LivePayment[];
  /** Attempt ids in the order charges left the till. */
  readonly charges: readonly string[];
}): string[] {
  const found: string[] = [];
  const attempts = [...story(journal)];
  const last = attempts.map(([id, states]) => [id, states.at(-1)!] as const);
  // I2: what is pending is pending once, ends once, and the rest is what is open.
  for (const [id, states] of attempts) {
    if (states.filter((state) => state === 'sending').length !== 1) found.push(`I2 ${id} pending twice`);
    const ends = states.filter((state) => !isUnresolved(state) && state !== 'prepared');
    if (ends.length > 1) found.push(`I2 ${id} ended twice`);
    if (ends.length === 1 && states.at(-1) !== ends[0]) found.push(`I7 ${id} moved on from ${ends[0]}`);
  }
  // I4: of one sale, one attempt at most is approved; and each attempt was charged once at most.
  if (last.filter(([, state]) => state === 'approved').length > 1) found.push('I4 two approved');
  if (new Set(charges).size !== charges.length) found.push('I4 charged twice');
  // I8: what is open is on the screen.
  for (const [id, state] of last) {
    if (!isUnresolved(state)) continue;
    if (!shown.some((live) => live.attempt.attemptId === id)) found.push(`I8 ${id} unseen`);
    if (state !== 'stuck') found.push(`I11 ${id} is still ${state}`);
    // A person can be asked about anything, but here the host answers all along: nobody needs to be called.
    else found.push(`I11 ${id} stuck though the host answers`);
  }
  return found;
}
