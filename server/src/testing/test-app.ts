import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeConsoleTicket } from '../access/console-ticket.ts';
import { loadServerKey } from '../access/server-key.ts';
import type { Acquirer } from '../acquirers/acquirer.ts';
import { createApp } from '../app.ts';
import { jsonLogger } from '../log.ts';
import { Metrics } from '../metrics.ts';
import { ownCards } from '../payments/open-payments.ts';
import { Payments } from '../payments/payments.ts';
import { Registry } from '../payments/registry.ts';
import { migrate, readMigrations } from '../storage/migrate.ts';
import type { Database } from '../storage/sql.ts';
import { FakeClock, seededRandom } from './fake-clock.ts';
import { type Call, FakeTill } from './fake-till.ts';
import { FakeTimer } from './fake-timer.ts';
import { openTestData } from './test-database.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

const TABLES = [
  'merchant',
  'till',
  'till_key',
  'enrolment_code',
  'till_epoch',
  'journal',
  'quarantine',
  'alarm',
  'sale',
  'payment',
  'day_total',
  'operator',
  'attempt_order',
  'payment_notice',
  'stored_value_account',
  'stored_value_move',
] as const;

/** The app over a real database of its own (SQLite or PostgreSQL, see test-database.ts), called without a socket. Close it. */
export async function openTestApp(
  options: {
    readonly dist?: string;
    readonly seed?: number;
    readonly acquirers?: readonly Acquirer[];
    readonly demo?: boolean;
  } = {},
) {
  const dataDir = mkdtempSync(join(tmpdir(), 'xiaoji-server-'));
  const data = await openTestData(dataDir, seededRandom(0));
  const { database } = data;
  const clock = new FakeClock();
  const random = seededRandom(options.seed ?? 1);
  await migrate(database, readMigrations(MIGRATIONS), clock.now());
  const signer = await loadServerKey(data.path, false);
  const logs: string[] = [];
  const log = jsonLogger(clock, (line) => logs.push(line));
  const metrics = new Metrics();
  const timer = new FakeTimer(clock);
  const isDemo = options.demo ?? false;
  const given = (options.acquirers ?? []).map((acquirer) => ({ make: async () => acquirer }));
  const registry = new Registry([...given, ownCards({ database, clock }, isDemo)], { demo: isDemo });
  const newPayments = (over: Database = database) =>
    new Payments({ database: over, clock, log, metrics, timer, registry });
  const payments = newPayments();
  const app = createApp({
    database,
    signer,
    clock,
    random,
    log,
    metrics,
    payments,
    dist: options.dist ?? join(dataDir, 'no-dist'),
    takeConsoleTicket: (ticket) => takeConsoleTicket(dataDir, clock, ticket),
  });
  const from =
    (remoteAddress: string): Call =>
    async (path, init) =>
      app.request(path, init, { incoming: { socket: { remoteAddress } } });
  const call = from('127.0.0.1');
  return {
    app,
    dataDir,
    database,
    signer,
    clock,
    random,
    logs,
    timer,
    payments,
    registry,
    /** The payments of a server that was started again over the same database, or over one that fails. */
    newPayments,
    call,
    /** Calls from another address. */
    from,
    enrolTill: (code?: string) => FakeTill.enrol({ call, clock, random }, code),
    /** How many rows each table has: what a refused call must not change. */
    counts: () =>
      database.read(async (sql) => {
        const counts: Record<string, number> = {};
        for (const table of TABLES)
          counts[table] = (await sql.all<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table}`))[0]!.n;
        return counts;
      }),
    async close() {
      await data.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export type TestApp = Awaited<ReturnType<typeof openTestApp>>;
