import { type Attempt, purposeOf } from '../../domain/attempt.ts';
import type { AttemptId } from '../../domain/ids.ts';

/** Every hex digit turned over: as unique as the id it is made of, and the same each time it is asked for. */
const turned = (id: string): AttemptId =>
  Array.from(id, (digit) => (15 - Number.parseInt(digit, 16)).toString(16)).join('') as AttemptId;

/**
 * The attempt that gives back money which came after the till had given up. Its id follows from the other's, so that a crash
 * between asking and hearing can never make two refunds of one.
 */
export function lateRefundOf(attempt: Attempt): Attempt {
  const { attemptId, saleId, tender, method, amount, currency, account } = attempt;
  const purpose = purposeOf(attempt);
  return {
    attemptId: turned(attemptId),
    saleId,
    tender,
    ...(method === undefined ? {} : { method }),
    purpose:
      purpose === 'authorisation'
        ? 'authorisation-cancel'
        : purpose === 'completion'
          ? 'completion-cancel'
          : 'refund',
    original: attemptId,
    amount,
    currency,
    ...(account === undefined ? {} : { account }),
  };
}
