import type { Context } from 'hono';
import type { Signer } from '../../../src/domain/chain.ts';
import type { Clock, Random } from '../../../src/domain/clock.ts';
import type { Logger } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { Payments } from '../payments/payments.ts';
import type { Database } from '../storage/sql.ts';

/** What every route may use. Made once by the composition root, or by a test. */
export interface AppDeps {
  readonly database: Database;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly payments: Payments;
  /** Folder of the built page; absent folders answer 503 with a sentence. */
  readonly dist: string;
  /** Whether the ticket was made by somebody who may write the data directory. Spends it. */
  readonly takeConsoleTicket: (ticket: string) => boolean;
}

export interface AppEnv {
  // The shape of @hono/node-server's bindings that is read here; absent when a test calls the app without a socket.
  Bindings: { incoming?: { socket?: { remoteAddress?: string } } };
  Variables: { requestId: string; merchant: string; till: string };
}

export type AppContext = Context<AppEnv>;

/** The address at the other end of the socket. Headers that claim another one are ignored. */
export const remoteAddress = (c: AppContext): string => c.env?.incoming?.socket?.remoteAddress ?? 'unknown';

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;
const LOOPBACK_HOST = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/**
 * Whether the page runs on this very machine. A forwarded request does not, whoever forwarded it; nor does one for
 * another host name (a site that points its own name at 127.0.0.1 would otherwise be let in).
 */
export function isSameMachine(c: AppContext): boolean {
  if (c.req.header('x-forwarded-for') !== undefined || c.req.header('forwarded') !== undefined) return false;
  return (
    LOOPBACK.test(remoteAddress(c)) && LOOPBACK_HOST.test(c.req.header('host') ?? new URL(c.req.url).host)
  );
}

/** Whether the visitor's connection is encrypted, here or at the proxy in front. A lie costs only the liar a cookie. */
export const isHttps = (c: AppContext): boolean =>
  new URL(c.req.url).protocol === 'https:' || c.req.header('x-forwarded-proto') === 'https';
