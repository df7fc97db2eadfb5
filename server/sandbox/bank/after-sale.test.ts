import { describe, expect, test } from 'vitest';
import { amountOf, BankClient, type Decoded, PAN } from '../testing/bank-client.ts';
import { code, useBank } from '../testing/bank-fixture.ts';

const bank = useBank();

describe('void, refund, tip, balance and pre-authorisation', () => {
  test('a void gives back all of a sale of the batch, once', async () => {
    const sale = await bank.till.ask(bank.till.sale(1_250));
    const back = (amount: number, trace = bank.original(sale)): Buffer =>
      bank.till.financial('0200', '23', {
        3: '200000',
        4: amountOf(amount),
        25: '00',
        37: sale.fields[37]!,
        61: trace,
      });
    expect(code(await bank.till.ask(back(1_000)))).toBe('64');
    expect(code(await bank.till.ask(back(1_250, `${bank.till.batch}999999`)))).toBe('25');
    expect(code(await bank.till.ask(back(1_250)))).toBe('00');
    expect(code(await bank.till.ask(back(1_250)))).toBe('12');
    expect(bank.book(sale.fields[11]!)).toMatchObject({ net: 0, refunded: 1_250 });
  });

  test('refunds are partial and repeated, up to what was paid, from any terminal of the shop', async () => {
    const sale = await bank.till.ask(bank.till.sale(1_250));
    const other = new BankClient(bank.sandbox.bank, 1);
    await other.open();
    await other.signIn();
    const back = (amount: number): Buffer =>
      other.financial('0220', '25', {
        3: '200000',
        4: amountOf(amount),
        25: '00',
        37: sale.fields[37]!,
        61: bank.original(sale, '1122'),
      });
    expect(code(await other.ask(back(1_000)))).toBe('00');
    expect(code(await other.ask(back(251)))).toBe('61');
    expect(code(await other.ask(back(250)))).toBe('00');
    expect(bank.book(sale.fields[11]!)).toMatchObject({ net: 0 });
    other.close();
  });

  test('a refund of a refund is not found', async () => {
    const sale = await bank.till.ask(bank.till.sale(1_250));
    const back = (from: Decoded): Buffer =>
      bank.till.financial('0220', '25', {
        3: '200000',
        4: amountOf(100),
        25: '00',
        37: from.fields[37]!,
        61: bank.original(from, '1122'),
      });
    const refund = await bank.till.ask(back(sale));
    expect(code(refund)).toBe('00');
    expect(code(await bank.till.ask(back(refund)))).toBe('25');
  });

  test('a tip raises the sale up to half of it', async () => {
    const sale = await bank.till.ask(bank.till.sale(1_000));
    const tip = (extra: number, total: number): Buffer =>
      bank.till.financial('0220', '34', {
        3: '000000',
        4: amountOf(total),
        25: '00',
        37: sale.fields[37]!,
        48: amountOf(extra),
        61: bank.original(sale),
      });
    expect(code(await bank.till.ask(tip(200, 1_300)))).toBe('13');
    expect(code(await bank.till.ask(tip(501, 1_501)))).toBe('61');
    expect(code(await bank.till.ask(tip(200, 1_200)))).toBe('00');
    expect(bank.book(sale.fields[11]!)).toMatchObject({ paid: 1_200 });
  });

  test('a balance is told and costs nothing', async () => {
    const answer = await bank.till.ask(bank.till.financial('0200', '01', { 2: PAN, 3: '310000', 25: '00' }));
    expect(answer.fields).toMatchObject({ 39: '00', 54: '1002156C000001234567' });
    expect(bank.books()).toEqual([]);
  });

  test('the set of four: hold, complete up to 115 %, cancel the completion; or cancel the hold', async () => {
    const hold = (): Buffer =>
      bank.till.financial('0100', '10', { 2: PAN, 3: '030000', 4: amountOf(1_000), 25: '06' });
    const first = await bank.till.ask(hold());
    expect(bank.book(first.fields[11]!)).toMatchObject({ state: 'held', paid: 0 });
    const complete = (amount: number): Buffer =>
      bank.till.financial('0200', '20', {
        3: '000000',
        4: amountOf(amount),
        25: '06',
        38: first.fields[38]!,
        61: bank.original(first, '1122'),
      });
    expect(code(await bank.till.ask(complete(1_151)))).toBe('61');
    const completion = await bank.till.ask(complete(1_150));
    expect(code(completion)).toBe('00');
    expect(code(await bank.till.ask(complete(100)))).toBe('12');
    expect(bank.book(completion.fields[11]!)).toMatchObject({ paid: 1_150 });
    const undo = bank.till.financial('0200', '21', {
      3: '200000',
      4: amountOf(1_150),
      25: '06',
      37: completion.fields[37]!,
      61: bank.original(completion),
    });
    expect(code(await bank.till.ask(undo))).toBe('00');
    expect(bank.book(completion.fields[11]!)).toMatchObject({ net: 0 });
    const second = await bank.till.ask(hold());
    const cancel = bank.till.financial('0100', '11', {
      3: '200000',
      4: amountOf(1_000),
      25: '06',
      38: second.fields[38]!,
      61: bank.original(second, '1122'),
    });
    expect(code(await bank.till.ask(cancel))).toBe('00');
    expect(bank.book(second.fields[11]!)).toMatchObject({ state: 'closed', paid: 0 });
  });
});

