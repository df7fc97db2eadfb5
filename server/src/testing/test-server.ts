import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import type { Clock } from '../../../src/domain/clock.ts';
import type { Sandbox } from '../../sandbox/start-sandbox.ts';
import type { PaymentSettings } from '../config.ts';
import { jsonLogger } from '../log.ts';
import { startServer } from '../start.ts';
import type { Call } from './fake-till.ts';
import { testDatabaseUrl } from './test-database.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

export interface TestServerOptions {
  /** 0, the default, takes a free port. Give the old one to come back after a stop. */
  readonly port?: number;
  /** Kept when given; a directory of its own, removed at stop, when not. */
  readonly dataDir?: string;
  /** The built page; the repository's `dist/` when not given. */
  readonly dist?: string;
  readonly clock?: Clock;
  /** Takes electronic money too: the sandbox hosts answer. */
  readonly demo?: boolean;
}

export interface TestServer {
  /** With a slash at the end. */
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly setupCode: string | undefined;
  /** Lines of the log so far. */
  readonly logs: readonly string[];
  readonly call: Call;
  /** With `demo`: the hosts, to steer them. */
  sandbox(): Promise<Sandbox>;
  stop(): Promise<void>;
}

const demoPayments = (dataDir: string): PaymentSettings => ({
  file: join(dataDir, 'acquirers.json'),
  isFileNamed: false,
  demo: true,
  secret: () => undefined,
});

/** The real server in this process, on a socket of its own: for end-to-end tests. Stop it. */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'xiaoji-e2e-'));
  const clock = options.clock ?? { now: () => Date.now(), mono: () => performance.now() };
  const logs: string[] = [];
  const databaseUrl = await testDatabaseUrl(dataDir);
  const server = await startServer(
    {
      port: options.port ?? 0,
      host: '127.0.0.1',
      dataDir,
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      dist: options.dist ?? join(ROOT, 'dist'),
      ...(options.demo === true ? { payments: demoPayments(dataDir) } : {}),
    },
    {
      clock,
      random: { bytes: (length) => crypto.getRandomValues(new Uint8Array(length)) },
      log: jsonLogger(clock, (line) => logs.push(line)),
    },
  );
  return {
    url: server.url,
    port: Number(new URL(server.url).port),
    dataDir,
    setupCode: server.setupCode,
    logs,
    call: (path, init) => fetch(new URL(path, server.url), { redirect: 'manual', ...init }),
    async sandbox() {
      if (server.sandbox === undefined) throw new Error('not in demo mode');
      return server.sandbox();
    },
    async stop() {
      await server.stop();
      if (options.dataDir === undefined) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
