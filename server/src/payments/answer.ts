import type { AttemptAnswer } from '../../../src/contract/api.ts';
import { REFUND_ACCEPTED } from '../../../src/domain/attempt.ts';
import { approvalOf, type OrderRow } from './orders.ts';

/** A coded reason as the contract wants it; whatever else a channel says is not repeated. */
export function coded(reason: string): string {
  const code = reason.toLowerCase();
  return /^[a-z0-9][a-z0-9._-]{0,63}$/.test(code) ? code : 'other';
}

/** What the till hears about an order. `reason` is added where the row has none. */
export function answerOf(row: OrderRow, reason?: string): AttemptAnswer {
  const said = row.reason ?? reason;
  const why = said === undefined ? {} : { reason: said };
  switch (row.state) {
    case 'approved': {
      const approval = approvalOf(row);
      return { state: 'approved', ...why, ...(approval === null ? {} : { approval }) };
    }
    case 'waiting':
      return { state: 'waiting', ...why, ...shownCode(row) };
    case 'sending':
      return { state: 'unknown', reason: 'in-progress' };
    case 'reversing':
      return row.reason === REFUND_ACCEPTED
        ? { state: 'waiting', reason: REFUND_ACCEPTED }
        : { state: 'unknown', reason: 'reversing' };
    default:
      return { state: row.state, ...why };
  }
}

const shownCode = ({ code, code_expires_at }: OrderRow): Pick<AttemptAnswer, 'code'> =>
  code === null || code_expires_at === null ? {} : { code: { text: code, expiresAt: code_expires_at } };
