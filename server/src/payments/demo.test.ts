import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AttemptAnswerSchema, BalanceResponseSchema, RailsSchema } from '../../../src/contract/api.ts';
import type { Attempt } from '../../../src/domain/attempt.ts';
import { newAttemptId, newSaleId } from '../../../src/domain/ids.ts';
import { minor } from '../../../src/domain/money.ts';
import type { Wallet } from '../../../src/domain/tender.ts';
import { swiped } from '../acquirers/iso8583/testing/adapter-fixture.ts';
import { FakeTill, jsonPost } from '../testing/fake-till.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const random = { bytes: (length: number) => crypto.getRandomValues(new Uint8Array(length)) };
/** Beginnings of pay codes. A code is good once, so every payment gets one of its own. */
const PREFIXES: Readonly<Record<Wallet, string>> = { wechat: '13', alipay: '28', 'unionpay-qr': '62' };
const DIGITS: Readonly<Record<Wallet, number>> = { wechat: 18, alipay: 18, 'unionpay-qr': 19 };
let codes = 0;
const newCode = (wallet: Wallet): string => {
  codes += 1;
  return `${PREFIXES[wallet]}${String(codes).padStart(DIGITS[wallet] - 2, '0')}`;
};
const HOSTS = { wechat: 'wechatpay', alipay: 'alipay', 'unionpay-qr': 'unionpay-qr' } as const;

let server: TestServer;
let till: FakeTill;
let headers: Record<string, string>;
beforeAll(async () => {
  server = await startTestServer({ demo: true });
  const clock = { now: () => Date.now(), mono: () => performance.now() };
  till = await FakeTill.enrol({ call: server.call, clock, random });
  headers = { authorization: `Bearer ${await till.token()}` };
});
afterAll(() => server.stop());

const attemptOf = (tender: Wallet, change: Partial<Attempt> = {}): Attempt => ({
  attemptId: newAttemptId(random),
  saleId: newSaleId(random),
  tender,
  method: 'customer-code',
  amount: minor(1_000),
  currency: 'CNY',
  ...change,
});
async function call(path: string, body: object) {
  const response = await server.call(path, jsonPost({ contract: 1, ...body }, headers));
  const answer = await response.json();
  expect(response.status, JSON.stringify(answer)).toBe(200);
  return AttemptAnswerSchema.parse(answer);
}
const post = (attempt: Attempt) =>
  call('/api/attempts', {
    attempt,
    subject: '晨光小店',
    ...(attempt.method === 'customer-code' && attempt.original === undefined
      ? { code: newCode(attempt.tender as Wallet) }
      : {}),
  });
const query = (attempt: Attempt) => call('/api/attempts/query', { attempt });
const reverse = (attempt: Attempt) => call('/api/attempts/reverse', { attempt, reason: 'operator' });
const heldOf = async (attempt: Attempt) =>
  (await server.sandbox()).admin.books().filter((each) => each.order === attempt.attemptId);

