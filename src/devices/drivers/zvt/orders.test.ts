import { describe, expect, test } from 'vitest';
import { terminalOrder } from '../../testing/terminal-orders.ts';
import { zvtRig } from '../../testing/zvt-rig.ts';

describe('a ZVT order', () => {
  test('comes after a registration, on a line of two stop bits', async () => {
    const { pay, port, commands, terminal } = await zvtRig();
    expect(await pay(terminalOrder())).toMatchObject({
      kind: 'approved',
      approval: {
        channelId: '0002',
        terminalNumber: '52500041',
        card: '476173******0119',
        authCode: '482913',
        issuer: 'Visa',
      },
    });
    await pay(terminalOrder());
    expect(port().opening).toMatchObject({ baudRate: 9_600, stopBits: 2 });
    expect(commands).toEqual(['0600', '0601', '0601']);
    expect(terminal.kept.session?.health).toEqual({ serial: '52500041' });
  });

  test('by hand: PIN, signature, red key', async () => {
    const { core, terminal, timers } = await zvtRig();
    core.customer.plan({ as: 'approve', pin: true, signature: true });
    const signed = terminal.pay(terminalOrder(), new AbortController().signal);
    await timers.advance(5_000);
    expect(await signed).toMatchObject({ kind: 'approved' });
    core.customer.plan({ as: 'person' });
    const stopped = terminal.pay(terminalOrder(), new AbortController().signal);
    await timers.advance(1_000);
    core.customer.pressRed();
    await timers.advance(1_000);
    expect(await stopped).toEqual({ kind: 'declined', reason: 'cancelled' });
  });

  test('receipts that come line by line are acknowledged', async () => {
    const { pay } = await zvtRig({ printsOnTill: true });
    expect(await pay(terminalOrder())).toMatchObject({ kind: 'approved' });
  });

  test('a terminal that shows the whole card is not repeated', async () => {
    const { core, pay, stored } = await zvtRig();
    core.books.showsCard = true;
    const answer = await pay(terminalOrder());
    expect(answer).toMatchObject({ kind: 'approved', approval: { card: '476173******0119' } });
    expect(JSON.stringify([answer, [...stored.values()]])).not.toContain('47617390');
  });

  test.each([
    ['refund', '0631', 'refund'],
    ['authorisation', '0622', 'reservation'],
  ] as const)('%s', async (purpose, command, kind) => {
    const { core, pay, commands } = await zvtRig();
    const sale = terminalOrder();
    const paid = await pay(sale);
    if (paid.kind !== 'approved') throw new Error(paid.kind);
    const original = { reference: sale.reference, approval: paid.approval };
    expect(await pay(terminalOrder({ purpose, original }))).toMatchObject({ kind: 'approved' });
    expect([commands.at(-1), core.books.last]).toMatchObject([command, { kind, amount: 1_250 }]);
  });

  test.each([
    ['void', '0630'],
    ['completion', '0624'],
    ['authorisation-cancel', '0625'],
  ] as const)('%s names its original by the receipt number', async (purpose, command) => {
    const { pay, commands } = await zvtRig();
    const sale = terminalOrder();
    const paid = await pay(sale);
    if (paid.kind !== 'approved') throw new Error(paid.kind);
    const original = { reference: sale.reference, approval: paid.approval };
    expect(await pay(terminalOrder({ purpose, original }))).toMatchObject({ kind: 'approved' });
    expect(commands.at(-1)).toBe(command);
    const foreign = { reference: sale.reference, approval: { channelId: '5021000000000000000001' } };
    expect(await pay(terminalOrder({ purpose, original: foreign }))).toEqual({
      kind: 'declined',
      reason: 'original-unknown',
    });
  });

  test('a terminal that does not answer gets no order', async () => {
    const rig = await zvtRig();
    rig.core.line.faults.deafTo = 0x0600;
    expect(await rig.pay(terminalOrder())).toEqual({ kind: 'declined', reason: 'silent' });
    expect(rig.commands).not.toContain('0601');
  });

  test('a terminal that says "please wait" to an order has not refused it', async () => {
    const rig = await zvtRig();
    await rig.pay(terminalOrder());
    rig.core.customer.plan({ as: 'person' });
    // Somebody else's till has begun a payment on it.
    rig.core.babble(new Uint8Array());
    rig.core.receive(Uint8Array.from([0x10, 2, 6, 1, 7, 4, 0, 0, 0, 0, 0x12, 0, 0x10, 3, 0xda, 0x24]));
    const order = terminalOrder();
    expect(await rig.pay(order)).toMatchObject({ kind: 'no-answer' });
    rig.core.customer.pressRed();
    await rig.timers.advance(60_000);
    expect(await rig.ask(order)).toEqual({ kind: 'not-found' });
  });

  test.each(['', '00000', 'abcdef'])('the password %j is none', async (password) => {
    const { pay } = await zvtRig({ password });
    expect(await pay(terminalOrder())).toEqual({ kind: 'declined', reason: 'not-set-up' });
  });

  test('called off while the bank is asked: no answer, and then the truth', async () => {
    const { core, terminal, timers, ask } = await zvtRig();
    const stop = new AbortController();
    const order = terminalOrder();
    core.onAuthorising = () => stop.abort();
    const answer = terminal.pay(order, stop.signal);
    await timers.advance(4_000);
    expect((await answer).kind).not.toBe('declined');
    expect(await ask(order)).toMatchObject({ kind: 'approved' });
  });
});
