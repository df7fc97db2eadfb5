import type { Stripe } from 'stripe';
import { type Minor, minor, ZERO } from '../../../../src/domain/money.ts';
import type { StatementLine } from '../acquirer.ts';

/** Marks a refund that undoes an order of unknown end. */
export const REVERSAL_KIND = 'reversal';

const DAY_MS = 86_400_000;

/** Seconds since 1970 at which a shop's calendar day begins and ends. Throws RangeError for what is no day. */
export function dayBounds(day: string, timeZone: string): { readonly gte: number; readonly lt: number } {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError('no day');
  const start = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(start)) throw new RangeError('no day');
  return { gte: midnight(start, timeZone) / 1000, lt: midnight(start + DAY_MS, timeZone) / 1000 };
}

/** The instant at which clocks of the zone show the given UTC date and time. Twice, for the days on which they are changed. */
function midnight(utc: number, timeZone: string): number {
  const once = utc - offsetAt(utc, timeZone);
  return utc - offsetAt(once, timeZone);
}

function offsetAt(ms: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const parts = new Map(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const part = (name: Intl.DateTimeFormatPartTypes) => parts.get(name) ?? 0;
  return (
    Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second')) -
    Math.floor(ms / 1000) * 1000
  );
}

/**
 * One movement of the balance as a line; undefined for payouts, Stripe's own bills and the like. A payment that was not made here is
 * kept under Stripe's id, so that a comparison finds it.
 */
export function balanceLine(movement: Stripe.BalanceTransaction): StatementLine | undefined {
  const source = movement.source;
  if (source === null || typeof source === 'string') return undefined;
  const at = movement.created * 1000;
  if (source.object === 'charge' && movement.amount > 0) {
    const intent = typeof source.payment_intent === 'object' ? source.payment_intent : null;
    const reference = intent?.metadata['completion'] ?? source.metadata['reference'] ?? source.id;
    const channelId = intent?.id ?? source.id;
    const fee = feeOf(movement, source.currency);
    return { kind: 'payment', reference, channelId, amount: minor(source.amount_captured), fee, at };
  }
  if (source.object !== 'refund') return undefined;
  const kind = source.metadata?.['kind'] === REVERSAL_KIND ? 'reversal' : 'refund';
  // A refund that failed comes back as a movement of its own, the other way round.
  const amount = minor(movement.amount > 0 ? source.amount : -source.amount);
  const reference = source.metadata?.['reference'] ?? source.id;
  return { kind, reference, channelId: source.id, amount, fee: feeOf(movement, source.currency), at };
}

/** The fee is in the currency of the account; in another one it cannot be set against this payment, and is left to the payout. */
const feeOf = (movement: Stripe.BalanceTransaction, currency: string): Minor =>
  movement.currency === currency ? minor(movement.fee) : ZERO;
