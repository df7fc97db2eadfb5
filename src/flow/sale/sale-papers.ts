import type { CashDrawer, PrintOutcome } from '../../devices/ports.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { OperatorId } from '../../domain/ids.ts';
import type { Journal, SaleRecord } from '../../domain/journal.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type { SlipState } from '../checkout-service.ts';
import type { CheckoutModel } from './checkout-model.ts';

export interface SalePapersPorts {
  readonly journal: Journal;
  readonly drawer: CashDrawer;
  operator(): OperatorId;
  print(record: SaleRecord, kickDrawer: boolean): Promise<PrintOutcome>;
  /** A paper that says what was taken when the journal cannot: amount and reference, marked as not recorded. */
  printUnsaved(sale: OpenSale, attempt: Attempt): Promise<PrintOutcome>;
  /** Something beside the money went wrong (draft, drawer entry): told, never in the way. */
  alarm(error: unknown): void;
}

/** Paper and drawer of the sale in hand. */
export class SalePapers {
  /** The first paper of a cash sale opens the drawer with it; papers asked for later do not. */
  kickWithNext = false;
  readonly #ports: SalePapersPorts;

  constructor(ports: SalePapersPorts) {
    this.#ports = ports;
  }

  /** What became of the paper; undefined when there was nothing to print. */
  async print(model: CheckoutModel, of: 'sale' | 'unsaved'): Promise<SlipState | undefined> {
    if (of === 'unsaved' && model.at === 'unsaved')
      return slipOf(await this.#ports.printUnsaved(model.sale, model.attempt));
    if (model.at !== 'done') return undefined;
    const record = await this.#ports.journal.sale(model.saleId);
    if (record === undefined) return undefined;
    const kickDrawer = this.kickWithNext;
    this.kickWithNext = false;
    return slipOf(await this.#ports.print(record, kickDrawer));
  }

  async kick({ sale }: SaleRecord): Promise<void> {
    if (!(await this.#ports.drawer.kick())) return;
    const draft = { type: 'device.drawer-kicked', body: { saleId: sale.saleId, reason: 'sale' } } as const;
    await this.#ports.journal.append([draft], this.#ports.operator()).catch(this.#ports.alarm);
  }
}

function slipOf(outcome: PrintOutcome): SlipState {
  return outcome.kind === 'confirmed' ? { at: 'printed' } : { at: outcome.kind, reason: outcome.reason };
}