describe('demo mode, over real sockets to the sandbox hosts', () => {
  it('offers every rail and says that it is a demo', async () => {
    const rails = RailsSchema.parse(await (await server.call('/api/rails', { headers })).json());
    expect(rails.demo).toBe(true);
    expect(rails.rails.map(({ tender, method }) => `${tender}/${method}`)).toEqual(
      expect.arrayContaining(
        Object.keys(HOSTS).flatMap((each) => [`${each}/customer-code`, `${each}/shop-code`]),
      ),
    );
  });

  describe.each(['wechat', 'alipay', 'unionpay-qr'] as const)('%s', (tender) => {
    it('takes a pay code, and gives part of it back, never more', async () => {
      const attempt = attemptOf(tender);
      const paid = await post(attempt);
      expect(paid).toMatchObject({ state: 'approved', approval: { demo: true } });
      expect(await query(attempt)).toEqual(paid);
      const { saleId, attemptId: original } = attempt;
      const back = (amount: number) =>
        attemptOf(tender, { saleId, purpose: 'refund', original, amount: minor(amount) });
      expect((await post(back(400))).state).toBe('approved');
      const more = await server.call(
        '/api/attempts',
        jsonPost({ contract: 1, attempt: back(601), subject: 'x' }, headers),
      );
      expect(more.status).toBe(422);
      expect(await heldOf(attempt)).toMatchObject([{ paid: 1_000, refunded: 400 }]);
    });

    it('learns the end of a payment whose answer was lost', async () => {
      const attempt = attemptOf(tender);
      const { admin } = await server.sandbox();
      admin.addRule({ host: HOSTS[tender], operation: 'pay', behaviour: { answer: 'drop' }, times: 1 });
      await post(attempt); // Whether a library asks again by itself differs from one to the other.
      await expect.poll(async () => (await query(attempt)).state).toBe('approved');
      expect(await heldOf(attempt)).toMatchObject([{ paid: 1_000, refunded: 0 }]);
    });

    it('shows a code, hears of its payment by a callback, and closes one that nobody paid', async () => {
      const attempt = attemptOf(tender, { method: 'shop-code' });
      const shown = await post(attempt);
      expect(shown).toMatchObject({ state: 'waiting', code: { text: expect.any(String) } });
      const { admin } = await server.sandbox();
      expect(admin.customer(shown.code!.text, 'pay')).toBe(true);
      await expect.poll(() => server.logs.join('')).toContain(attempt.attemptId);
      await admin.noticesIdle();
      expect(
        server.logs.some((line) => line.includes('"end":"taken"') && line.includes(attempt.attemptId)),
      ).toBe(true);
      expect((await query(attempt)).state).toBe('approved');
      const unpaid = attemptOf(tender, { method: 'shop-code' });
      await post(unpaid);
      expect((await reverse(unpaid)).state).toBe('reversed');
    });
  });

  describe('a card on a reader', () => {
    const cardOf = (change: Partial<Attempt> = {}): Attempt => ({
      ...attemptOf('wechat'),
      tender: 'card',
      method: 'reader',
      ...change,
    });
    const pay = (attempt: Attempt) =>
      call('/api/attempts', {
        attempt,
        subject: 'x',
        ...(attempt.original === undefined ? { card: swiped() } : {}),
      });
    const netOf = async (before: number) => (await bankNet()) - before;
    const bankNet = async () =>
      (await server.sandbox()).admin
        .books()
        .filter((each) => each.host === 'bank')
        .reduce((all, each) => all + each.net, 0);

    it('pays, is voided, and has every line of a slip', async () => {
      const before = await bankNet();
      const sale = cardOf();
      const paid = await pay(sale);
      expect(paid).toMatchObject({
        state: 'approved',
        approval: {
          demo: true,
          card: '476173******0010',
          trace: expect.any(String),
          batch: expect.any(String),
        },
      });
      expect(await query(sale)).toEqual(paid);
      expect(await netOf(before)).toBe(1_000);
      const { saleId, attemptId: original } = sale;
      expect((await pay(cardOf({ saleId, original, purpose: 'void' }))).state).toBe('approved');
      expect(await netOf(before)).toBe(0);
    });

    it('whose answer is lost is reversed until the bank has answered', async () => {
      const before = await bankNet();
      const { admin } = await server.sandbox();
      admin.addRule({ host: 'bank', operation: 'pay', behaviour: { answer: 'drop' }, times: 1 });
      const sale = cardOf();
      expect((await pay(sale)).state).toBe('unknown');
      await expect.poll(async () => (await reverse(sale)).state).toBe('reversed');
      expect(await netOf(before)).toBe(0);
    });

    it('is authorised and completed', async () => {
      const held = cardOf({ purpose: 'authorisation' });
      expect((await pay(held)).state).toBe('approved');
      const { saleId, attemptId: original } = held;
      const completion = cardOf({ saleId, original, purpose: 'completion', amount: minor(800) });
      expect((await pay(completion)).state).toBe('approved');
    });

    it('tells its balance, and leaves no card number in the log', async () => {
      const response = await server.call('/api/balance', jsonPost({ contract: 1, card: swiped() }, headers));
      expect(BalanceResponseSchema.parse(await response.json()).currency).toBe('CNY');
      expect(server.logs.join('')).not.toContain('4761739001010010');
    });
  });

  it('undoes an Alipay payment that the till has not seen', async () => {
    const attempt = attemptOf('alipay');
    await post(attempt);
    expect((await reverse(attempt)).state).toBe('reversed');
  });
});