describe('settlement', () => {
  const totals = (debit: number, debits: number, credit: number, credits: number): string =>
    `${amountOf(debit)}${String(debits).padStart(3, '0')}${amountOf(credit)}${String(credits).padStart(3, '0')}0${'0'.repeat(31)}`;
  const settle = (claimed: string): Promise<Decoded> =>
    bank.till.ask(
      bank.till.plain('0500', { 48: claimed, 49: '156', 60: `00${bank.till.batch}201`, 63: '01 ' }),
    );

  test('balanced totals answer 1, close the batch, and the next sign-in opens the next one', async () => {
    const sale = await bank.till.ask(bank.till.sale(1_250));
    await bank.till.ask(bank.till.sale(300));
    await bank.till.ask(
      bank.till.financial('0200', '23', {
        3: '200000',
        4: amountOf(1_250),
        25: '00',
        37: sale.fields[37]!,
        61: bank.original(sale),
      }),
    );
    const answer = await settle(totals(1_550, 2, 1_250, 1));
    expect(code(answer)).toBe('00');
    expect([answer.fields[48]![30], answer.fields[48]![61]]).toEqual(['1', '1']);
    expect(code(await bank.till.ask(bank.till.sale(100)))).toBe('77');
    expect(
      code(await bank.till.ask(bank.till.plain('0320', { 48: '0003', 60: `00${bank.till.batch}207` }))),
    ).toBe('00');
    await bank.till.signIn();
    expect(bank.till.batch).toBe('000002');
    expect(code(await bank.till.ask(bank.till.sale(100)))).toBe('00');
  });

  test('other totals answer 2 and the rows are taken', async () => {
    await bank.till.ask(bank.till.sale(1_250));
    const answer = await settle(totals(1_250, 2, 0, 0));
    expect(answer.fields[48]![30]).toBe('2');
    const rows = `01${'00'}000002${PAN.padStart(20, '0')}${amountOf(1_250)}`;
    expect(
      code(await bank.till.ask(bank.till.plain('0320', { 48: rows, 60: `00${bank.till.batch}201` }))),
    ).toBe('00');
    expect(
      code(await bank.till.ask(bank.till.plain('0320', { 48: '0001', 60: `00${bank.till.batch}202` }))),
    ).toBe('00');
  });

  test('reversed trades count nowhere', async () => {
    await bank.till.ask(bank.till.sale(1_250));
    await bank.till.ask(bank.till.reversal(1_250, bank.lastTrace));
    const answer = await settle(totals(0, 0, 0, 0));
    expect(answer.fields[48]![30]).toBe('1');
  });
});

describe('reversal', () => {
  test('undoes a booked sale, and again says the same', async () => {
    await bank.till.ask(bank.till.sale(1_250));
    const trace = bank.lastTrace;
    expect(code(await bank.till.ask(bank.till.reversal(1_250, trace)))).toBe('00');
    expect(code(await bank.till.ask(bank.till.reversal(1_250, trace, { 39: '06' })))).toBe('00');
    expect(bank.book(trace)).toMatchObject({ state: 'reversed', net: 0 });
  });

  test('of an unknown trade says 25 and keeps the trade out for ever', async () => {
    bank.till.trace += 1;
    expect(code(await bank.till.ask(bank.till.reversal(1_250, bank.lastTrace)))).toBe('25');
    bank.till.trace = Number(bank.lastTrace) - 2;
    expect(code(await bank.till.ask(bank.till.sale(1_250)))).toBe('22');
    expect(bank.books()).toEqual([]);
  });

  test('of a void takes the void back', async () => {
    const sale = await bank.till.ask(bank.till.sale(1_250));
    await bank.till.ask(
      bank.till.financial('0200', '23', {
        3: '200000',
        4: amountOf(1_250),
        25: '00',
        37: sale.fields[37]!,
        61: bank.original(sale),
      }),
    );
    const undo = bank.till.reversal(1_250, bank.lastTrace, {
      3: '200000',
      60: `23${bank.till.batch}00050`,
      61: bank.original(sale),
    });
    expect(code(await bank.till.ask(undo))).toBe('00');
    expect(bank.book(sale.fields[11]!)).toMatchObject({ net: 1_250 });
  });

  test('of a sale that was voided needs a person', async () => {
    const sale = await bank.till.ask(bank.till.sale(1_250));
    await bank.till.ask(
      bank.till.financial('0200', '23', {
        3: '200000',
        4: amountOf(1_250),
        25: '00',
        37: sale.fields[37]!,
        61: bank.original(sale),
      }),
    );
    expect(code(await bank.till.ask(bank.till.reversal(1_250, sale.fields[11]!)))).toBe('12');
  });
});
