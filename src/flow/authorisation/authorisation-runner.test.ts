import { beforeEach, expect, test } from 'vitest';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { OperatorId, SaleId } from '../../domain/ids.ts';
import { EMPTY_LEDGER, type Ledger, post } from '../../domain/ledger.ts';
import { minor } from '../../domain/money.ts';
import { AttemptDesk } from '../payment/desk.ts';
import type { RailAnswer } from '../payment/rail.ts';
import { FlowError } from '../services.ts';
import { scriptedRail } from '../testing/checkout-bench.ts';
import { MemoryJournal } from '../testing/memory-journal.ts';
import { eventually, InstantTimer, seededChance } from '../testing/ports.ts';
import { AuthorisationRunner } from './authorisation-runner.ts';

let journal: MemoryJournal;
let kept: readonly SaleId[];
let answers: RailAnswer[];
let printed: string[];
beforeEach(() => {
  journal = new MemoryJournal();
  kept = [];
  answers = [];
  printed = [];
});

function counter(seed = 5): AuthorisationRunner {
  let mono = 0;
  const desk = new AttemptDesk({
    journal,
    timer: new InstantTimer(),
    clock: {
      now: () => mono,
      mono: () => {
        mono += 1;
        return mono;
      },
    },
    operator: () => 'owner' as OperatorId,
    rails: (of) => {
      const next = async (): Promise<RailAnswer> =>
        answers.shift() ?? { kind: 'no-answer', reason: 'silence' };
      return { ...scriptedRail(of, []), send: next, inquire: next, reverse: next };
    },
    mayOverride: async () => 'owner' as OperatorId,
    alarm: (error) => {
      throw error;
    },
  });
  return new AuthorisationRunner({
    journal,
    desk,
    random: seededChance(seed),
    operator: () => 'owner' as OperatorId,
    currency: () => 'CNY',
    today: () => '2026-11-22' as BusinessDay,
    grantedBy: async (pin) => {
      if (pin !== '1234') throw new FlowError('wrong-pin');
      return 'owner' as OperatorId;
    },
    balance: async () => ({ balance: minor(123_45), currency: 'CNY' }),
    keepIds: async (ids) => {
      kept = ids;
    },
    keptIds: async () => kept,
    print: async (attempt) => {
      printed.push(attempt.purpose ?? 'sale');
      return { kind: 'confirmed' };
    },
    alarm: (error) => {
      throw error;
    },
  });
}

const ledger = (): Ledger => journal.entries.reduce((all, signed) => post(all, signed.entry), EMPTY_LEDGER);
const approve = (): void => void answers.push({ kind: 'approved', approval: { authCode: '123456' } });

async function held(runner: AuthorisationRunner): Promise<string> {
  approve();
  await runner.send({ type: 'authorise', amount: minor(10_000), method: 'reader' });
  const [found] = await runner.list();
  expect(found).toMatchObject({ state: 'held', approval: { authCode: '123456' } });
  return found?.attempt.attemptId ?? '';
}

test('money is held without being taken', async () => {
  await held(counter());
  expect(ledger().accounts).toEqual({});
  expect(printed).toEqual(['authorisation']);
});

test('a completion takes what was used and makes a sale of it', async () => {
  const runner = counter();
  const original = await held(runner);
  approve();
  await runner.send({ type: 'complete', original, amount: minor(8_000) });
  expect(runner.state.value).toMatchObject({ at: 'done', attempt: { purpose: 'completion', amount: 8_000 } });
  const [record] = await journal.sales({ limit: 1 });
  expect(record?.sale).toMatchObject({ total: 8_000, payments: [{ tender: 'card', amount: 8_000 }] });
  expect((await runner.list())[0]).toMatchObject({ state: 'completed' });
  expect(ledger().accounts).toMatchObject({ 'channel/card': 8_000, owed: 0, suspense: 0 });
});

test('a completion beyond the limit is refused before anything is sent', async () => {
  const runner = counter();
  const original = await held(runner);
  const before = journal.types.length;
  await runner.send({ type: 'complete', original, amount: minor(11_501) });
  expect(runner.state.value).toEqual({ at: 'idle', problem: 'more-than-held' });
  expect(journal.types).toHaveLength(before);
});

