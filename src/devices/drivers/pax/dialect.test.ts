import { describe, expect, test } from 'vitest';
import { paxFrame } from '../../simulators/pax/line.ts';
import { PaxTerminal } from '../../simulators/pax/pax-terminal.ts';
import { teller, terminalOrder } from '../../testing/terminal-orders.ts';
import { serialTerminal } from '../../testing/terminal-rigs.ts';
import { paxDriver } from './driver.ts';
import { PAX_LINE, PAX_MATCHES } from './match.ts';

const entry = { id: 'pax', match: PAX_MATCHES, line: PAX_LINE, load: async () => paxDriver() };

async function connected(
  settings: { readonly pax?: { readonly storesOffline: boolean } } = { pax: { storesOffline: false } },
) {
  const rig = await serialTerminal({
    entry,
    core: (timers) => new PaxTerminal({ timers, now: timers.now }),
    settings,
  });
  return { ...rig, ...teller(rig) };
}

async function sold(rig: Awaited<ReturnType<typeof connected>>) {
  const sale = terminalOrder();
  const paid = await rig.pay(sale);
  if (paid.kind !== 'approved') throw new Error(paid.kind);
  return { sale, original: { reference: sale.reference, approval: paid.approval } };
}

const lose = (rig: { readonly core: PaxTerminal }, on: boolean): void => {
  rig.core.faults.loseAnswers = on;
};

describe('a PAX order', () => {
  test('comes after an initialisation, with sixteen characters of our reference', async () => {
    const rig = await connected();
    const { sale } = await sold(rig);
    await sold(rig);
    expect(rig.core.asked).toEqual(['A00', 'T00', 'T00']);
    expect(rig.core.records[0]).toMatchObject({
      ecrRef: sale.reference.slice(0, 16),
      type: '01',
      amount: 1_250,
    });
    expect(rig.port().opening).toMatchObject({ baudRate: 9_600 });
    expect(rig.terminal.kept.session?.health).toEqual({ maker: 'PAX', serial: '53423457', model: 'A80' });
  });

  test('the terminal is never asked for the account, and an account in clear goes nowhere', async () => {
    const rig = await connected();
    rig.core.faults.showsCard = true;
    const { sale, original } = await sold(rig);
    await rig.ask(sale);
    await rig.pay(terminalOrder({ purpose: 'refund', original }));
    await rig.undo(sale);
    rig.core.babble(paxFrame('0\x1cA31\x1c1.28\x1c000000\x1cOK\x1c1\x1c4761739001010119\x1c2812'));
    await rig.timers.advance(1_000);
    expect(new Set(rig.core.asked)).toEqual(new Set(['A00', 'T00', 'R02']));
    expect(original.approval.card).toBe('476173****0119');
    expect(JSON.stringify([original, [...rig.stored.values()]])).not.toMatch(/47617390|2812|TEST/);
  });

  test('by hand: PIN, and nobody comes', async () => {
    const { core, terminal, timers } = await connected();
    core.customer.plan({ as: 'person' }, { as: 'person' });
    const paid = terminal.pay(terminalOrder(), new AbortController().signal);
    await timers.advance(20_000);
    core.customer.present('contactless', true);
    core.customer.enterPin();
    await timers.advance(5_000);
    expect(await paid).toMatchObject({ kind: 'approved', approval: { entry: 'contactless' } });
    const alone = terminal.pay(terminalOrder(), new AbortController().signal);
    await timers.advance(120_000);
    expect(await alone).toEqual({ kind: 'declined', reason: 'cancelled' });
  });

  test.each([
    ['refund', '02'],
    ['authorisation', '03'],
    ['completion', '04'],
  ] as const)('%s', async (purpose, type) => {
    const rig = await connected();
    const { original } = await sold(rig);
    expect(await rig.pay(terminalOrder({ purpose, original }))).toMatchObject({ kind: 'approved' });
    expect(rig.core.records[1]).toMatchObject({ type });
  });

  test.each(['void', 'authorisation-cancel', 'completion-cancel'] as const)(
    '%s names the transaction, and its lost answer is found at the original',
    async (purpose) => {
      const rig = await connected();
      const { original } = await sold(rig);
      lose(rig, true);
      const order = terminalOrder({ purpose, original });
      expect(await rig.pay(order)).toMatchObject({ kind: 'no-answer' });
      lose(rig, false);
      expect(await rig.ask(order)).toMatchObject({ kind: 'approved' });
      expect(rig.core.charged).toBe(0);
    },
  );

  test('a void that never arrived is not found', async () => {
    const rig = await connected();
    const { original } = await sold(rig);
    rig.core.faults.deafToOrders = true;
    const order = terminalOrder({ purpose: 'void', original });
    expect(await rig.pay(order)).toMatchObject({ kind: 'no-answer', reason: 'silent' });
    rig.core.faults.deafToOrders = false;
    expect(await rig.ask(order)).toEqual({ kind: 'not-found' });
  });

  test('of which a part was approved is undone at once', async () => {
    const rig = await connected();
    rig.core.faults.approvesUpTo = 500;
    expect(await rig.pay(terminalOrder())).toEqual({ kind: 'declined', reason: 'partial' });
    expect(rig.core.charged).toBe(0);
  });

  test('the bank is out of reach: declined after a look into the batch', async () => {
    const rig = await connected();
    rig.core.setHostOnline(false);
    expect(await rig.pay(terminalOrder())).toEqual({ kind: 'declined', reason: 'code-100004' });
    expect(rig.core.asked.at(-1)).toBe('R02');
  });

  test('called off in time it is cancelled; while the bank is asked the truth is told', async () => {
    const rig = await connected();
    rig.core.customer.plan({ as: 'person' });
    const stop = new AbortController();
    const early = rig.terminal.pay(terminalOrder(), stop.signal);
    await rig.timers.advance(1_000);
    stop.abort();
    await rig.timers.advance(3_000);
    expect(await early).toEqual({ kind: 'declined', reason: 'cancelled' });
    const later = new AbortController();
    rig.core.onAuthorising = () => later.abort();
    const order = terminalOrder();
    const answer = rig.terminal.pay(order, later.signal);
    await rig.timers.advance(4_000);
    expect((await answer).kind).not.toBe('declined');
    expect(await rig.ask(order)).toMatchObject({ kind: 'approved' });
  });

  test('a late answer to an earlier order is not taken for this one', async () => {
    const rig = await connected();
    const { sale } = await sold(rig);
    rig.core.customer.plan({ as: 'decline' });
    const second = rig.terminal.pay(terminalOrder(), new AbortController().signal);
    await rig.timers.advance(250);
    const late = [
      '0',
      'T01',
      '1.28',
      '000000',
      'OK',
      '00',
      '01',
      '1250',
      '0119',
      `1\x1f${sale.reference.slice(0, 16)}`,
    ];
    rig.core.babble(paxFrame(late.join('\x1c')));
    await rig.timers.advance(10_000);
    expect(await second).toMatchObject({ kind: 'declined' });
  });

  test('is not set up without its settings, and has no tips after the sale', async () => {
    const { pay } = await connected({});
    expect(await pay(terminalOrder())).toEqual({ kind: 'declined', reason: 'not-set-up' });
    const { pay: other } = await connected();
    expect(await other(terminalOrder({ purpose: 'tip' }))).toEqual({
      kind: 'declined',
      reason: 'unsupported',
    });
    expect(await other(terminalOrder({ purpose: 'void' }))).toEqual({
      kind: 'declined',
      reason: 'original-unknown',
    });
    expect(await other(terminalOrder({ reference: 'x' }))).toEqual({
      kind: 'declined',
      reason: 'unsupported',
    });
  });
});

