import { describe, expect, test } from 'vitest';
import type { JobId } from '../domain/ids.ts';
import type { ReceiptDocument } from '../domain/receipt.ts';
import { simulatedCounter } from './simulated-counter.ts';
import { SlipPreview } from './slip-preview.ts';

const SLIP: ReceiptDocument = {
  v: 1,
  language: 'zh-CN',
  blocks: [
    { kind: 'text', text: '巷口杂货铺', align: 'center' },
    {
      kind: 'item',
      name: '手工挂面（家庭装，两斤，送一小包花椒）',
      quantity: '2',
      price: '12.50',
      amount: '25.00',
    },
    { kind: 'text', text: '谢谢惠顾', align: 'center' },
  ],
};

describe('a slip on the screen', () => {
  test.each([32, 48] as const)(
    'of %i columns is the paper that comes out of the printer',
    async (columns) => {
      const counter = await simulatedCounter(columns);
      await counter.printer.print({ jobId: 'a'.repeat(32) as JobId, document: SLIP, kickDrawer: false });
      const shown = new SlipPreview().draw(SLIP, columns, 'gb18030');
      expect(shown.columns).toBe(columns);
      expect(shown.lines.length).toBeGreaterThan(SLIP.blocks.length);
      expect(shown.lines).toEqual(counter.paper().lines);
      await counter.printer.stop?.();
    },
  );
});
