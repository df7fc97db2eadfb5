import { describe, expect, it } from 'vitest';
import { minor } from '../../../src/domain/money.ts';
import { FakeAcquirer } from '../testing/fake-acquirer.ts';
import { openPaymentTill } from '../testing/payment-till.ts';
import { openTestApp } from '../testing/test-app.ts';

async function open() {
  const bank = new FakeAcquirer('iso8583', [{ tender: 'card', method: 'reader' }]);
  const wechat = new FakeAcquirer();
  const server = await openTestApp({ acquirers: [wechat, bank] });
  const till = await openPaymentTill(server);
  const card = {
    entry: 'chip',
    scheme: 'dukpt-aes',
    ksn: '00112233445566778899AABB',
    track: '00112233445566778899AABBCCDDEEFF',
  };
  const paid = till.attempt();
  await till.post(paid);
  const back = (amount: number, original = paid) =>
    till.attempt({
      saleId: original.saleId,
      purpose: 'refund',
      original: original.attemptId,
      amount: minor(amount),
    });
  return { server, wechat, bank, till, card, paid, back };
}

describe('a refund', () => {
  it('gives back part by part, and never more than was paid', async () => {
    const { server, till, wechat, paid, back } = await open();
    expect((await till.post(back(600))).state).toBe('approved');
    expect(await till.refusal(back(401))).toEqual([422, 'amount-beyond-original']);
    expect((await till.post(back(400))).state).toBe('approved');
    expect(await till.refusal(back(1))).toEqual([422, 'amount-beyond-original']);
    expect(wechat.held(paid.attemptId)).toBe(0);
    await server.close();
  });

  it('of unknown end counts as given back until it is known not to be', async () => {
    const { server, till, wechat, back } = await open();
    wechat.next('refund', 'lost');
    const first = back(600);
    expect((await till.post(first)).state).toBe('unknown');
    expect(await till.refusal(back(600))).toEqual([422, 'amount-beyond-original']);
    server.clock.advance(45_000);
    expect((await till.reverse(first)).state).toBe('reversed');
    expect((await till.post(back(600))).state).toBe('approved');
    await server.close();
  });

  it('two at once never give back more than there is', async () => {
    const { server, till, wechat, paid, back } = await open();
    const answers = await Promise.all([600, 600, 600].map((amount) => till.postRaw(back(amount))));
    expect(answers.map((each) => each.status).sort()).toEqual([200, 422, 422]);
    expect(wechat.held(paid.attemptId)).toBe(400);
    await server.close();
  });

  it('of a refund, of another tender, of something unknown or of something unpaid is refused', async () => {
    const { server, till, wechat, paid, back } = await open();
    const first = back(100);
    await till.post(first);
    const unknown = [422, 'original-unknown'];
    expect(await till.refusal(back(50, first))).toEqual(unknown);
    expect(await till.refusal({ ...back(50), tender: 'card', method: 'reader' })).toEqual(unknown);
    expect(await till.refusal({ ...back(50), currency: 'USD' })).toEqual(unknown);
    expect(await till.refusal(back(50, till.attempt()))).toEqual(unknown);
    wechat.next('pay', 'decline');
    const declined = till.attempt();
    await till.post(declined);
    expect(await till.refusal(back(50, declined))).toEqual(unknown);
    expect(await till.refusal(till.attempt({ purpose: 'refund' }))).toEqual([400, 'malformed-body']);
    expect(await till.refusal(till.attempt({ original: paid.attemptId }))).toEqual([400, 'malformed-body']);
    await server.close();
  });

  it('cannot be taken back: undoing it only learns its end', async () => {
    const { server, till, wechat, paid, back } = await open();
    wechat.next('refund', 'silent');
    const refund = back(300);
    await till.post(refund);
    expect(await till.reverse(refund)).toMatchObject({ state: 'approved' });
    expect(await till.reverse(refund)).toMatchObject({ state: 'approved', reason: 'cannot-undo' });
    expect(wechat.held(paid.attemptId)).toBe(700);
    await server.close();
  });

  it('stands in the way of undoing its payment', async () => {
    const { server, till, wechat, paid, back } = await open();
    await till.post(back(300));
    server.clock.advance(15_000);
    expect(await till.reverse(paid)).toMatchObject({ state: 'approved', reason: 'referred-to' });
    expect(wechat.held(paid.attemptId)).toBe(700);
    await server.close();
  });
});

describe('a void', () => {
  it('is for all of a payment that nothing else has touched', async () => {
    const { server, till, wechat, paid, back } = await open();
    expect(await till.refusal({ ...back(999), purpose: 'void' })).toEqual([422, 'amount-beyond-original']);
    expect((await till.post({ ...back(1_000), purpose: 'void' })).state).toBe('approved');
    expect(await till.refusal(back(1))).toEqual([422, 'amount-beyond-original']);
    expect(wechat.held(paid.attemptId)).toBe(0);
    await server.close();
  });
});

describe('a pre-authorisation', () => {
  it('is completed once, up to 115 %, and cancelled only while it is held', async () => {
    const { server, till, bank, card } = await open();
    const held = till.attempt({ tender: 'card', method: 'reader', purpose: 'authorisation' });
    const of = (purpose: 'completion' | 'authorisation-cancel', amount: number) =>
      till.attempt({
        tender: 'card',
        method: 'reader',
        purpose,
        original: held.attemptId,
        amount: minor(amount),
      });
    expect((await till.post(held, { card })).state).toBe('approved');
    expect(await till.refusal(of('completion', 1_151))).toEqual([422, 'amount-beyond-original']);
    expect(await till.refusal(of('authorisation-cancel', 900))).toEqual([422, 'amount-beyond-original']);
    const completion = of('completion', 1_150);
    expect((await till.post(completion)).state).toBe('approved');
    expect(await till.refusal(of('completion', 10))).toEqual([422, 'amount-beyond-original']);
    expect(await till.refusal(of('authorisation-cancel', 1_000))).toEqual([422, 'amount-beyond-original']);
    const cancel = till.attempt({
      tender: 'card',
      purpose: 'completion-cancel',
      original: completion.attemptId,
      amount: minor(1_150),
    });
    expect((await till.post(cancel)).state).toBe('approved');
    expect(bank.orders.at(-1)?.original).toMatchObject({
      reference: completion.attemptId,
      purpose: 'completion',
    });
    await server.close();
  });

  it('on a reader needs the card', async () => {
    const { server, till } = await open();
    const held = till.attempt({ tender: 'card', method: 'reader', purpose: 'authorisation' });
    expect(await till.refusal(held)).toEqual([400, 'malformed-body']);
    await server.close();
  });
});
