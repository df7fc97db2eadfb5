import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { getRequestListener } from '@hono/node-server';
import type { Signer } from '../../src/domain/chain.ts';
import type { Clock, Random } from '../../src/domain/clock.ts';
import type { Sandbox } from '../sandbox/start-sandbox.ts';
import { takeConsoleTicket } from './access/console-ticket.ts';
import { currentSetupCode } from './access/enrolment.ts';
import { loadServerKey } from './access/server-key.ts';
import { createApp } from './app.ts';
import { type Config, ConfigError } from './config.ts';
import type { Logger } from './log.ts';
import { Metrics } from './metrics.ts';
import { openPayments } from './payments/open-payments.ts';
import { Payments } from './payments/payments.ts';
import { SYSTEM_TIMER } from './payments/timer.ts';
import { type DataDirectory, openDataDirectory, openSharedData } from './storage/data-directory.ts';
import { hasMerchant } from './storage/merchants.ts';
import { migrate, readMigrations } from './storage/migrate.ts';
import { pinServerKey } from './storage/server-state.ts';
import { StorageOpenError } from './storage/sql.ts';

/** How long requests that are under way may take to finish when the server stops, ms. */
const STOP_MS = 8_000;
/** Longest time for a request's headers and for a whole request, ms: a slow uplink carries a full batch in this. */
const HEADERS_MS = 15_000;
const REQUEST_MS = 120_000;
/** How often connections that have become idle are looked for while stopping, ms. */
const IDLE_CHECK_MS = 50;

export interface World {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Logger;
}

export interface RunningServer {
  readonly url: string;
  /** The code that sets up the shop, while there is none. */
  readonly setupCode: string | undefined;
  /** One line about the acquirers: which, or that no real money moves. */
  readonly paymentsSentence: string;
  /** The hosts that stand in for banks and wallets, in demo mode only. Starts them. */
  readonly sandbox?: () => Promise<Sandbox>;
  /** Stops taking requests, lets those under way finish within a bound, closes the database. */
  stop(): Promise<void>;
}

const MIGRATIONS = fileURLToPath(new URL('../migrations', import.meta.url));

/**
 * Opens the data, then the port. Throws StorageOpenError or ConfigError with one sentence for the console; then nothing
 * is left open.
 */
export async function startServer(config: Config, world: World): Promise<RunningServer> {
  const data = await openData(config, world);
  try {
    return await serve(config, world, data);
  } catch (error) {
    await data.close();
    throw error;
  }
}

async function openData({ dataDir, databaseUrl }: Config, { random }: World): Promise<DataDirectory> {
  if (databaseUrl === undefined) return openDataDirectory(dataDir);
  return openSharedData(dataDir, { url: databaseUrl, random });
}

/** The key of the data directory; where servers share a database, the one that all of them have. */
async function serverKey({ database, path, isShared, exclusively }: DataDirectory): Promise<Signer> {
  const hasShop = await database.read(hasMerchant);
  const signer = await exclusively(() => loadServerKey(path, hasShop));
  const { kid } = signer.key;
  if (!isShared || (await database.transaction((sql) => pinServerKey(sql, kid))) === kid) return signer;
  throw new StorageOpenError(
    'key-missing',
    `The server key in ${path} is not the one of this database. Copy server-key.json from its first server or the backup.`,
  );
}

async function serve(
  config: Config,
  { clock, random, log }: World,
  data: DataDirectory,
): Promise<RunningServer> {
  const { database } = data;
  await migrate(database, readMigrations(MIGRATIONS), clock.now());
  const signer = await serverKey(data);
  const setupCode = await currentSetupCode(database, random);
  const metrics = new Metrics();
  let ownUrl = '';
  const open = openPayments(config.payments, {
    clock,
    random,
    database,
    timer: SYSTEM_TIMER,
    ownUrl: () => ownUrl,
  });
  const { registry } = open;
  const payments = new Payments({ database, clock, log, metrics, timer: SYSTEM_TIMER, registry });
  const app = createApp({
    database,
    signer,
    clock,
    random,
    log,
    metrics,
    payments,
    dist: config.dist,
    takeConsoleTicket: (ticket) => takeConsoleTicket(data.path, clock, ticket),
  });
  const server = createServer(
    { headersTimeout: HEADERS_MS, requestTimeout: REQUEST_MS },
    getRequestListener(app.fetch, { overrideGlobalObjects: false }),
  );
  const address = await listen(server, config);
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  const shown = /^(0\.0\.0\.0|\[::\])$/.test(host) ? 'localhost' : host;
  ownUrl = `http://${shown}:${address.port}/`;
  payments.start();
  log.info('started', { port: address.port });
  for (const warning of data.warnings) log.warn(warning);
  return {
    url: ownUrl,
    setupCode,
    paymentsSentence: open.sentence,
    ...(open.sandbox === undefined ? {} : { sandbox: open.sandbox }),
    async stop() {
      await drain(server);
      await payments.stop();
      await open.stop();
      await data.close();
      log.info('stopped');
    },
  };
}

function listen(server: Server, { port, host }: Config): Promise<AddressInfo> {
  return new Promise((done, failed) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        failed(new ConfigError(`Port ${port} is in use. Stop what uses it, or set PORT.`));
      else
        failed(
          new ConfigError(
            `Cannot listen on ${host}:${port} (${error.code ?? error.name}). Set HOST or PORT.`,
          ),
        );
    });
    server.listen(port, host, () => {
      const address = server.address();
      if (address === null || typeof address === 'string') failed(new ConfigError('No TCP address.'));
      else done(address);
    });
  });
}

async function drain(server: Server): Promise<void> {
  const closed = new Promise<void>((done) => server.close(() => done()));
  // A kept-alive connection counts as open until it is idle and told so.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const late = setTimeout(() => server.closeAllConnections(), STOP_MS);
  try {
    await closed;
  } finally {
    clearInterval(idle);
    clearTimeout(late);
  }
}
