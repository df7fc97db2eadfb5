import { expect, test } from 'vitest';
import type { JobId } from '../../domain/ids.ts';
import { type Slip, type SlipEvent, step } from './slip.ts';

const EVENTS: readonly ((job: number) => SlipEvent)[] = [
  (job) => ({ type: 'print', jobId: `job-${job}` as JobId, linked: true }),
  (job) => ({ type: 'print', jobId: `job-${job}` as JobId, linked: false }),
  () => ({ type: 'intent-stored' }),
  () => ({ type: 'intent-refused' }),
  () => ({ type: 'ended', outcome: { kind: 'confirmed' } }),
  () => ({ type: 'ended', outcome: { kind: 'unconfirmed', reason: 'lost' } }),
  () => ({ type: 'ended', outcome: { kind: 'failed', reason: 'lost' } }),
];

interface Seen {
  readonly sent: readonly string[];
  readonly stored: readonly string[];
  readonly papers: number;
}

test('no order of events prints one job twice, prints before the intent is stored, or makes a second original', () => {
  const depthMax = 7;
  const go = (slip: Slip, seen: Seen, depth: number): void => {
    if (depth === depthMax) return;
    for (const make of EVENTS) {
      const event = make(depth);
      const [next, effects] = step(slip, event);
      const sent = [...seen.sent];
      const stored = [...seen.stored];
      const isPaper = event.type === 'ended' && slip.at === 'printing' && event.outcome.kind !== 'failed';
      const papers = seen.papers + (isPaper ? 1 : 0);
      for (const effect of effects) {
        if (effect.type === 'store-intent') stored.push(effect.jobId);
        if (effect.type !== 'send') continue;
        expect(sent).not.toContain(effect.jobId);
        expect(stored).toContain(effect.jobId);
        expect(effect.duplicate).toBe(papers > 0);
        sent.push(effect.jobId);
      }
      if (next !== slip) go(next, { sent, stored, papers }, depth + 1);
    }
  };
  go({ papers: 0, at: 'idle' }, { sent: [], stored: [], papers: 0 }, 0);
});

test('without a printer nothing is written and a later paper is still the first', () => {
  const [slip, effects] = step(
    { papers: 0, at: 'idle' },
    { type: 'print', jobId: 'j' as JobId, linked: false },
  );
  expect([slip, effects]).toEqual([{ papers: 0, at: 'failed', reason: 'no-printer' }, []]);
});

test('a printer that another program holds is told as such, not as none', () => {
  const [slip, effects] = step(
    { papers: 0, at: 'idle' },
    { type: 'print', jobId: 'j' as JobId, linked: false, trouble: 'busy' },
  );
  expect([slip, effects]).toEqual([{ papers: 0, at: 'failed', reason: 'busy' }, []]);
});
