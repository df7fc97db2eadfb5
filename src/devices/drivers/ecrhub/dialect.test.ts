import { describe, expect, test } from 'vitest';
import { minor } from '../../../domain/money.ts';
import { EcrHubTerminal } from '../../simulators/ecrhub/ecrhub-terminal.ts';
import { teller, terminalOrder } from '../../testing/terminal-orders.ts';
import { serialTerminal } from '../../testing/terminal-rigs.ts';
import { decimalAmount, isAmount } from './amount.ts';
import { ecrHubDriver } from './driver.ts';
import { ECRHUB_LINE, ECRHUB_MATCHES } from './match.ts';

const entry = { id: 'ecrhub', match: ECRHUB_MATCHES, line: ECRHUB_LINE, load: async () => ecrHubDriver() };

async function connected(
  settings: { readonly ecrhub?: { readonly appId: string } } = { ecrhub: { appId: 'demo' } },
) {
  const rig = await serialTerminal({
    entry,
    core: (timers) => new EcrHubTerminal({ timers, now: timers.now }),
    settings,
  });
  return { ...rig, ...teller(rig) };
}

const refused = (code: string, biz: object = {}) => ({
  response_code: code,
  response_msg: '',
  biz_data: biz,
});

/** A terminal that answers the next orders with `reply` instead of taking them. */
function answers(
  core: EcrHubTerminal,
  topic: string,
  reply: (asked: Record<string, unknown>) => object,
): void {
  const receive = core.receive.bind(core);
  core.receive = (bytes) => {
    const text = new TextDecoder('latin1').decode(bytes);
    const json = /\{.*\}/s.exec(text)?.[0];
    const asked = json === undefined ? undefined : (JSON.parse(json) as Record<string, unknown>);
    if (asked?.['topic'] !== topic) return receive(bytes);
    const id = bytes[4] ?? 0;
    core.babble(Uint8Array.from([0x55, 0xaa, 0, id, 0, 0, 0, id, 0xcc, 0x33]));
    core.say({ topic, request_id: asked['request_id'], ...reply(asked) });
  };
}

