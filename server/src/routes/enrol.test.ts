import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SetupSchema } from '../../../src/contract/api.ts';
import { newSigner } from '../../../src/domain/chain.ts';
import { CODE_LIFETIME_MS } from '../access/enrolment.ts';
import { officeCode } from '../testing/answers.ts';
import { enrolRequest, jsonPost, TEST_OWNER, TEST_SHOP } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
beforeEach(async () => {
  server = await openTestApp();
});
afterEach(() => server.close());

const setup = async (init?: RequestInit, from = server.call) =>
  SetupSchema.parse(await (await from('/api/setup', init)).json());
const enrol = async (request: unknown, from = server.call) => {
  const response = await from('/api/enrol', jsonPost(request));
  return {
    status: response.status,
    ...((await response.json()) as { code?: string; merchant?: string; till?: string }),
  };
};

describe('the set-up code', () => {
  it('is told to a page on the same machine while there is no shop, the same each time', async () => {
    const first = await setup();
    expect(first).toMatchObject({ fresh: true, contract: 1 });
    expect(first.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/);
    expect((await setup()).code).toBe(first.code);
  });

  it('is not told to other machines, through a proxy, or to a name that only points here', async () => {
    expect(await setup({}, server.from('192.168.1.7'))).not.toHaveProperty('code');
    expect(await setup({ headers: { 'x-forwarded-for': '127.0.0.1' } })).not.toHaveProperty('code');
    expect(await setup({ headers: { forwarded: 'for=127.0.0.1' } })).not.toHaveProperty('code');
    expect(await setup({ headers: { host: 'evil.example' } })).not.toHaveProperty('code');
    expect(await setup({ headers: { host: 'localhost:8080' } })).toHaveProperty('code');
  });

  it('makes one shop, and is spent for every other key', async () => {
    const { code } = await setup();
    const signer = await newSigner();
    const made = await enrol(await enrolRequest(code!, signer, true));
    expect(made).toMatchObject({ status: 200, till: 'A1' });
    expect(made.merchant).toMatch(/^m-[0-9A-HJKMNP-TV-Z]{10}$/);
    expect(await setup()).toMatchObject({ fresh: false });
    expect(await setup()).not.toHaveProperty('code');
    expect(await enrol(await enrolRequest(code!, await newSigner(), true))).toMatchObject({
      status: 403,
      code: 'code-spent',
    });
    // The first answer may have been lost on the way: the same key asks again and hears the same.
    expect(await enrol(await enrolRequest(code!, signer, true))).toEqual(made);
    expect(await server.counts()).toMatchObject({ merchant: 1, till: 1, till_key: 1 });
  });

  it('makes one shop even when two pages use it at once', async () => {
    const { code } = await setup();
    const requests = await Promise.all(
      [newSigner(), newSigner()].map(async (each) => enrolRequest(code!, await each, true)),
    );
    const answers = await Promise.all(requests.map((each) => enrol(each)));
    expect(answers.map((each) => each.status).sort()).toEqual([200, 403]);
    expect(await server.counts()).toMatchObject({ merchant: 1, till: 1 });
  });

  it('refuses without a trace what it cannot use', async () => {
    const { code } = await setup();
    const signer = await newSigner();
    const good = await enrolRequest(code!, signer, true);
    const other = await newSigner();
    const before = await server.counts();
    const cases: readonly (readonly [string, unknown, string])[] = [
      ['a wrong code', await enrolRequest('0000-0000', signer, true), 'code-unknown'],
      [
        'a proof by another key',
        { ...good, proof: (await enrolRequest(code!, other, true)).proof },
        'proof-invalid',
      ],
      [
        'a key id that is not of the key',
        { ...good, key: { ...good.key, kid: '0'.repeat(16) } },
        'proof-invalid',
      ],
      ['a key that is none', { ...good, key: { ...good.key, publicKey: 'AAAA' } }, 'proof-invalid'],
      ['no shop', { ...good, shop: undefined }, 'malformed-body'],
      ['no owner', { ...good, owner: undefined }, 'malformed-body'],
      ['an owner who is a cashier', { ...good, owner: { ...TEST_OWNER, role: 'cashier' } }, 'malformed-body'],
      [
        'a time zone that is not on this earth',
        { ...good, shop: { ...TEST_SHOP, timeZone: 'Mars/Olympus' } },
        'malformed-body',
      ],
      ['a contract from another time', { ...good, contract: 99 }, 'unsupported-contract'],
    ];
    for (const [name, request, expected] of cases) {
      const from = server.from(`10.0.0.${cases.findIndex((each) => each[0] === name)}`);
      expect([name, (await enrol(request, from)).code]).toEqual([name, expected]);
    }
    expect(await server.counts()).toEqual(before);
    expect(await enrol(good)).toMatchObject({ status: 200 });
  });
});

describe('codes from the office', () => {
  it('add a till once, within a day', async () => {
    const till = await server.enrolTill();
    const code = await officeCode(server.call, till);
    const second = await server.enrolTill(code);
    expect([second.merchant, second.till]).toEqual([till.merchant, 'A2']);
    expect(second.enrolment.head).toBeUndefined();
    await expect(server.enrolTill(code)).rejects.toThrow('code-spent');
    const late = await officeCode(server.call, till);
    server.clock.advance(CODE_LIFETIME_MS);
    await expect(server.enrolTill(late)).rejects.toThrow('code-unknown');
  });

  it('give a till a new key and tell it where it was', async () => {
    const till = await server.enrolTill();
    const entries = await till.sell(2);
    await till.send(entries);
    const reborn = await server.enrolTill(await officeCode(server.call, till, 'A1'));
    expect(reborn.till).toBe('A1');
    expect(reborn.enrolment.head).toEqual({ epoch: entries[1]!.entry.epoch, seq: 2, hash: entries[1]!.hash });
  });

  it('are kept as hashes only', async () => {
    const till = await server.enrolTill();
    const code = await officeCode(server.call, till);
    const rows = await server.database.read((sql) => sql.all('SELECT * FROM enrolment_code'));
    expect(JSON.stringify(rows)).not.toContain(code);
  });
});

it('stops guessing: 10 enrolments a minute from one address, and others are not held up', async () => {
  const request = await enrolRequest('0000-0000', await newSigner(), true);
  const codes: (string | undefined)[] = [];
  for (let guess = 0; guess < 12; guess += 1)
    codes.push((await enrol(request, server.from('10.1.1.1'))).code);
  expect(codes.slice(9)).toEqual(['code-unknown', 'too-many-requests', 'too-many-requests']);
  expect((await enrol(request, server.from('10.1.1.2'))).code).toBe('code-unknown');
  server.clock.advance(6_000);
  expect((await enrol(request, server.from('10.1.1.1'))).code).toBe('code-unknown');
});
