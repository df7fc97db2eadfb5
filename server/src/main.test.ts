import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IngestResponseSchema } from '../../src/contract/api.ts';
import type { SignedEntry } from '../../src/domain/entry.ts';
import { FakeClock, seededRandom } from './testing/fake-clock.ts';
import { type Call, FakeTill } from './testing/fake-till.ts';
import { isOnPostgres, testDatabaseUrl } from './testing/test-database.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

let folder: string;
let database: Record<string, string>;
let children: ChildProcess[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'xiaoji-main-'));
  const url = await testDatabaseUrl(folder);
  database = url === undefined ? {} : { DATABASE_URL: url };
  children = [];
});
afterEach(async () => {
  for (const child of children) {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGKILL');
      await once(child, 'exit');
    }
  }
  rmSync(folder, { recursive: true, force: true });
});

function run(env: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, PORT: '0', ...database, ...env },
  });
  children.push(child);
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    said.out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said.err += chunk.toString();
  });
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return { child, said, exited };
}

async function ready(env: Record<string, string> = {}) {
  const server = run(env);
  await Promise.race([once(server.child.stdout, 'data'), server.exited]);
  const url = /open (http:\/\/\S+)/.exec(server.said.out)?.[1];
  if (url === undefined) throw new Error(`not ready: ${server.said.out}${server.said.err}`);
  const call: Call = (path, init) => fetch(new URL(path, url), init);
  return { ...server, url, call };
}

describe('starting', () => {
  it('says in one line what to open, and the code while there is no shop', async () => {
    const first = await ready();
    expect(first.said.out).toMatch(
      /^Xiaoji is ready: open http:\/\/127\.0\.0\.1:\d+\/ - .* code [0-9A-Z]{4}-[0-9A-Z]{4}\nPayments: [^\n]+\n$/,
    );
    await FakeTill.enrol({ call: first.call, clock: new FakeClock(), random: seededRandom(1) });
    first.child.kill('SIGTERM');
    expect(await first.exited).toBe(0);
    const second = await ready();
    expect(second.said.out).toMatch(
      /^Xiaoji is ready: open http:\/\/127\.0\.0\.1:\d+\/\nPayments: [^\n]+\n$/,
    );
  });

  it('keeps its key in a file of its own that only its user can read, and never replaces a lost one', async () => {
    const first = await ready();
    const file = join(folder, 'server-key.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await FakeTill.enrol({ call: first.call, clock: new FakeClock(), random: seededRandom(1) });
    first.child.kill('SIGTERM');
    await first.exited;
    const before = readFileSync(file, 'utf8');
    const second = await ready();
    expect(readFileSync(file, 'utf8')).toBe(before);
    second.child.kill('SIGTERM');
    await second.exited;
    rmSync(file);
    const third = run({});
    expect(await third.exited).toBe(1);
    expect(third.said.err).toContain('is missing or damaged. Restore it from the backup');
  });

  it.each([
    ['a port that is no port', { PORT: 'eighty' }, /^PORT is eighty, but/],
    [
      'a sandbox port that is no port',
      { XIAOJI_SANDBOX_ADMIN_PORT: '99999' },
      /^XIAOJI_SANDBOX_ADMIN_PORT is 99999/,
    ],
    [
      'a database of another kind',
      { DATABASE_URL: 'mysql://shop:secret@x/y' },
      /^DATABASE_URL is no address/,
    ],
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://shop:secret@127.0.0.1:1/books' },
      /^The database books at 127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)\. Check DATABASE_URL\.$/m,
    ],
    ['a data directory that cannot be', { DATA_DIR: '/proc/nowhere' }, /cannot be written/],
    ['an address that is not here', { HOST: '203.0.113.1' }, /^Cannot listen on 203\.0\.113\.1/],
  ])('refuses %s in one sentence', async (_name, env, sentence) => {
    const { exited, said } = run(env);
    expect(await exited).toBe(1);
    expect(said.err).toMatch(sentence);
    expect(said.err).not.toContain('secret');
    expect(said.err.trim().split('\n')).toHaveLength(1);
    expect(said.out).toBe('');
  });

  it('refuses a port in use, and leaves the data free', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as { port: number };
    const { exited, said } = run({ PORT: String(port) });
    expect(await exited).toBe(1);
    expect(said.err).toBe(`Port ${port} is in use. Stop what uses it, or set PORT.\n`);
    blocker.close();
    await ready();
  });

  if (isOnPostgres()) {
    it('shares a shop with other servers on the same database, which start at the same moment', async () => {
      const [first, second] = await Promise.all([ready(), ready()]);
      const till = await FakeTill.enrol({
        call: first.call,
        clock: new FakeClock(),
        random: seededRandom(1),
      });
      const entries = await till.sell(3);
      const body = JSON.stringify({ contract: 1, merchant: till.merchant, till: till.till, entries });
      const answers = await Promise.all(
        [first, second].map(async ({ call }) => {
          const response = await call('/api/journal', { method: 'POST', body });
          return IngestResponseSchema.parse(await response.json());
        }),
      );
      expect(answers.map((each) => each.appended).sort()).toEqual([0, 3]);
      expect(new Set(answers.map((each) => each.countersigned.kid)).size).toBe(1);
    });

    it('refuses a database that other servers countersign with another key', async () => {
      await ready();
      const { exited, said } = run({ DATA_DIR: join(folder, 'another') });
      expect(await exited).toBe(1);
      expect(said.err).toMatch(
        /is not the one of this database\. Copy server-key\.json from its first server/,
      );
    });
  } else {
    it('refuses data that another process has open', async () => {
      await ready();
      const { exited, said } = run({});
      expect(await exited).toBe(1);
      expect(said.err).toMatch(/is in use by another process/);
    });
  }
});