test('a cancelled completion takes its sale back', async () => {
  const runner = counter();
  const original = await held(runner);
  approve();
  await runner.send({ type: 'complete', original, amount: minor(8_000) });
  approve();
  await runner.send({ type: 'cancel-completion', original, pin: '1234' });
  expect((await runner.list())[0]).toMatchObject({ state: 'completion-cancelled' });
  expect(journal.types.slice(-2)).toEqual(['attempt.approved', 'refund.completed']);
  expect(ledger().accounts).toMatchObject({ 'channel/card': 0, owed: 0, suspense: 0, returns: 8_000 });
});

test('a cancelled hold is let go once, with a PIN', async () => {
  const runner = counter();
  const original = await held(runner);
  await runner.send({ type: 'cancel', original, pin: '0000' });
  expect(runner.state.value).toEqual({ at: 'idle', problem: 'wrong-pin' });
  approve();
  await runner.send({ type: 'cancel', original, pin: '1234' });
  expect((await runner.list())[0]).toMatchObject({ state: 'cancelled' });
  await runner.send({ type: 'complete', original, amount: minor(1) });
  expect(runner.state.value).toEqual({ at: 'idle', problem: 'authorisation-moved' });
});

test('a completion of unknown end is asked about after a restart, and its sale is made once', async () => {
  const runner = counter();
  const original = await held(runner);
  answers.push({ kind: 'no-answer', reason: 'timeout' });
  runner.send({ type: 'complete', original, amount: minor(8_000) }).catch(() => undefined);
  await eventually(() => journal.types.includes('attempt.unknown'));
  answers.length = 0;
  const before = journal.entries.length;
  const again = counter(6);
  answers.push({ kind: 'approved' });
  for (const record of await journal.unresolved()) await again.adopt(record);
  await eventually(() => journal.types.includes('sale.completed'));
  expect(journal.entries.length).toBeGreaterThan(before);
  expect(journal.types.filter((type) => type === 'sale.completed')).toHaveLength(1);
});

test('the balance of a card is told and moves nothing', async () => {
  const runner = counter();
  await runner.send({ type: 'balance' });
  expect(runner.state.value).toEqual({ at: 'balance', balance: 12_345, currency: 'CNY' });
  expect(journal.types).toEqual([]);
});

async function soldByCard(): Promise<{ readonly saleId: SaleId; readonly original: string }> {
  const saleId = '9'.repeat(32) as SaleId;
  const original = '8'.repeat(32);
  const line = { id: '7'.repeat(32), name: '', quantityMilli: 1000, price: minor(500), amount: minor(500) };
  const payment = { attemptId: original, tender: 'card', method: 'reader', amount: minor(500) };
  const body = {
    saleId,
    day: '2026-11-22',
    currency: 'CNY',
    lines: [line],
    subtotal: minor(500),
    rounding: minor(0),
    total: minor(500),
    payments: [payment],
  };
  await journal.append([{ type: 'sale.completed', body } as never], 'owner' as OperatorId);
  return { saleId, original };
}

test('a tip is added to a card payment once, and counts as a tip', async () => {
  const runner = counter();
  const paid = await soldByCard();
  approve();
  await runner.send({ type: 'tip', ...paid, amount: minor(80) });
  expect(runner.state.value).toMatchObject({ at: 'done', attempt: { purpose: 'tip', amount: 80 } });
  expect(journal.types.slice(-2)).toEqual(['attempt.approved', 'tip.added']);
  expect(ledger().accounts).toMatchObject({ tips: -80, 'channel/card': 80, suspense: 0 });
  await runner.send({ type: 'tip', ...paid, amount: minor(80) });
  expect(runner.state.value).toEqual({ at: 'idle', problem: 'tip-not-possible' });
});

test('a declined tip can be tried again', async () => {
  const runner = counter();
  const paid = await soldByCard();
  answers.push({ kind: 'declined', reason: 'host-05' });
  await runner.send({ type: 'tip', ...paid, amount: minor(80) });
  expect(runner.state.value).toMatchObject({ at: 'refused' });
  approve();
  await runner.send({ type: 'tip', ...paid, amount: minor(80) });
  expect(runner.state.value).toMatchObject({ at: 'done' });
});

test.each([0, 501])('a tip of %d on a payment of 500 is not possible', async (amount) => {
  const runner = counter();
  const paid = await soldByCard();
  await runner.send({ type: 'tip', ...paid, amount: minor(amount) });
  expect(runner.state.value).toEqual({ at: 'idle', problem: 'tip-not-possible' });
});
