import { businessDay } from '../../../../src/domain/business-day.ts';
import { ZERO } from '../../../../src/domain/money.ts';
import { shopOf } from '../../storage/merchants.ts';
import type { Sql } from '../../storage/sql.ts';
import { AcquirerError, type StatementLine } from '../acquirer.ts';
import { type BookKey, type MoveRow, movesBetween } from './rows.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Farthest that a shop's calendar day begins before, or ends after, the same day in UTC, ms. */
const ZONE_MAX_MS = 14 * 3_600_000;
const DAY_MS = 86_400_000;
/** Far beyond a shop's day. */
const LINES_MAX = 50_000;

const KINDS = { pay: 'payment', refund: 'refund', reverse: 'reversal' } as const;

/** The moves of one calendar day in shop time. Throws AcquirerError: `not-ready` before the day is over. */
export async function statementOf(
  sql: Sql,
  key: BookKey,
  day: string,
  nowMs: number,
): Promise<readonly StatementLine[]> {
  const start = DAY.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  const shop = await shopOf(sql, key.merchant);
  if (Number.isNaN(start) || shop === undefined) throw new AcquirerError('refused', 'no such day or shop');
  const rule = { timeZone: shop.timeZone, cutoffHour: 0 };
  if (businessDay(nowMs, rule) <= day) throw new AcquirerError('not-ready', 'the day is not over');
  const range = { from: start - ZONE_MAX_MS, to: start + DAY_MS + ZONE_MAX_MS, limit: LINES_MAX + 1 };
  const moves = await movesBetween(sql, key, range);
  if (moves.length > LINES_MAX) throw new AcquirerError('refused', 'too many lines');
  return moves.filter((move) => businessDay(move.moved_at, rule) === day).flatMap(lineOf);
}

/** On a statement a payment is positive; what went back is negative. */
function lineOf({ reference, kind, amount, moved_at }: MoveRow): readonly StatementLine[] {
  if (kind !== 'pay' && kind !== 'refund' && kind !== 'reverse') return [];
  return [
    {
      reference,
      channelId: reference,
      kind: KINDS[kind],
      amount: -amount as StatementLine['amount'],
      fee: ZERO,
      at: moved_at,
    },
  ];
}
