import type { PrintOutcome } from '../devices/ports.ts';
import type { BusinessDay } from '../domain/business-day.ts';
import type { SaleId } from '../domain/ids.ts';
import type { Journal } from '../domain/journal.ts';
import { findSales } from '../flow/orders/find-sales.ts';
import type { DayView, OrderDetail, Orders } from '../flow/services.ts';
import type { Slips } from './slips.ts';

export interface OrdersPorts {
  readonly journal: Journal;
  readonly slips: Slips;
  today(): BusinessDay;
}

/** Past sales, read from the projections of the journal. */
export function ordersService(ports: OrdersPorts): Orders {
  const { journal, slips } = ports;
  return {
    find: (query) => findSales(journal, query),
    async detail(id: SaleId): Promise<OrderDetail | undefined> {
      const record = await journal.sale(id);
      if (record === undefined) return undefined;
      const entries = await journal.entriesOf(id);
      const receiptUrl = slips.receiptUrl(record);
      return { record, entries, receiptUrl, document: await slips.document(record, record.papers > 0) };
    },
    async reprint(id: SaleId): Promise<PrintOutcome> {
      const record = await journal.sale(id);
      return record === undefined ? { kind: 'failed', reason: 'refused' } : slips.print(record, false);
    },
    today: () => ports.today(),
    async day(day: BusinessDay): Promise<DayView> {
      const [totals, open] = await Promise.all([journal.totals(day), journal.unresolved()]);
      return { day, open, ...(totals === undefined ? {} : { totals }) };
    },
  };
}
