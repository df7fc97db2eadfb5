import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChallengeSchema, HeadResponseSchema } from '../../../src/contract/api.ts';
import { headOf, newSigner, signBytes } from '../../../src/domain/chain.ts';
import { NONCE_LIFETIME_MS, TOKEN_LIFETIME_MS } from '../access/gate.ts';
import { type FakeTill, jsonPost } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let till: FakeTill;
beforeEach(async () => {
  server = await openTestApp();
  till = await server.enrolTill();
});
afterEach(() => server.close());

const challenge = async () => ChallengeSchema.parse(await (await server.call('/api/challenge')).json()).nonce;
const answer = async (nonce: string, signer = till.signer) => ({
  merchant: till.merchant,
  till: till.till,
  nonce,
  kid: till.signer.key.kid,
  sig: await signBytes(signer, new TextEncoder().encode(nonce)),
});
const status = async (request: unknown) => (await server.call('/api/token', jsonPost(request))).status;
const head = async (token: string) =>
  server.call('/api/head', { headers: { authorization: `Bearer ${token}` } });

describe('a token', () => {
  it('is won by signing a nonce, once, within a minute', async () => {
    const request = await answer(await challenge());
    expect([await status(request), await status(request)]).toEqual([200, 401]);
    const late = await answer(await challenge());
    server.clock.advance(NONCE_LIFETIME_MS);
    expect(await status(late)).toBe(401);
  });

  it('is not given for a nonce of ones own, another key or another till', async () => {
    expect(await status(await answer('A'.repeat(43)))).toBe(401);
    expect(await status(await answer(await challenge(), await newSigner()))).toBe(401);
    expect(await status({ ...(await answer(await challenge())), till: 'A2' })).toBe(401);
    expect(await status({ ...(await answer(await challenge())), merchant: 'm-0000000000' })).toBe(401);
  });

  it('opens the head, countersigned, for ten minutes', async () => {
    const token = await till.token();
    expect(HeadResponseSchema.parse(await (await head(token)).json()).countersigned).toBeUndefined();
    const entries = await till.sell(2);
    await till.send(entries);
    const { countersigned } = HeadResponseSchema.parse(await (await head(token)).json());
    expect(countersigned?.head).toEqual(headOf(entries[1]!));
    server.clock.advance(TOKEN_LIFETIME_MS);
    expect((await head(token)).status).toBe(401);
  });

  it('is asked for by every call that needs one', async () => {
    expect((await server.call('/api/head')).status).toBe(401);
    expect((await head('x'.repeat(43))).status).toBe(401);
    expect((await server.call('/api/office-ticket', { method: 'POST' })).status).toBe(401);
  });

  it('is not kept in clear, nor is any nonce', async () => {
    const token = await till.token();
    const dump = await server.database.read((sql) => sql.all('SELECT * FROM server_state'));
    expect(JSON.stringify(dump) + server.logs.join('')).not.toContain(token);
  });
});

it('limits challenges from one address', async () => {
  const from = server.from('10.2.2.2');
  const codes = [];
  for (let at = 0; at < 61; at += 1) codes.push((await from('/api/challenge')).status);
  expect([codes[59], codes[60]]).toEqual([200, 429]);
});
