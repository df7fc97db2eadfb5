import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock, Random } from '../../../../../src/domain/clock.ts';
import type { Method, Wallet } from '../../../../../src/domain/tender.ts';
import type { HostId } from '../../../../sandbox/behaviour.ts';
import type { BookView } from '../../../../sandbox/books.ts';
import { type Sandbox, sandboxKeys, startSandbox } from '../../../../sandbox/start-sandbox.ts';
import { ManualWorld } from '../../../../sandbox/testing/manual-world.ts';
import type { Acquirer, Notice, NoticeRefusal, NoticeRequest, PayOrder } from '../../acquirer.ts';
import { referenceMaker, saleOrder } from './orders.ts';

/** One wallet to be put through the conformance suite. */
export interface WalletSubject {
  readonly host: Exclude<HostId, 'bank'>;
  readonly tender: Wallet;
  /** A pay code of this wallet; the last digits are drawn. */
  readonly codePrefix: string;
  readonly codeLength: number;
  make(sandbox: Sandbox, notifyUrl: string, deps: { clock: Clock; random: Random }): Promise<Acquirer>;
}

export type Heard = { readonly notice: Notice } | { readonly refused: NoticeRefusal };

/** A sandbox whose time stands still, an adapter to it, and our end of the callbacks. */
export interface WalletBench {
  readonly world: ManualWorld;
  readonly sandbox: Sandbox;
  readonly acquirer: Acquirer;
  readonly heard: readonly Heard[];
  /** The callbacks as they came. */
  readonly callbacks: readonly NoticeRequest[];
  order(amount: number, method?: Method): PayOrder;
  reference(): string;
  book(order: { reference: string }): BookView | undefined;
  /** Resolves when the sandbox has nothing more to call about. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

const keys = sandboxKeys(new ManualWorld());

export async function startBench(subject: WalletSubject): Promise<WalletBench> {
  const world = new ManualWorld();
  const sandbox = await startSandbox({ clock: world.clock, random: world.random, timer: world.timer, keys });
  const heard: Heard[] = [];
  const callbacks: NoticeRequest[] = [];
  let acquirer: Acquirer | undefined;
  const receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const headers = Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      );
      const body = Buffer.concat(parts).toString('utf8');
      callbacks.push({ headers, body });
      void acquirer?.notice?.({ headers, body }).then((said) => {
        heard.push(said);
        const reply = acquirer?.noticeReply?.('notice' in said || said.refused === 'replayed');
        response.writeHead(reply?.status ?? 500, { 'content-type': reply?.contentType ?? 'text/plain' });
        response.end(reply?.body);
      });
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const notifyUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/callbacks/${subject.host}`;
  const made = await subject.make(sandbox, notifyUrl, { clock: world.clock, random: world.random });
  acquirer = made;
  const reference = referenceMaker();
  let drawn = 0;
  return {
    world,
    sandbox,
    acquirer: made,
    heard,
    callbacks,
    reference,
    order: (amount, method = 'customer-code') =>
      saleOrder({
        reference: reference(),
        amount,
        tender: subject.tender,
        method,
        at: world.clock.now(),
        ...(method === 'customer-code'
          ? {
              code:
                subject.codePrefix +
                String(++drawn).padStart(subject.codeLength - subject.codePrefix.length, '0'),
            }
          : {}),
      }),
    book: ({ reference: wanted }) =>
      sandbox.admin.books().find(({ host, order }) => host === subject.host && order === wanted),
    settled: () => sandbox.admin.noticesIdle(),
    stop: async () => {
      await made.stop();
      await sandbox.close();
      await new Promise<void>((resolve) => {
        receiver.close(() => resolve());
        receiver.closeAllConnections();
      });
    },
  };
}
