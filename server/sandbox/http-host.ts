import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Timer } from './world.ts';

/** Longest request body a host reads, bytes. */
const BODY_MAX = 1_048_576;

export interface HostRequest {
  readonly method: string;
  /** Path with its query, as on the wire: signatures cover it. */
  readonly target: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** An answer, perhaps late and then made at the last moment; or a cut connection; or nothing at all. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: () => HttpAnswer; readonly delayMs: number }
  | { readonly kind: 'drop' }
  | { readonly kind: 'silence' };

export interface RunningHost {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

export const answer = (
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string | Uint8Array,
): Reply => ({
  kind: 'answer',
  answer: () => ({ status, headers, body }),
  delayMs: 0,
});

export const jsonAnswer = (status: number, value: unknown): Reply =>
  answer(status, { 'content-type': 'application/json; charset=utf-8' }, JSON.stringify(value));

/** Serves one host on loopback. `port` 0 takes any free one. */
export async function serveHttp(
  handle: (request: HostRequest) => Promise<Reply> | Reply,
  port: number,
  timer: Timer,
): Promise<RunningHost> {
  const server = createServer((incoming, outgoing) => {
    respond(handle, incoming, outgoing, timer).catch(() => outgoing.destroy());
  });
  const address = await listen(server, port);
  return { port: address.port, url: `http://127.0.0.1:${address.port}`, close: () => closeServer(server) };
}

async function respond(
  handle: (request: HostRequest) => Promise<Reply> | Reply,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  timer: Timer,
): Promise<void> {
  const body = await readBody(incoming);
  if (body === undefined) {
    outgoing.writeHead(413).end();
    return;
  }
  const target = incoming.url ?? '/';
  const url = new URL(target, 'http://127.0.0.1');
  const reply = await handle({
    method: incoming.method ?? 'GET',
    target,
    path: url.pathname,
    query: url.searchParams,
    headers: flatHeaders(incoming),
    body,
  });
  if (reply.kind === 'drop') outgoing.destroy();
  if (reply.kind !== 'answer') return;
  const send = (): void => {
    if (outgoing.destroyed) return;
    const { status, headers, body: text } = reply.answer();
    outgoing.writeHead(status, headers).end(text);
  };
  if (reply.delayMs > 0) timer.after(reply.delayMs, send);
  else send();
}

async function readBody(incoming: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size > BODY_MAX) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function flatHeaders(incoming: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return headers;
}

function listen(server: Server, port: number): Promise<AddressInfo> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') failed(new Error('no-tcp-address'));
      else done(address);
    });
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    // Silent answers keep their connections open on purpose; they end with the host.
    server.closeAllConnections();
  });
}
