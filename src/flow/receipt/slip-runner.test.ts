import { beforeEach, expect, test } from 'vitest';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { AttemptId, LineId, OperatorId, SaleId } from '../../domain/ids.ts';
import type { SaleRecord } from '../../domain/journal.ts';
import { minor } from '../../domain/money.ts';
import type { CompletedSale } from '../../domain/sale.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { ScriptedPrinter, seededChance } from '../testing/ports.ts';
import { printSlip, SENDING_REASON } from './slip-runner.ts';

const sale: CompletedSale = {
  saleId: 'a'.repeat(32) as SaleId,
  day: '2026-11-22' as BusinessDay,
  currency: 'CNY',
  lines: [
    { id: 'b'.repeat(32) as LineId, name: '', quantityMilli: 1000, price: minor(500), amount: minor(500) },
  ],
  subtotal: minor(500),
  rounding: minor(0),
  total: minor(500),
  payments: [{ attemptId: 'c'.repeat(32) as AttemptId, tender: 'cash', amount: minor(500) }],
};

let journal: MemoryJournal;
let printer: ScriptedPrinter;
const random = seededChance(9);
const alarms: unknown[] = [];

async function record(): Promise<SaleRecord> {
  const found = await journal.sale(sale.saleId);
  if (found === undefined) throw new Error('no sale');
  return found;
}

const print = async () =>
  printSlip(await record(), false, {
    journal,
    printer,
    random,
    operator: () => 'owner' as OperatorId,
    document: (_, duplicate) => ({
      v: 1,
      language: 'en',
      blocks: [{ kind: 'text', text: duplicate ? 'DUPLICATE' : 'ORIGINAL' }],
    }),
    alarm: (error) => alarms.push(error),
  });

const papers = (): readonly string[] => printer.jobs.map((job) => JSON.stringify(job.document.blocks));

beforeEach(async () => {
  journal = new MemoryJournal();
  printer = new ScriptedPrinter();
  alarms.length = 0;
  await journal.append([{ type: 'sale.completed', body: sale }], 'owner' as OperatorId);
});

test('the intent is on disk before the first byte, the outcome after', async () => {
  const seen: string[] = [];
  const real = printer.print.bind(printer);
  printer.print = (job) => {
    seen.push(...journal.types);
    return real(job);
  };
  expect(await print()).toEqual({ kind: 'confirmed' });
  expect(seen).toEqual(['sale.completed', 'receipt.unconfirmed']);
  expect(journal.types.at(-1)).toBe('receipt.printed');
  expect(await record()).toMatchObject({ papers: 1, paper: 'printed' });
});

test('after a crash in mid-slip the next paper says that it is a duplicate', async () => {
  printer.print = () => Promise.reject(new Error('the page died'));
  await expect(print()).rejects.toThrow('the page died');
  expect(journal.entries.at(-1)?.entry.body).toMatchObject({ reason: SENDING_REASON });
  printer = new ScriptedPrinter();
  await print();
  expect(papers()[0]).toContain('DUPLICATE');
});

test('without a printer nothing is written, and the first paper is an original', async () => {
  printer.status = { ...printer.status, link: 'absent' };
  expect(await print()).toEqual({ kind: 'failed', reason: 'no-printer' });
  expect(journal.types).toEqual(['sale.completed']);
  printer.status = { ...printer.status, link: 'connected' };
  await print();
  expect(papers()[0]).toContain('ORIGINAL');
});

test('an intent that cannot be stored makes no paper', async () => {
  journal.faults.set(2, 'refused');
  expect(await print()).toEqual({ kind: 'failed', reason: 'refused' });
  expect(printer.jobs).toEqual([]);
});

test('an outcome that cannot be stored is told, and the slip counts as unproved', async () => {
  journal.faults.set(3, 'refused');
  expect(await print()).toEqual({ kind: 'confirmed' });
  expect(alarms).toHaveLength(1);
  expect(await record()).toMatchObject({ papers: 1, paper: 'unconfirmed' });
});
