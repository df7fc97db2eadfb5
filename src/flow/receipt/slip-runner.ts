import type { PrintOutcome, ReceiptPrinter } from '../../devices/ports.ts';
import type { Random } from '../../domain/clock.ts';
import { type JobId, newJobId, type OperatorId } from '../../domain/ids.ts';
import type { Journal, SaleRecord } from '../../domain/journal.ts';
import type { ReceiptDocument } from '../../domain/receipt.ts';
import { type Slip, type SlipEffect, step } from './slip.ts';

/** Reason written with the intent to print, before anything is known. */
export const SENDING_REASON = 'sending';

export interface SlipPorts {
  readonly journal: Journal;
  readonly printer: ReceiptPrinter;
  readonly random: Random;
  operator(): OperatorId;
  document(record: SaleRecord, duplicate: boolean): ReceiptDocument;
  /** The outcome of a paper could not be stored. The sale is untouched; the next paper is marked a duplicate. */
  alarm(error: unknown): void;
}

/** Makes one paper of a sale and writes down what is known of it. */
export async function printSlip(
  record: SaleRecord,
  kickDrawer: boolean,
  ports: SlipPorts,
): Promise<PrintOutcome> {
  let slip: Slip = { papers: record.papers, at: 'idle' };
  const take = async (event: Parameters<typeof step>[1]): Promise<void> => {
    const [next, effects] = step(slip, event);
    slip = next;
    for (const effect of effects) await perform(effect);
  };
  const perform = async (effect: SlipEffect): Promise<void> => {
    const { jobId, duplicate } = effect;
    switch (effect.type) {
      case 'store-intent':
        return note(record, { jobId, duplicate, reason: SENDING_REASON }, ports).then(
          () => take({ type: 'intent-stored' }),
          () => take({ type: 'intent-refused' }),
        );
      case 'send': {
        const document = ports.document(record, duplicate);
        return take({ type: 'ended', outcome: await ports.printer.print({ jobId, document, kickDrawer }) });
      }
      case 'store-outcome': {
        const { outcome } = effect;
        const reason = outcome.kind === 'confirmed' ? {} : { reason: outcome.reason };
        return note(record, { jobId, duplicate, ...reason }, ports).catch(ports.alarm);
      }
      default:
        return effect satisfies never;
    }
  };
  const { link, trouble } = ports.printer.status;
  await take({
    type: 'print',
    jobId: newJobId(ports.random),
    linked: link === 'connected',
    // A printer that was unplugged is simply not there.
    ...(trouble === undefined || trouble === 'lost' ? {} : { trouble }),
  });
  return endOf(slip);
}

interface Note {
  readonly jobId: JobId;
  readonly duplicate: boolean;
  readonly reason?: string;
}

async function note(record: SaleRecord, body: Note, { journal, operator }: SlipPorts): Promise<void> {
  const type = body.reason === undefined ? 'receipt.printed' : 'receipt.unconfirmed';
  await journal.append([{ type, body: { saleId: record.sale.saleId, ...body } }], operator());
}

function endOf(slip: Slip): PrintOutcome {
  if (slip.at === 'printed') return { kind: 'confirmed' };
  if (slip.at === 'unconfirmed' || slip.at === 'failed') return { kind: slip.at, reason: slip.reason };
  return { kind: 'failed', reason: 'refused' };
}
