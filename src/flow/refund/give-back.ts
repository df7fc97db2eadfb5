import type { CashDrawer } from '../../devices/ports.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { Random } from '../../domain/clock.ts';
import { newAttemptId } from '../../domain/ids.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type { SalePayment } from '../../domain/tender.ts';
import { movedEntries } from '../payment/attempt-entries.ts';
import type { AttemptDesk } from '../payment/desk.ts';
import type { Payment } from '../payment/payment.ts';
import { runGivingBack } from '../payment/run-attempt.ts';

export interface GiveBackPorts {
  readonly desk: Pick<AttemptDesk, 'begin'>;
  readonly drawer: CashDrawer;
  readonly random: Random;
  alarm(error: unknown): void;
}

/**
 * Gives back what was paid for a sale that was given up before it was completed: no refund is on record, because no sale was.
 * Resolves to what could not be given back; the sale stays open for it, and for what a channel has accepted and not finished.
 */
export async function giveBack(
  sale: OpenSale,
  paid: readonly SalePayment[],
  { desk, drawer, random, alarm }: GiveBackPorts,
): Promise<readonly SalePayment[]> {
  const left: SalePayment[] = [];
  const ends: Promise<void>[] = [];
  for (const payment of paid) {
    const { attemptId: original, tender, method, amount, approval } = payment;
    const attempt: Attempt = {
      attemptId: newAttemptId(random),
      saleId: sale.saleId,
      tender,
      ...(method === undefined ? {} : { method }),
      purpose: 'refund',
      original,
      amount,
      currency: sale.currency,
    };
    const secret = approval === undefined ? undefined : { original: approval };
    const ended = async (end: Payment | undefined): Promise<void> => {
      if (end?.at !== 'approved') left.push(payment);
      else if (tender === 'cash') await drawer.kick();
    };
    const run = await runGivingBack(desk, attempt, { drafts: movedEntries, secret }).catch(alarm);
    // The next payment does not wait for days.
    if (run?.isAccepted === true) ends.push(run.end.then(ended));
    else await ended(await run?.end);
  }
  await Promise.all(ends);
  return left;
}
