import { describe, expect, test } from 'vitest';
import { minor } from '../../../../src/domain/money.ts';
import { totalsOf } from './settlement.ts';
import { useAdapter } from './testing/adapter-fixture.ts';

const shop = useAdapter();

async function aDay(): Promise<void> {
  const sale = shop.order(1_000);
  const approval = await shop.paid(sale);
  await shop.pay(shop.about(sale, approval, 'tip', 200));
  const voided = shop.order(500);
  await shop.pay(shop.about(voided, await shop.paid(voided), 'void'));
  const refunded = shop.order(300);
  await shop.pay(shop.about(refunded, await shop.paid(refunded), 'refund', 100));
  const hold = shop.order(8_000, { purpose: 'authorisation' });
  await shop.pay(shop.about(hold, await shop.paid(hold), 'completion', 7_000));
  const undone = shop.order(900);
  await shop.paid(undone);
  await shop.bank.reverse(undone, '', shop.never);
}

const TOTALS = {
  debit: { count: 4, sum: minor(1_200 + 500 + 300 + 7_000) },
  credit: { count: 2, sum: minor(500 + 100) },
};

describe('settlement', () => {
  test('of a day with everything in it is balanced, and opens the next batch', async () => {
    await aDay();
    expect(await shop.bank.settle('T1', shop.never)).toEqual({
      state: 'balanced',
      batch: '000001',
      ...TOTALS,
    });
    expect((await shop.paid(shop.order(100))).batch).toBe('000002');
    expect(await shop.bank.settle('T1', shop.never)).toMatchObject({ state: 'balanced', batch: '000002' });
  });

  test('that differs uploads its trades and closes the batch all the same', async () => {
    await aDay();
    for (let sale = 0; sale < 9; sale += 1) await shop.paid(shop.order(10));
    const [lost] = [...shop.store.records.keys()];
    shop.store.records.delete(lost!);
    expect(await shop.bank.settle('T1', shop.never)).toMatchObject({ state: 'unbalanced', batch: '000001' });
    expect((await shop.paid(shop.order(100))).batch).toBe('000002');
  });

  test('waits until nothing is in doubt', async () => {
    const sale = shop.order(1_000);
    const refund = shop.about(sale, await shop.paid(sale), 'refund', 100);
    shop.sandbox.admin.addRule({
      host: 'bank',
      operation: 'refund',
      behaviour: { answer: 'silence' },
      times: 1,
    });
    await shop.unanswered(refund);
    expect(await shop.bank.settle('T1', shop.never)).toEqual({ state: 'open', reason: 'unresolved' });
    await shop.pay(refund);
    expect(await shop.bank.settle('T1', shop.never)).toMatchObject({ state: 'balanced' });
  });

  test('that is not answered can be made again', async () => {
    await shop.paid(shop.order(1_000));
    shop.sandbox.admin.addRule({
      host: 'bank',
      operation: 'settle',
      behaviour: { answer: 'drop' },
      times: 1,
    });
    expect(await shop.bank.settle('T1', shop.never)).toEqual({ state: 'open', reason: 'no-answer' });
    expect(await shop.bank.settle('T1', shop.never)).toMatchObject({ state: 'balanced', batch: '000001' });
  });

  test('for a till without a terminal is not to be had', async () => {
    await shop.restart({ terminals: [{ ...shop.sandbox.bank.terminals[0]!, tills: ['T2'] }] });
    expect(await shop.bank.settle('T1', shop.never)).toEqual({ state: 'open', reason: 'no-terminal' });
  });

  test('counts the last tip of a sale, and nothing of what failed', async () => {
    const sale = shop.order(1_000);
    const approval = await shop.paid(sale);
    await shop.pay(shop.about(sale, approval, 'tip', 200));
    await shop.pay(shop.about(sale, approval, 'tip', 300));
    await shop.pay(shop.order(700_051));
    const totals = totalsOf(await shop.store.ofBatch(shop.terminal, '000001'));
    expect(totals).toEqual({ debit: { count: 1, sum: 1_300 }, credit: { count: 0, sum: 0 } });
  });
});

describe('a host that seals with AES-CMAC', () => {
  const other = useAdapter({ mac: 'aes-cmac' });

  test('takes a sale and its void', async () => {
    const sale = other.order(1_250);
    const approval = await other.paid(sale);
    expect((await other.pay(other.about(sale, approval, 'void'))).state).toBe('approved');
    expect(other.net()).toBe(0);
  });
});