/** Resolves once nothing listens at the address any more. */
async function untilClosed(url: string): Promise<void> {
  for (;;) {
    const isOpen = await fetch(url).then(
      () => true,
      () => false,
    );
    if (!isOpen) return;
  }
}

describe('stopping', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'takes no new request on %s, but finishes a batch that is half received, and ends with 0',
    async (signal) => {
      const server = await ready();
      const till = await FakeTill.enrol({
        call: server.call,
        clock: new FakeClock(),
        random: seededRandom(2),
      });
      const entries = await till.sell(3);
      const body = JSON.stringify({ contract: 1, merchant: till.merchant, till: till.till, entries });
      const half = body.length >> 1;
      const { port } = new URL(server.url);
      const socket = connect(Number(port), '127.0.0.1');
      let answer = '';
      socket.on('data', (chunk) => {
        answer += chunk.toString();
      });
      const ended = once(socket, 'close');
      const bytes = Buffer.from(body);
      socket.write(`POST /api/journal HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes.length}\r\n\r\n`);
      socket.write(bytes.subarray(0, half));
      await server.call('/api/health'); // The half batch was sent before this, so it has arrived.
      server.child.kill(signal);
      await untilClosed(server.url);
      expect(server.child.exitCode).toBeNull();
      socket.write(bytes.subarray(half));
      await ended;
      expect(answer).toMatch(/^HTTP\/1\.1 200/);
      expect(await server.exited).toBe(0);
      expect(existsSync(join(folder, 'xiaoji.db-wal'))).toBe(false);
      const again = await ready();
      const replay = await again.call('/api/journal', { method: 'POST', body });
      expect(await replay.json()).toMatchObject({ appended: 0, known: 3 });
    },
  );
});

describe('a killed server', () => {
  it('has every acknowledged entry after each of five kills in the middle of ingest', async () => {
    let server = await ready();
    const call: Call = (path, init) => server.call(path, init);
    const till = await FakeTill.enrol({ call, clock: new FakeClock(), random: seededRandom(3) });
    const chain: SignedEntry[] = [];
    let acknowledged = 0;
    for (let kill = 0; kill < 5; kill += 1) {
      const goal = acknowledged + 20 + kill * 7;
      const isAlive = () => server.child.signalCode === null && !server.child.killed;
      while (isAlive()) {
        const next = await till.sell(3);
        chain.push(...next);
        // Two senders at once, so that the kill falls between a commit and its answer as well.
        const sends = [till.send(next), till.send(next)].map((each) =>
          each.then(async (response) => {
            if (!response.ok) return;
            const { countersigned } = IngestResponseSchema.parse(await response.json());
            acknowledged = Math.max(acknowledged, countersigned.head.seq);
            if (acknowledged >= goal && isAlive()) server.child.kill('SIGKILL');
          }),
        );
        await Promise.allSettled(sends);
      }
      await server.exited;
      server = await ready();
      const held = await (await till.send(chain)).json();
      const { known, appended, countersigned } = IngestResponseSchema.parse(held);
      expect(known).toBeGreaterThanOrEqual(acknowledged);
      expect(known + appended).toBe(chain.length);
      acknowledged = countersigned.head.seq;
    }
    expect(acknowledged).toBe(chain.length);
  });
});
