import { request } from 'node:http';
import { beforeEach, describe, expect, test } from 'vitest';
import { sandboxKeys, startSandbox } from './start-sandbox.ts';
import { BankClient } from './testing/bank-client.ts';
import { ManualWorld } from './testing/manual-world.ts';
import { useSandbox } from './testing/sandbox-fixture.ts';
import { WechatClient } from './testing/wechat-client.ts';

const all = useSandbox();
let shop: WechatClient;
beforeEach(() => {
  shop = new WechatClient(all.sandbox.wechatpay, all.now);
});

/** A plain call to the admin API; fetch would add headers of a browser. */
function admin(method: string, path: string, value?: object, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; body: Record<string, unknown> }>((done, failed) => {
    const outgoing = request(all.sandbox.admin.url + path, { method, headers }, (incoming) => {
      let text = '';
      incoming.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      incoming.on('end', () => done({ status: incoming.statusCode ?? 0, body: JSON.parse(text) }));
    });
    outgoing.on('error', failed);
    outgoing.end(value === undefined ? undefined : JSON.stringify(value));
  });
}

describe('the admin API', () => {
  test('shows the books of all hosts or of one', async () => {
    await shop.codepay('ORDER-1', 1_250);
    const till = new BankClient(all.sandbox.bank);
    await till.open();
    await till.signIn();
    await till.ask(till.sale(300));
    till.close();
    expect((await admin('GET', '/books')).body['orders']).toHaveLength(2);
    expect((await admin('GET', '/books?host=bank')).body['orders']).toMatchObject([
      { host: 'bank', net: 300, state: 'paid' },
    ]);
  });

  test('takes rules, which then hold, and clears them', async () => {
    const match = { host: 'wechatpay', operation: 'pay', amount: 1_250 };
    const made = await admin('POST', '/rules', { match, behaviour: { decline: 'NOTENOUGH' }, times: 2 });
    expect(made).toMatchObject({ status: 201, body: { id: 1 } });
    expect((await shop.codepay('ORDER-1', 1_250)).body['code']).toBe('NOTENOUGH');
    expect((await admin('GET', '/rules')).body['rules']).toMatchObject([{ left: 1, amount: 1_250 }]);
    await admin('DELETE', '/rules');
    expect((await shop.codepay('ORDER-2', 1_250, '134567890123456780')).body['trade_state']).toBe('SUCCESS');
  });

  test.each([
    [{ behaviour: { answer: 'shout' } }, 'behaviour.answer'],
    [{ behaviour: { queries: -1 } }, 'behaviour.queries'],
    [{ behaviour: { colour: 'red' } }, 'behaviour.colour'],
    [{ match: { host: 'bankk' }, behaviour: {} }, 'match.host'],
    [{ match: { operation: 'steal' }, behaviour: {} }, 'match.operation'],
    [{ behaviour: {}, times: 1.5 }, 'times'],
  ])('refuses the rule %j', async (rule, code) => {
    expect(await admin('POST', '/rules', rule)).toEqual({ status: 400, body: { code } });
  });

  test('plays the customer, once', async () => {
    const reply = await shop.native('ORDER-1', 1_250, all.notify.url);
    const qr = reply.body['code_url'];
    expect(await admin('POST', '/customer', { qr, action: 'pay' })).toEqual({
      status: 200,
      body: { done: true },
    });
    expect((await admin('POST', '/customer', { order: 'ORDER-1', action: 'pay' })).status).toBe(409);
    expect((await admin('POST', '/customer', { order: 'ORDER-1', action: 'steal' })).status).toBe(400);
    await all.sandbox.admin.noticesIdle();
    expect((await admin('GET', '/notices')).body['notices']).toMatchObject([
      { order: 'ORDER-1', status: 200, taken: true },
    ]);
  });

  test.each([
    { origin: 'http://evil.example' },
    { 'sec-fetch-site': 'same-origin' },
    { host: 'evil.example' },
  ])('refuses a call with %j', async (headers) => {
    expect(await admin('GET', '/books', undefined, headers as Record<string, string>)).toMatchObject({
      status: 403,
    });
  });
});

test('a lost reversal is either lost before or after it acted', async () => {
  await shop.codepay('ORDER-1', 1_250);
  const lost = { host: 'wechatpay', operation: 'reverse', times: 1 } as const;
  all.sandbox.admin.addRule({ ...lost, behaviour: { answer: 'drop', booking: 'never' } });
  await expect(shop.reverse('ORDER-1')).rejects.toThrow();
  expect(all.books()).toMatchObject([{ state: 'paid', net: 1_250 }]);
  all.sandbox.admin.addRule({ ...lost, behaviour: { answer: 'drop' } });
  await expect(shop.reverse('ORDER-1')).rejects.toThrow();
  expect(all.books()).toMatchObject([{ state: 'reversed', net: 0 }]);
});

test('a taken port stops the start and leaves nothing open', async () => {
  const { clock, random, timer } = new ManualWorld();
  const taken = all.sandbox.bank.port;
  const starting = startSandbox({
    clock,
    random,
    timer,
    keys: sandboxKeys(new ManualWorld()),
    ports: { admin: taken },
  });
  await expect(starting).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
