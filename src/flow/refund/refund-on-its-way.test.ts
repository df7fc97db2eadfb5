import { beforeEach, describe, expect, test } from 'vitest';
import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { SalePayment } from '../../domain/tender.ts';
import type { Rail, RailAnswer } from '../payment/rail.ts';
import { scriptedRail } from '../testing/checkout-bench.ts';
import { eventually, seededChance } from '../testing/ports.ts';
import { RefundBench } from '../testing/refund-bench.ts';
import { giveBack } from './give-back.ts';

/**
 * Goal: a refund that a channel has accepted holds nobody up at the counter, is said to be on its way and no more, and ends in the
 * books when the channel says how it ended, whatever the screen shows by then.
 * Method: the real runner and desk; a wallet whose word comes when the test says so.
 */

const accepted: RailAnswer = { kind: 'accepted', reason: 'refund-processing' };

/** A wallet that accepts, and says how it ended when it is told to. */
class SlowWallet {
  #end: RailAnswer | undefined;
  #waiting: ((answer: RailAnswer) => void)[] = [];

  readonly rail = (of: Attempt): Rail => ({
    ...scriptedRail(of, []),
    undo: 'ask',
    send: async () => accepted,
    inquire: () =>
      this.#end === undefined
        ? new Promise((resolve) => this.#waiting.push(resolve))
        : Promise.resolve(this.#end),
  });

  says(answer: RailAnswer): void {
    this.#end = answer;
    for (const resolve of this.#waiting) resolve(answer);
    this.#waiting = [];
  }
}

let at: RefundBench;
let wallet: SlowWallet;
let saleId: SaleId;
let from: number;
beforeEach(async () => {
  at = new RefundBench();
  wallet = new SlowWallet();
  saleId = await at.sold();
  from = at.bench.journal.entries.length;
});

async function begun() {
  const { runner, desk } = at.refunds({ rails: wallet.rail });
  await runner.send({ type: 'start', saleId, choice: { by: 'all' }, kind: 'refund' });
  await eventually(() => runner.state.value.at === 'done');
  return { runner, desk };
}

const last = () => at.bench.journal.types.at(-1);

describe('a refund of which one part is on its way', () => {
  test('is done at the counter with words that say so, on paper too, and is not completed in the books', async () => {
    const { runner, desk } = await begun();
    expect(runner.state.value).toMatchObject({ at: 'done', refund: { parts: [{}, {}] } });
    const [, underWay] = at.printed[0]!;
    expect(underWay).toHaveLength(1);
    expect(runner.state.value).toMatchObject({ underWay });
    expect(desk.state.value).toMatchObject([{ state: 'accepted', attempt: { tender: 'wechat' } }]);
    expect(at.since(from)).not.toContain('refund.completed');
    expect(at.ledger.accounts).toMatchObject({ drawer: 0, suspense: -600, owed: 1_000 });
    expect((await runner.quote(saleId, { by: 'all' })).problem).toBe('nothing-left');
    expect(at.kept).toEqual([saleId]);
  });

  test('is completed in the commit in which it arrives, and the words change', async () => {
    const { runner } = await begun();
    wallet.says({ kind: 'approved', approval: { channelId: '50' } });
    await eventually(() => last() === 'refund.completed');
    expect(at.since(from).slice(-2)).toEqual(['attempt.approved', 'refund.completed']);
    await eventually(() => runner.state.value.at === 'done' && runner.state.value.underWay === undefined);
    expect(at.printed).toHaveLength(1);
    expect(at.ledger.accounts).toMatchObject({ 'channel/wechat': 0, suspense: 0, owed: 0, returns: 1_000 });
    await eventually(() => at.kept.length === 0);
  });

  test('arrives as well when the screen has long gone on to something else', async () => {
    const { runner } = await begun();
    await runner.send({ type: 'close' });
    wallet.says({ kind: 'approved' });
    await eventually(() => last() === 'refund.completed');
    expect(await runner.of(saleId)).toMatchObject([{ amount: 1_000 }]);
    expect(at.ledger.accounts).toMatchObject({ suspense: 0, owed: 0 });
  });

  test('arrives after a restart', async () => {
    await begun();
    const later = new SlowWallet(); // Nothing reaches the page that is gone.
    const other = at.refunds({ rails: later.rail, seed: 78 });
    later.says({ kind: 'approved' });
    await other.runner.recover();
    for (const record of await at.bench.journal.unresolved()) await other.runner.adopt(record);
    await eventually(() => last() === 'refund.completed');
    expect(await other.runner.of(saleId)).toMatchObject([{ amount: 1_000, parts: [{}, {}] }]);
    expect(at.ledger.accounts).toMatchObject({ suspense: 0, owed: 0 });
  });
});

describe('a refund that the channel closes after it had accepted it', () => {
  const closed: RailAnswer = { kind: 'declined', reason: 'refund-closed' };
  const decided = { as: 'declined', evidence: '商户平台：退款关闭', pin: '1234' } as const;

  async function stuck() {
    const { runner, desk } = await begun();
    wallet.says(closed);
    await eventually(() => desk.state.value[0]?.state === 'stuck');
    const { attemptId } = desk.state.value[0]!.attempt;
    return { runner, desk, attemptId };
  }

  test('is for a manager; while it is on the screen it goes back in cash then', async () => {
    const { runner, desk, attemptId } = await stuck();
    await desk.decide(attemptId, decided);
    await eventually(() => runner.state.value.at === 'part-refused');
    expect(runner.state.value).toMatchObject({
      part: { tender: 'wechat', amount: 600 },
      done: [{ tender: 'cash' }],
    });
    await runner.send({ type: 'pay-cash', pin: '1234' });
    await eventually(() => runner.state.value.at === 'done');
    expect(last()).toBe('refund.completed');
    expect(at.ledger.accounts).toMatchObject({ drawer: -600, 'channel/wechat': 600, suspense: 0, owed: 0 });
  });

  test('counts for what went through when nobody looks, and the rest can be given back again', async () => {
    const { runner, desk, attemptId } = await stuck();
    await runner.send({ type: 'close' });
    await desk.decide(attemptId, decided);
    await eventually(() => last() === 'refund.completed');
    expect(await runner.of(saleId)).toMatchObject([{ amount: 400, parts: [{ tender: 'cash' }] }]);
    expect(await runner.quote(saleId, { by: 'all' })).toMatchObject({ amount: 600, left: 600 });
    expect(at.ledger.accounts).toMatchObject({ suspense: 0, owed: 0, 'channel/wechat': 600 });
  });

  test('a manager who has seen it arrive after all completes it', async () => {
    const { runner, desk, attemptId } = await stuck();
    await desk.decide(attemptId, { ...decided, as: 'approved' });
    await eventually(() => last() === 'refund.completed');
    await eventually(() => runner.state.value.at === 'done' && runner.state.value.underWay === undefined);
  });
});

describe('two parts on their way', () => {
  const wayOf = (amount: number, n: string): SalePayment => ({
    attemptId: n.repeat(32) as AttemptId,
    tender: 'wechat',
    method: 'customer-code',
    amount: minor(amount),
  });

  test('of a sale that is given up do not wait for each other', async () => {
    const { desk } = at.refunds({ rails: wallet.rail });
    const [record] = await at.bench.journal.sales({ limit: 1 });
    const drawer = { kick: async () => true };
    const back = giveBack(record!.sale, [wayOf(300, 'c'), wayOf(300, 'd')], {
      desk,
      drawer,
      random: seededChance(9),
      alarm: (error) => {
        throw error;
      },
    });
    await eventually(() => desk.state.value.filter(({ state }) => state === 'accepted').length === 2);
    wallet.says({ kind: 'approved' });
    expect(await back).toEqual([]);
  });
});