describe('a PAX inquiry', () => {
  test('a page that lost its notes is told the truth by our own number', async () => {
    const rig = await connected();
    const { sale } = await sold(rig);
    const { ask } = teller(await rig.reloaded('lost'));
    expect(await ask(sale)).toMatchObject({ kind: 'approved', approval: { trace: '1', authCode: '300001' } });
    expect(await ask(terminalOrder())).toEqual({ kind: 'not-found' });
  });

  test('a payment that is under way is no answer', async () => {
    const rig = await connected();
    rig.core.customer.plan({ as: 'person' });
    const order = terminalOrder();
    void rig.terminal.pay(order, new AbortController().signal);
    await rig.timers.advance(1_000);
    const { ask } = teller(await rig.reloaded());
    expect(await ask(order)).toEqual({ kind: 'no-answer', reason: 'silent' });
  });

  test('a terminal that may have settled by itself proves nothing any more', async () => {
    const rig = await connected();
    lose(rig, true);
    const order = terminalOrder();
    await rig.pay(order);
    lose(rig, false);
    rig.core.closeBatch();
    await rig.timers.advance(900_000);
    expect(await rig.ask(order)).toEqual({ kind: 'no-answer', reason: 'batch-may-be-closed' });
  });

  test('another terminal than the one that had the order says nothing', async () => {
    const rig = await connected();
    lose(rig, true);
    const order = terminalOrder();
    await rig.pay(order);
    lose(rig, false);
    const note = rig.stored.get(order.reference);
    if (note === undefined) throw new Error('no note');
    rig.stored.set(order.reference, { ...note, unit: '99999999' });
    const { ask } = teller(await rig.reloaded());
    expect(await ask(order)).toEqual({ kind: 'no-answer', reason: 'other-terminal' });
  });
});

describe('undoing a PAX order', () => {
  test('whose answer was lost is done once', async () => {
    const rig = await connected();
    const { sale } = await sold(rig);
    lose(rig, true);
    expect(await rig.undo(sale)).toMatchObject({ kind: 'no-answer' });
    lose(rig, false);
    expect(await rig.undo(sale)).toEqual({ kind: 'reversed' });
    expect(rig.core.records.map(({ type }) => type)).toEqual(['17']);
  });

  test('that is settled is still booked: the rest is a refund', async () => {
    const rig = await connected();
    const { sale } = await sold(rig);
    rig.core.closeBatch();
    expect(await rig.undo(sale)).toMatchObject({ kind: 'approved' });
  });

  test('while the bank is out of reach is not done, and not forgotten', async () => {
    const rig = await connected();
    const { sale } = await sold(rig);
    rig.core.setHostOnline(false);
    expect(await rig.undo(sale)).toMatchObject({ kind: 'no-answer' });
    rig.core.setHostOnline(true);
    expect(await rig.undo(sale)).toEqual({ kind: 'reversed' });
  });
});
