import { describe, expect, test } from 'vitest';
import { MAGIC_BASE } from '../amount-table.ts';
import { amountOf } from '../testing/bank-client.ts';
import { code, read, useBank } from '../testing/bank-fixture.ts';

const bank = useBank();

describe('the amount table', () => {
  test.each([1, 5, 14, 51, 55, 61, 91, 99])('last digits %i decline with that code', async (digits) => {
    const answer = await bank.till.ask(bank.till.sale(MAGIC_BASE + digits));
    expect(code(answer)).toBe(String(digits).padStart(2, '0'));
    expect(bank.books()).toEqual([]);
  });

  test.each([
    [210, 0],
    [211, 1],
  ])('%i hangs up, and %i sales are booked', async (digits, booked) => {
    bank.till.send(bank.till.sale(MAGIC_BASE + digits));
    expect(await bank.till.frame()).toBe('closed');
    expect(bank.books()).toHaveLength(booked);
    await bank.till.open();
    const answer = await bank.till.ask(bank.till.reversal(MAGIC_BASE + digits, bank.lastTrace));
    expect(code(answer)).toBe(booked === 1 ? '00' : '25');
    expect(bank.books().every(({ net }) => net === 0)).toBe(true);
  });

  test.each([212, 213])('%i says nothing; the line lives on', async (digits) => {
    bank.till.send(bank.till.sale(MAGIC_BASE + digits));
    expect(code(await bank.till.ask(bank.till.plain('0820', { 60: `00${bank.till.batch}301` })))).toBe('00');
    expect(bank.books()).toHaveLength(digits === 213 ? 1 : 0);
  });

  test('200 answers late, 201 books and answers late', async () => {
    bank.till.send(bank.till.sale(MAGIC_BASE + 200));
    bank.till.send(bank.till.sale(MAGIC_BASE + 201));
    await bank.settled();
    expect(bank.books()).toHaveLength(1);
    bank.world.advance(30_000);
    expect((await bank.till.answer()).fields).toMatchObject({ 4: amountOf(MAGIC_BASE + 201), 39: '00' });
    expect(bank.books()).toHaveLength(2);
    bank.world.advance(40_000);
    expect((await bank.till.answer()).fields).toMatchObject({ 4: amountOf(MAGIC_BASE + 200), 39: '00' });
  });

  test('220 answers twice', async () => {
    const first = await bank.till.ask(bank.till.sale(MAGIC_BASE + 220));
    expect(await bank.till.answer()).toEqual(first);
  });

  test.each([
    [230, 1],
    [231, 0],
  ])('%i answers with a wrong MAC, %i booked', async (digits, booked) => {
    bank.till.send(bank.till.sale(MAGIC_BASE + digits));
    const frame = await bank.frame();
    expect(read(frame).fields[39]).toBe('00');
    expect(bank.verified(frame)).toBe(false);
    expect(bank.books()).toHaveLength(booked);
  });

  test('232 answers without a MAC', async () => {
    expect((await bank.till.ask(bank.till.sale(MAGIC_BASE + 232))).fields[64]).toBeUndefined();
  });

  test.each([
    [240, 1],
    [241, 0],
  ])('%i answers 96, %i booked', async (digits, booked) => {
    expect(code(await bank.till.ask(bank.till.sale(MAGIC_BASE + digits)))).toBe('96');
    expect(bank.books()).toHaveLength(booked);
  });

  test('250 books in the moment of the reversal, which gives it back', async () => {
    bank.till.send(bank.till.sale(MAGIC_BASE + 250));
    expect(code(await bank.till.ask(bank.till.reversal(MAGIC_BASE + 250, bank.lastTrace)))).toBe('00');
    expect(bank.books()).toMatchObject([{ state: 'reversed', paid: MAGIC_BASE + 250, net: 0 }]);
  });

  test('251 confirms the reversal and books all the same', async () => {
    bank.till.send(bank.till.sale(MAGIC_BASE + 251));
    expect(code(await bank.till.ask(bank.till.reversal(MAGIC_BASE + 251, bank.lastTrace)))).toBe('00');
    expect(bank.books()).toEqual([]);
    bank.world.advance(5_000);
    expect(bank.books()).toMatchObject([{ state: 'paid', net: MAGIC_BASE + 251 }]);
  });

  test('252 books later by itself unless it was reversed before', async () => {
    bank.till.send(bank.till.sale(MAGIC_BASE + 252));
    await bank.till.ask(bank.till.reversal(MAGIC_BASE + 252, bank.lastTrace));
    bank.till.send(bank.till.sale(MAGIC_BASE + 252));
    await bank.till.ask(bank.till.plain('0820', { 60: `00${bank.till.batch}301` }));
    bank.world.advance(30_000);
    expect(bank.books()).toMatchObject([{ state: 'paid' }]);
  });

  test('263 wants the reversal three times again; 270 never undoes', async () => {
    bank.till.send(bank.till.sale(MAGIC_BASE + 263));
    const trace = bank.lastTrace;
    const codes: (string | undefined)[] = [];
    for (let each = 0; each < 4; each += 1)
      codes.push(code(await bank.till.ask(bank.till.reversal(MAGIC_BASE + 263, trace))));
    expect(codes).toEqual(['96', '96', '96', '00']);
    bank.till.send(bank.till.sale(MAGIC_BASE + 270));
    const stuck = bank.lastTrace;
    expect(code(await bank.till.ask(bank.till.reversal(MAGIC_BASE + 270, stuck)))).toBe('21');
    expect(bank.book(stuck)).toMatchObject({ state: 'paid', net: MAGIC_BASE + 270 });
  });

  test('280, 281: a signed answer about another amount or trace', async () => {
    const amount = await bank.till.ask(bank.till.sale(MAGIC_BASE + 280));
    expect(amount.fields[4]).toBe(amountOf(MAGIC_BASE + 279));
    const trace = await bank.till.ask(bank.till.sale(MAGIC_BASE + 281));
    expect(Number(trace.fields[11])).toBe(bank.till.trace + 1);
  });

  test.each([300, 301])('%i sends what cannot be read', async (digits) => {
    bank.till.send(bank.till.sale(MAGIC_BASE + digits));
    const frame = await bank.frame();
    expect(() => read(frame)).toThrow();
  });
});
