import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface CaughtNotice {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A shop's notify address: keeps what comes and answers as told. */
export async function catchNotices(): Promise<{
  readonly url: string;
  readonly caught: CaughtNotice[];
  answer: { status: number; body: string };
  close(): Promise<void>;
}> {
  const caught: CaughtNotice[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      caught.push({
        path: incoming.url ?? '',
        headers: incoming.headers,
        body: Buffer.concat(chunks).toString(),
      });
      outgoing.writeHead(catcher.answer.status).end(catcher.answer.body);
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const catcher = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/notify?shop=1`,
    caught,
    answer: { status: 200, body: 'success' },
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return catcher;
}
