import { describe, expect, test } from 'vitest';
import { MAGIC_BASE } from '../../../sandbox/amount-table.ts';
import { swiped, tapped, typedPin, useAdapter } from './testing/adapter-fixture.ts';

const shop = useAdapter();

describe('trades', () => {
  test('a sale is approved with everything that a slip needs', async () => {
    const order = shop.order(1_250, { card: tapped(1_250) });
    const outcome = await shop.pay(order);
    expect(outcome).toMatchObject({
      state: 'approved',
      approval: {
        merchantNumber: shop.sandbox.bank.merchant,
        terminalNumber: shop.terminal,
        card: '476173******0010',
        entry: 'contactless',
        batch: '000001',
        trace: '000002',
        reference: expect.stringMatching(/^[0-9A-Z]{12}$/),
        authCode: expect.stringMatching(/^[0-9A-Z]{6}$/),
        signature: true,
        paidAt: shop.host.clock.now(),
        emv: {
          aid: 'A0000003330101',
          label: 'UNIONPAY',
          tvr: '0000000000',
          tsi: 'E800',
          atc: '0157',
          aip: '7C00',
          tc: '1122334455667788',
        },
      },
      emv: expect.stringMatching(/^910A/),
    });
    expect(shop.books()).toMatchObject([{ order: `${shop.terminal}-000001-000002`, net: 1_250 }]);
    expect(await shop.bank.query(order, shop.never)).toEqual(outcome);
  });

  test('a PIN from the reader reaches the bank under its own key', async () => {
    const card = (pin: string) => swiped({ pin: typedPin(pin) });
    expect(await shop.pay(shop.order(1_250, { card: card('123456') }))).toMatchObject({
      state: 'approved',
      approval: { signature: false },
    });
    expect(await shop.pay(shop.order(1_250, { card: card('000000') }))).toEqual({
      state: 'declined',
      reason: 'host-55',
    });
  });

  test.each([5, 14, 51, 54, 61, 91])('a decline %i is definite and moves nothing', async (digits) => {
    const order = shop.order(MAGIC_BASE + digits);
    const reason = `host-${String(digits).padStart(2, '0')}`;
    expect(await shop.pay(order)).toEqual({ state: 'declined', reason });
    expect(await shop.bank.query(order, shop.never)).toEqual({ state: 'declined', reason });
    expect(await shop.bank.reverse(order, '', shop.never)).toEqual({ state: 'reversed' });
    expect(shop.books()).toEqual([]);
  });

  test('a void gives back the whole sale of the batch', async () => {
    const sale = shop.order(1_250);
    const approval = await shop.paid(sale);
    const back = shop.about(sale, approval, 'void');
    expect(await shop.pay(back)).toMatchObject({ state: 'approved', approval: { batch: '000001' } });
    expect(shop.net()).toBe(0);
    expect(await shop.pay(shop.about(sale, approval, 'void'))).toEqual({
      state: 'declined',
      reason: 'host-12',
    });
  });

  test('refunds are partial and repeated; the same reference moves nothing more', async () => {
    const sale = shop.order(1_250);
    const approval = await shop.paid(sale);
    const first = shop.about(sale, approval, 'refund', 1_000);
    const outcome = await shop.pay(first);
    expect(outcome.state).toBe('approved');
    expect(await shop.pay(first)).toEqual(outcome);
    expect(shop.net()).toBe(250);
    expect(await shop.pay(shop.about(sale, approval, 'refund', 251))).toEqual({
      state: 'declined',
      reason: 'host-61',
    });
    expect((await shop.pay(shop.about(sale, approval, 'refund', 250))).state).toBe('approved');
    expect(shop.net()).toBe(0);
  });

  test('a tip raises the sale', async () => {
    const sale = shop.order(1_000);
    const approval = await shop.paid(sale);
    expect((await shop.pay(shop.about(sale, approval, 'tip', 200))).state).toBe('approved');
    expect(shop.net()).toBe(1_200);
  });

  test('a pre-authorisation is completed up to its limit, and the completion cancelled', async () => {
    const hold = shop.order(10_000, { purpose: 'authorisation' });
    const held = await shop.paid(hold);
    expect(shop.net()).toBe(0);
    expect(await shop.pay(shop.about(hold, held, 'completion', 11_501))).toEqual({
      state: 'declined',
      reason: 'host-61',
    });
    const completion = shop.about(hold, held, 'completion', 8_000);
    const completed = await shop.paid(completion);
    expect(shop.net()).toBe(8_000);
    expect((await shop.pay(shop.about(completion, completed, 'completion-cancel'))).state).toBe('approved');
    expect(shop.net()).toBe(0);
  });

  test('a pre-authorisation is cancelled', async () => {
    const hold = shop.order(10_000, { purpose: 'authorisation' });
    const held = await shop.paid(hold);
    expect((await shop.pay(shop.about(hold, held, 'authorisation-cancel'))).state).toBe('approved');
    expect(await shop.pay(shop.about(hold, held, 'completion', 100))).toMatchObject({ state: 'declined' });
  });

  test('a balance is told', async () => {
    expect(await shop.bank.balance?.(swiped(), shop.never)).toEqual({ balance: 1_234_567, currency: 'CNY' });
    expect(shop.store.records.size).toBe(0);
  });

  test.each([
    ['another currency', { currency: 'USD' as const }, 'not-carried'],
    ['no card', { card: undefined as never }, 'no-card'],
    [
      'a card from a reader with other keys',
      { card: swiped({ ksn: '00009876543210E00001' }) },
      'no-base-key',
    ],
    ['a damaged track', { card: swiped({ track: '00112233' }) }, 'bad-track'],
    ['a chip that says too much', { card: swiped({ emv: '00'.repeat(256) }) }, 'card-data-too-long'],
    ['a void of nothing', { purpose: 'void' as const }, 'original-incomplete'],
  ])('%s is declined before anything is sent', async (_, over, reason) => {
    expect(await shop.pay(shop.order(1_250, over))).toEqual({ state: 'declined', reason });
    expect(shop.store.records.size).toBe(0);
    expect(shop.books()).toEqual([]);
  });

  test('nothing that is kept tells a card number, a track or a PIN', async () => {
    await shop.pay(shop.order(1_250, { card: { ...tapped(1_250), pin: typedPin('123456') } }));
    const kept = JSON.stringify([...shop.store.records.values()]);
    expect(kept).not.toMatch(/4761739|D3012|"35"|"52"|"2":/);
  });

  test('trace numbers roll over after 999999', async () => {
    shop.store.traces.set(shop.terminal, 999_998);
    expect((await shop.paid(shop.order(100))).trace).toBe('000001');
  });

  test('there is no statement on this rail, and no shown code', async () => {
    await expect(shop.bank.statement('2026-11-22', shop.never)).rejects.toMatchObject({ code: 'refused' });
    expect(await shop.bank.close(shop.order(1), shop.never)).toEqual({
      state: 'unknown',
      reason: 'not-carried',
    });
  });

  test('tills use the terminal that names them, or the first that names none', async () => {
    const [first, second] = shop.sandbox.bank.terminals;
    await shop.restart({ terminals: [{ ...first!, tills: ['T2'] }, second!] });
    expect((await shop.paid(shop.order(100))).terminalNumber).toBe(second!.terminal);
    expect((await shop.paid(shop.order(100, { till: 'T2' }))).terminalNumber).toBe(first!.terminal);
    await shop.restart({ terminals: [{ ...first!, tills: ['T2'] }] });
    expect(await shop.pay(shop.order(100))).toEqual({ state: 'declined', reason: 'no-terminal' });
  });
});
