import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { FakeClock, seededRandom } from '../../testing/fake-clock.ts';
import { PATIENT } from '../shared/testing/orders.ts';
import { createClient, type WechatClient } from './client.ts';
import { TEST_CONFIG } from './testing/signed-host.ts';

/** A bill of two megabytes: more than any other answer may have. */
const BILL = Buffer.alloc(2 * 1024 * 1024, 'a');

let server: Server;
let client: WechatClient;
let methods: string[];
beforeEach(async () => {
  methods = [];
  server = createServer((request, response) => {
    methods.push(request.method ?? '');
    response.writeHead(request.url?.startsWith('/v3/gone') ? 404 : 200, { 'content-type': 'text/plain' });
    response.end(BILL);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  client = await createClient(
    { ...TEST_CONFIG, origin: `http://127.0.0.1:${port}` },
    { clock: new FakeClock(), random: seededRandom(1) },
  );
});
afterEach(async () => {
  client.stop();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it('a bill is taken byte by byte, though nobody signed it: its hash is compared by the caller', async () => {
  const bill = await client.download('/v3/billdownload/file?token=x', PATIENT);
  expect(bill !== undefined && BILL.equals(bill)).toBe(true);
  expect(methods).toEqual(['GET']);
});

it('a bill that is not there is none, nor one that nobody waits for', async () => {
  expect(await client.download('/v3/gone', PATIENT)).toBeUndefined();
  expect(await client.download('/v3/billdownload/file', AbortSignal.abort())).toBeUndefined();
});

it('a bill is taken as well where something else than sockets fetches it', async () => {
  const over = await createClient(TEST_CONFIG, {
    clock: new FakeClock(),
    random: seededRandom(1),
    fetch: async (input) => {
      const isGone = String(input instanceof Request ? input.url : input).includes('gone');
      return new Response(isGone ? null : BILL, { status: isGone ? 404 : 200 });
    },
  });
  const bill = await over.download('/v3/billdownload/file?token=x', PATIENT);
  expect(bill !== undefined && BILL.equals(bill)).toBe(true);
  expect(await over.download('/v3/gone', PATIENT)).toBeUndefined();
  over.stop();
});

it('an answer that nobody signed is taken for nothing else', async () => {
  const answer = await client.call({ method: 'get', url: '/v3/x', signal: PATIENT });
  expect(answer).toHaveProperty('fault');
});
