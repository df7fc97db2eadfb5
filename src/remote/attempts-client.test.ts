import { describe, expect, test } from 'vitest';
import type { Attempt } from '../domain/attempt.ts';
import type { TillIdentity } from '../domain/journal.ts';
import { AttemptsClient } from './attempts-client.ts';
import { ServerClient } from './server-client.ts';

const attempt = {
  attemptId: 'a'.repeat(32),
  saleId: 'b'.repeat(32),
  tender: 'wechat',
  method: 'customer-code',
  amount: 1250,
  currency: 'CNY',
} as unknown as Attempt;

/** A server whose answers to /api/attempts* are given one by one; tokens are always won. */
function client(...answers: (() => Response | Promise<Response>)[]) {
  const asked: { path: string; body: unknown; token: string | null }[] = [];
  const json = (value: unknown, status = 200) => new Response(JSON.stringify(value), { status });
  const server = new ServerClient({
    fetch: async (path, init) => {
      if (init?.signal?.aborted === true) throw init.signal.reason;
      if (path === '/api/challenge') return json({ nonce: 'n'.repeat(43) });
      if (path === '/api/token') return json({ token: 't', expiresAt: 9_000_000 });
      asked.push({
        path: String(path),
        body: JSON.parse(String(init?.body)),
        token: new Headers(init?.headers).get('authorization'),
      });
      const next = answers.shift();
      if (next === undefined) throw new TypeError('no more answers');
      return next();
    },
    sign: async () => 'sig',
    identity: () =>
      ({ merchant: 'm-0000000000', till: '01', key: { kid: '0'.repeat(16) } }) as unknown as TillIdentity,
    now: () => 0,
  });
  return { money: new AttemptsClient(server), asked, json };
}
const limits = { answerMs: 1_000 };

describe('a charge over HTTP', () => {
  test('is told with its code and the token, and brings the answer', async () => {
    const { money, asked, json } = client(() => json({ state: 'approved', approval: { channelId: '4200' } }));
    const answer = await money.attempt({ attempt, subject: '小店', code: '1'.repeat(18) }, limits);
    expect(answer).toEqual({ kind: 'ok', value: { state: 'approved', approval: { channelId: '4200' } } });
    expect(asked).toEqual([
      {
        path: '/api/attempts',
        body: { contract: 1, attempt, subject: '小店', code: '1'.repeat(18) },
        token: 'Bearer t',
      },
    ]);
  });

  test('an answer that is not of our shape is no answer', async () => {
    const { money, json } = client(
      () => json({ state: 'paid' }),
      () => new Response('<html>', { status: 502 }),
      () => Promise.reject(new TypeError('network')),
    );
    for (let round = 0; round < 3; round += 1)
      expect(await money.query(attempt, limits)).toEqual({ kind: 'unreachable' });
  });

  test('a refusal keeps its code', async () => {
    const { money, json } = client(() => json({ code: 'rail-unavailable', message: 'no' }, 422));
    expect(await money.reverse(attempt, 'window', limits)).toMatchObject({
      kind: 'refused',
      problem: { code: 'rail-unavailable' },
    });
  });

  test('silence ends with the deadline, and an aborted charge leaves nothing', async () => {
    const { money, asked } = client(() => new Promise<Response>(() => undefined));
    expect(await money.attempt({ attempt, subject: '' }, { answerMs: 30 })).toEqual({ kind: 'unreachable' });
    const stopped = AbortSignal.abort();
    expect(await money.attempt({ attempt, subject: '' }, { ...limits, signal: stopped })).toEqual({
      kind: 'unreachable',
    });
    expect(asked).toHaveLength(1);
  });
});
