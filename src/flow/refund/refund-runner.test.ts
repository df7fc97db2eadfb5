import { beforeEach, describe, expect, test } from 'vitest';
import { purposeOf } from '../../domain/attempt.ts';
import { minor } from '../../domain/money.ts';
import { type CheckoutBench, scriptedRail } from '../testing/checkout-bench.ts';
import { eventually } from '../testing/ports.ts';
import { RefundBench, type RefundsGiven } from '../testing/refund-bench.ts';

let at: RefundBench;
let bench: CheckoutBench;
beforeEach(() => {
  at = new RefundBench();
  bench = at.bench;
});

const refunds = (given?: RefundsGiven) => at.refunds(given);
const sold = () => at.sold();
const ledger = () => at.ledger;
const since = (from: number) => at.since(from);

describe('a refund', () => {
  test('goes back through the tenders that paid, each as an attempt of its own, and the books are even', async () => {
    const saleId = await sold();
    const from = bench.journal.entries.length;
    const { runner } = refunds({ answers: [{ kind: 'approved' }] });
    await runner.send({ type: 'start', saleId, choice: { by: 'all' }, kind: 'refund' });
    await eventually(() => runner.state.value.at === 'done');
    expect(since(from)).toEqual([
      'refund.opened',
      'attempt.prepared',
      'attempt.sending',
      'attempt.approved',
      'attempt.prepared',
      'attempt.sending',
      'attempt.approved',
      'refund.completed',
    ]);
    expect(ledger().accounts).toMatchObject({
      drawer: 0,
      'channel/wechat': 0,
      suspense: 0,
      owed: 0,
      returns: 1000,
    });
    expect(at.kicks).toBe(1);
    expect(at.kept).toEqual([]);
    expect((await runner.quote(saleId, { by: 'all' })).problem).toBe('nothing-left');
  });

  test('needs somebody who may, and the name is written down', async () => {
    const saleId = await sold();
    const { runner } = refunds({ alone: false, answers: [{ kind: 'approved' }] });
    await runner.send({
      type: 'start',
      saleId,
      choice: { by: 'amount', amount: minor(100) },
      kind: 'refund',
    });
    expect(runner.state.value.at).toBe('granting');
    await runner.send({ type: 'grant', pin: '9999' });
    expect(runner.state.value).toMatchObject({ at: 'granting', problem: 'wrong-pin' });
    await runner.send({ type: 'grant', pin: '1234' });
    await eventually(() => runner.state.value.at === 'done');
    expect(bench.journal.types).toContain('override.granted');
    expect(runner.state.value).toMatchObject({ refund: { grantedBy: 'owner', amount: 100 } });
  });

  test('that is left before it was allowed writes nothing', async () => {
    const saleId = await sold();
    const from = bench.journal.entries.length;
    const { runner } = refunds({ alone: false });
    await runner.send({ type: 'start', saleId, choice: { by: 'all' }, kind: 'refund' });
    await runner.send({ type: 'leave' });
    expect(runner.state.value.at).toBe('given-up');
    expect(since(from)).toEqual([]);
  });

  test('of more than was paid does not begin', async () => {
    const saleId = await sold();
    const { runner } = refunds();
    await runner.send({
      type: 'start',
      saleId,
      choice: { by: 'amount', amount: minor(1001) },
      kind: 'refund',
    });
    expect(runner.state.value.at).toBe('idle');
  });

  test('that a wallet refuses goes back in cash when a manager says so', async () => {
    const saleId = await sold();
    const { runner } = refunds({ answers: [{ kind: 'declined', reason: 'notenough' }] });
    await runner.send({ type: 'start', saleId, choice: { by: 'all' }, kind: 'void' });
    await eventually(() => runner.state.value.at === 'part-refused');
    expect(runner.state.value).toMatchObject({
      part: { tender: 'wechat', amount: 600 },
      reason: 'notenough',
    });
    await runner.send({ type: 'pay-cash', pin: '1234' });
    await eventually(() => runner.state.value.at === 'done');
    expect(runner.state.value).toMatchObject({ refund: { parts: [{ tender: 'cash' }, { tender: 'cash' }] } });
    expect(ledger().accounts).toMatchObject({ drawer: -600, 'channel/wechat': 600, suspense: 0, owed: 0 });
  });

  test('of which only a part went through counts for that part, and the rest can be given back later', async () => {
    const saleId = await sold();
    const { runner } = refunds({ answers: [{ kind: 'approved' }] });
    const broken = refunds({
      rails: (of) => ({ ...scriptedRail(of, [{ kind: 'declined', reason: 'x' }]), undo: 'ask' }),
    });
    await broken.runner.send({ type: 'start', saleId, choice: { by: 'all' }, kind: 'refund' });
    await eventually(() => broken.runner.state.value.at === 'part-refused');
    await broken.runner.send({ type: 'leave' });
    await eventually(() => broken.runner.state.value.at === 'given-up');
    expect(bench.journal.types.at(-1)).toBe('refund.voided');
    expect(await runner.quote(saleId, { by: 'all' })).toMatchObject({ amount: 1000, left: 1000 });
    expect(ledger().accounts).toMatchObject({ suspense: 0, owed: 0 });
  });

  test('counts in full while its end is not known', async () => {
    const saleId = await sold();
    const silent = refunds({
      rails: (of) => ({ ...scriptedRail(of, []), send: () => new Promise(() => undefined) }),
    });
    silent.runner
      .send({ type: 'start', saleId, choice: { by: 'amount', amount: minor(600) }, kind: 'refund' })
      .catch(() => undefined);
    await eventually(() => bench.journal.types.at(-1) === 'attempt.sending');
    expect(await silent.runner.quote(saleId, { by: 'amount', amount: minor(401) })).toMatchObject({
      left: 400,
      problem: 'more-than-paid',
    });
    expect(ledger().accounts).toMatchObject({ suspense: -600, owed: 600 });
  });
});

describe('after a restart', () => {
  test('a refund of unknown end is asked about, and ends as far as it came', async () => {
    const saleId = await sold();
    const silent = refunds({
      rails: (of) => ({ ...scriptedRail(of, []), send: () => new Promise(() => undefined) }),
    });
    silent.runner
      .send({ type: 'start', saleId, choice: { by: 'all' }, kind: 'refund' })
      .catch(() => undefined);
    await eventually(() => bench.journal.types.at(-1) === 'attempt.sending');
    const again = refunds({ answers: [{ kind: 'approved' }], seed: 78 });
    await again.runner.recover();
    for (const record of await bench.journal.unresolved()) {
      expect(purposeOf(record.attempt)).toBe('refund');
      await again.runner.adopt(record);
    }
    await eventually(() => bench.journal.types.at(-1) === 'refund.completed');
    expect(bench.journal.types.filter((type) => type === 'attempt.sending')).toHaveLength(3);
    expect(await again.runner.of(saleId)).toMatchObject([
      { amount: 600, parts: [{ tender: 'wechat' }], lines: [] },
    ]);
    expect(ledger().accounts).toMatchObject({ drawer: 400, 'channel/wechat': 0, suspense: 0, owed: 0 });
    await eventually(() => at.kept.length === 0);
  });
});