describe('an ECRHub order', () => {
  test('is opened as the protocol wants it, with a handshake and a decimal amount', async () => {
    const { core, port, pay } = await connected();
    const order = terminalOrder({ amount: minor(5) });
    await pay(order);
    expect(port().opening).toMatchObject({ baudRate: 115_200 });
    expect(core.books.find(order.reference)).toMatchObject({ amount: '0.05', transType: '1', status: '2' });
  });

  test('by hand: chip, PIN on the terminal, declined by the bank', async () => {
    const { core, terminal, timers } = await connected();
    core.customer.plan({ as: 'person' });
    const answer = terminal.pay(terminalOrder(), new AbortController().signal);
    await timers.advance(30_000);
    expect(core.stage).toBe('card');
    core.customer.present('chip', true);
    await timers.advance(20_000);
    expect(core.stage).toBe('pin');
    core.customer.decline('insufficient-funds');
    core.customer.enterPin();
    await timers.advance(5_000);
    expect(await answer).toEqual({ kind: 'declined', reason: 'insufficient-funds' });
  });

  test.each([
    ['112', 'a timeout of the terminal'],
    ['E04112', 'a number that is known already'],
    ['999', 'a code that nobody knows'],
  ])('%s (%s) says nothing of the money: the books are asked', async (code) => {
    const { core, pay, ask } = await connected();
    const order = terminalOrder();
    answers(core, 'ecrhub.pay.order', () => {
      const taken = core.books.take({
        merchant_order_no: order.reference,
        trans_type: '1',
        order_amount: '12.50',
      });
      if (!('message' in taken)) core.books.complete(taken, '2', '2026-11-22 20:00:00');
      return refused(code);
    });
    expect(await pay(order)).toMatchObject({ kind: 'approved', approval: { card: '621799****0018' } });
    expect(await ask(order)).toMatchObject({ kind: 'approved' });
  });

  test('refused before it was made: declined with the code', async () => {
    const { core, pay } = await connected();
    answers(core, 'ecrhub.pay.order', () => refused('SYS012'));
    expect(await pay(terminalOrder())).toEqual({ kind: 'declined', reason: 'code-SYS012' });
  });

  test.each([
    [{ order_amount: '12.51', trans_status: '2' }],
    [{ order_amount: '12.5', trans_status: '2', price_currency: 'USD' }],
    [{ merchant_order_no: 'another', trans_status: '2' }],
    [{ trans_status: '7' }],
    [{}],
  ])('an answer that speaks of something else (%j) is none', async (biz) => {
    const { core, pay } = await connected();
    const reply = (asked: Record<string, unknown>) => {
      const own = asked['biz_data'] as Record<string, unknown>;
      return { response_code: '000', biz_data: { merchant_order_no: own['merchant_order_no'], ...biz } };
    };
    answers(core, 'ecrhub.pay.order', reply);
    answers(core, 'ecrhub.pay.query', reply);
    expect(await pay(terminalOrder())).toMatchObject({ kind: 'no-answer' });
  });

  test('called off while the bank is asked: not declined, and then the truth', async () => {
    const { core, terminal, timers, ask } = await connected();
    const stop = new AbortController();
    const order = terminalOrder();
    core.onAuthorising = () => stop.abort();
    const answer = terminal.pay(order, stop.signal);
    await timers.advance(3_000);
    expect((await answer).kind).not.toBe('declined');
    await timers.advance(10_000);
    expect(await ask(order)).toMatchObject({ kind: 'approved' });
  });

  test('called off in time: cancelled, within what a rail waits', async () => {
    const { core, terminal, timers } = await connected();
    const stop = new AbortController();
    core.customer.plan({ as: 'person' });
    const answer = terminal.pay(terminalOrder(), stop.signal);
    await timers.advance(5_000);
    stop.abort();
    await timers.advance(3_000);
    expect(await answer).toEqual({ kind: 'declined', reason: 'cancelled' });
    expect(core.stage).toBe('idle');
  });

  test('a terminal whose application sleeps gets nothing and takes nothing', async () => {
    const { core, pay } = await connected();
    core.faults.asleep = true;
    expect(await pay(terminalOrder())).toEqual({ kind: 'declined', reason: 'no-device' });
    core.faults.asleep = false;
    expect(await pay(terminalOrder())).toMatchObject({ kind: 'approved' });
  });

  test('a terminal that was away is greeted again; one that beats is not', async () => {
    const { core, timers, pay } = await connected();
    let greetings = 0;
    const receive = core.receive.bind(core);
    core.receive = (bytes) => {
      if (bytes[2] === 1) greetings += 1;
      receive(bytes);
    };
    await pay(terminalOrder());
    await timers.advance(60_000);
    await pay(terminalOrder());
    expect(greetings).toBe(1);
    core.faults.asleep = true;
    await timers.advance(30_000);
    core.faults.asleep = false;
    expect(await pay(terminalOrder())).toMatchObject({ kind: 'approved' });
    expect(greetings).toBe(2);
  });

  test('a late answer to an earlier order is not taken for this one', async () => {
    const { core, terminal, timers, pay } = await connected();
    const first = terminalOrder();
    await pay(first);
    core.customer.plan({ as: 'decline' });
    const second = terminal.pay(terminalOrder(), new AbortController().signal);
    await timers.advance(500);
    core.say({
      topic: 'ecrhub.pay.order',
      request_id: 'old-1',
      response_code: '000',
      biz_data: { merchant_order_no: first.reference, trans_status: '2', order_amount: '12.50' },
    });
    await timers.advance(10_000);
    expect(await second).toMatchObject({ kind: 'declined' });
  });

  test('is not set up without the number of the application, and has no tips after the sale', async () => {
    const { pay } = await connected({});
    expect(await pay(terminalOrder())).toEqual({ kind: 'declined', reason: 'not-set-up' });
    const { pay: tip } = await connected();
    expect(await tip(terminalOrder({ purpose: 'tip' }))).toEqual({ kind: 'declined', reason: 'unsupported' });
    expect(await tip(terminalOrder({ purpose: 'refund' }))).toEqual({
      kind: 'declined',
      reason: 'original-unknown',
    });
  });
});

