import type { AttemptAnswer, Rails } from '../contract/api.ts';
import type { Attempt } from '../domain/attempt.ts';
import { CODE_TABLE, timingsOf } from '../domain/rails.ts';
import { WALLETS } from '../domain/tender.ts';
import type { AttemptNetwork, NetworkAnswer } from '../flow/payment/attempt-network.ts';

/** What a practice shop takes: everything. */
export const TRAINING_RAILS: Rails = {
  demo: true,
  codeTable: CODE_TABLE,
  rails: [
    ...WALLETS.flatMap((tender) =>
      (['customer-code', 'shop-code'] as const).map((method) => ({
        tender,
        method,
        timings: timingsOf(tender, method),
      })),
    ),
    { tender: 'card', method: 'reader', timings: timingsOf('card', 'reader') },
    { tender: 'stored-value', timings: timingsOf('stored-value', undefined) },
  ],
};

/** Amounts whose last two digits teach what can go wrong, as in the sandbox of the server. */
const LESSONS: Readonly<Record<number, AttemptAnswer>> = {
  1: { state: 'declined', reason: 'notenough' },
  11: { state: 'waiting', reason: 'userpaying' },
  21: { state: 'unknown', reason: 'systemerror' },
};

const SHOWN_MS = 120_000;

/**
 * A host for practice, in the page: it approves, except for amounts that end in .01 (declined), .11 (the customer types a
 * password, then pays) and .21 (no answer; found paid when asked twice). Nothing leaves the device.
 */
export function trainingNetwork(): AttemptNetwork {
  const asked = new Map<string, number>();
  const undone = new Set<string>();
  const ok = (value: AttemptAnswer): NetworkAnswer => ({ kind: 'ok', value });
  const approved = ({ attemptId }: Attempt): AttemptAnswer => ({
    state: 'approved',
    approval: { channelId: `T${attemptId.slice(0, 12)}`, demo: true },
  });
  return {
    async attempt({ attempt }) {
      const lesson = LESSONS[attempt.amount % 100];
      if (attempt.method === 'shop-code' && attempt.purpose === undefined)
        return ok({
          state: 'waiting',
          code: {
            text: `https://example.invalid/pay/${attempt.attemptId}`,
            expiresAt: Date.now() + SHOWN_MS,
          },
        });
      return ok(attempt.purpose === undefined ? (lesson ?? approved(attempt)) : approved(attempt));
    },
    async query(attempt) {
      if (undone.has(attempt.attemptId)) return ok({ state: 'reversed' });
      const times = (asked.get(attempt.attemptId) ?? 0) + 1;
      asked.set(attempt.attemptId, times);
      return ok(times < 2 ? { state: 'waiting' } : approved(attempt));
    },
    async reverse({ attemptId }) {
      undone.add(attemptId);
      return ok({ state: 'reversed' });
    },
  };
}