describe('an ECRHub order and its original', () => {
  test.each([
    ['refund', '3'],
    ['void', '2'],
    ['completion', '6'],
    ['authorisation-cancel', '5'],
    ['completion-cancel', '7'],
  ] as const)('%s names it', async (purpose, transType) => {
    const { core, pay, ask } = await connected();
    const sale = terminalOrder();
    const paid = await pay(sale);
    if (paid.kind !== 'approved') throw new Error(paid.kind);
    const order = terminalOrder({
      purpose,
      original: { reference: sale.reference, approval: paid.approval },
    });
    expect(await pay(order)).toMatchObject({ kind: 'approved' });
    expect(core.books.find(order.reference)).toMatchObject({ transType, original: sale.reference });
    expect(await ask(order)).toMatchObject({ kind: 'approved' });
  });
});

describe('an ECRHub inquiry', () => {
  test('a page that lost its notes is told the truth by our own number', async () => {
    const rig = await connected();
    const order = terminalOrder();
    await rig.pay(order);
    const page = await rig.reloaded('lost');
    const { ask, undo } = teller(page);
    expect(await ask(order)).toMatchObject({ kind: 'approved' });
    expect(await ask(terminalOrder())).toEqual({ kind: 'not-found' });
    expect(await undo(order)).toEqual({ kind: 'reversed' });
    expect(rig.core.books.charged).toBe(0);
  });

  test('an order that a terminal took and this one does not know was on another terminal', async () => {
    const rig = await connected();
    rig.core.onAuthorising = rig.unplug;
    const order = terminalOrder();
    expect(await rig.pay(order)).toEqual({ kind: 'no-answer', reason: 'lost' });
    const other = new EcrHubTerminal({ timers: rig.timers, now: rig.timers.now });
    rig.serial.plug(other, { isPermitted: true });
    await rig.timers.advance(1_000);
    expect(await rig.ask(order)).toEqual({ kind: 'no-answer', reason: 'other-terminal' });
  });

  test('the gateway is out of reach: no answer', async () => {
    const { core, ask } = await connected();
    core.customer.setHostOnline(false);
    expect(await ask(terminalOrder())).toEqual({ kind: 'no-answer', reason: 'code-112' });
  });
});

describe('undoing an ECRHub order', () => {
  test('whose answer was lost is done once, by a number of its own', async () => {
    const { core, pay, undo } = await connected();
    const order = terminalOrder();
    await pay(order);
    core.faults.loseAnswers = true;
    expect(await undo(order)).toMatchObject({ kind: 'no-answer' });
    core.faults.loseAnswers = false;
    expect(await undo(order)).toEqual({ kind: 'reversed' });
    expect(core.books.find(`v${order.reference.slice(1)}`)).toMatchObject({ transType: '2', status: '2' });
  });

  test('that is settled already is still booked: the rest is a refund', async () => {
    const { core, pay, undo } = await connected();
    const order = terminalOrder();
    await pay(order);
    answers(core, 'ecrhub.pay.order', () => refused('ET008'));
    expect(await undo(order)).toMatchObject({ kind: 'approved' });
  });

  test('while the terminal sleeps is not done, and not forgotten', async () => {
    const { core, pay, undo } = await connected();
    const order = terminalOrder();
    await pay(order);
    core.faults.asleep = true;
    expect(await undo(order)).toMatchObject({ kind: 'no-answer' });
    core.faults.asleep = false;
    expect(await undo(order)).toEqual({ kind: 'reversed' });
    expect(core.books.charged).toBe(0);
  });
});

test.each([
  [minor(1_250), 'CNY', '12.50'],
  [minor(5), 'CNY', '0.05'],
  [minor(1_250), 'JPY', '1250'],
  [minor(1), 'KWD', '0.001'],
] as const)('%s %s is written %s, and read however many zeros it has', (amount, currency, text) => {
  expect(decimalAmount(amount, currency)).toBe(text);
  for (const same of [text, `0${text}`, `${text}${text.includes('.') ? '00' : '.0'}`])
    expect([same, isAmount(same, amount, currency)]).toEqual([same, true]);
  for (const other of [`1${text}`, '', 'x', `-${text}`, `${text}${text.includes('.') ? '01' : '.01'}`])
    expect([other, isAmount(other, amount, currency)]).toEqual([other, false]);
});
