import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BATCH_BYTES_MAX, ProblemSchema } from '../../src/contract/api.ts';
import { jsonPost } from './testing/fake-till.ts';
import { openTestApp, type TestApp } from './testing/test-app.ts';

let server: TestApp;
let dist: string;

beforeEach(async () => {
  dist = mkdtempSync(join(tmpdir(), 'xiaoji-dist-'));
  mkdirSync(join(dist, 'assets'));
  writeFileSync(join(dist, 'index.html'), '<!doctype html><title>till</title>');
  writeFileSync(join(dist, 'assets', 'main-abc123.js'), 'export {};');
  writeFileSync(join(dist, 'sw.js'), '// worker');
  writeFileSync(join(dist, 'manifest.webmanifest'), '{}');
  writeFileSync(join(dist, '.secret.json'), 'x');
  writeFileSync(join(dist, '..', 'outside.txt'), 'x');
  server = await openTestApp({ dist });
});
afterEach(async () => {
  await server.close();
  rmSync(dist, { recursive: true, force: true });
});

const codeOf = async (response: Response) => [
  response.status,
  ProblemSchema.parse(await response.json()).code,
];

describe('malformed bodies', () => {
  const post = (body: BodyInit, headers: Record<string, string> = {}): RequestInit => ({
    method: 'POST',
    body,
    headers,
  });
  const entries = [{}];
  const place = { contract: 1, merchant: 'm-0000000000', till: 'A1' };
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const bomb = gzipSync(Buffer.alloc(BATCH_BYTES_MAX + 1, 0x20));
  const table: readonly (readonly [string, string, RequestInit, readonly [number, string]])[] = [
    ['no body', '/api/journal', { method: 'POST' }, [400, 'malformed-json']],
    ['not JSON', '/api/journal', post('{"contract":1,'), [400, 'malformed-json']],
    ['not UTF-8', '/api/journal', post(new Uint8Array([0x22, 0xff, 0x22])), [400, 'malformed-json']],
    ['a number', '/api/journal', post('1'), [400, 'malformed-body']],
    ['null', '/api/journal', post('null'), [400, 'malformed-body']],
    ['a very deep array', '/api/journal', post(deep), [400, 'malformed-body']],
    ['no entries', '/api/journal', jsonPost({ ...place, entries: [] }), [400, 'malformed-body']],
    [
      'entries that are no list',
      '/api/journal',
      jsonPost({ ...place, entries: {} }),
      [400, 'malformed-body'],
    ],
    ['an extra field', '/api/journal', jsonPost({ ...place, entries, note: 1 }), [400, 'malformed-body']],
    [
      'a bad merchant',
      '/api/journal',
      jsonPost({ ...place, merchant: "m-'; DROP", entries }),
      [400, 'malformed-body'],
    ],
    [
      'a prototype',
      '/api/journal',
      post('{"__proto__":{"contract":1},"entries":[]}'),
      [400, 'malformed-body'],
    ],
    [
      'another contract',
      '/api/journal',
      jsonPost({ ...place, contract: 2, entries }),
      [400, 'unsupported-contract'],
    ],
    ['an empty entry', '/api/journal', jsonPost({ ...place, entries }), [422, 'entry-invalid']],
    [
      'too many entries',
      '/api/journal',
      jsonPost({ ...place, entries: Array.from({ length: 501 }, () => 1) }),
      [413, 'too-large'],
    ],
    ['too many bytes', '/api/journal', post(' '.repeat(BATCH_BYTES_MAX + 1)), [413, 'too-large']],
    ['a gzip bomb', '/api/journal', post(bomb, { 'content-encoding': 'gzip' }), [413, 'too-large']],
    ['broken gzip', '/api/journal', post('hello', { 'content-encoding': 'gzip' }), [400, 'malformed-body']],
    ['another encoding', '/api/journal', post('{}', { 'content-encoding': 'br' }), [400, 'malformed-body']],
    ['enrol: not JSON', '/api/enrol', post('x'), [400, 'malformed-json']],
    ['enrol: empty', '/api/enrol', jsonPost({}), [400, 'malformed-body']],
    ['enrol: too large', '/api/enrol', post(' '.repeat(20_000)), [413, 'too-large']],
    ['token: a list', '/api/token', post('[]'), [400, 'malformed-body']],
    ['nothing there', '/api/nothing', post('{}'), [404, 'not-found']],
    ['GET where only POST is', '/api/journal', { method: 'GET' }, [405, 'method-not-allowed']],
    ['DELETE', '/api/setup', { method: 'DELETE' }, [405, 'method-not-allowed']],
  ];
  it.each(table)('%s: refused with a code, nothing stored', async (_name, path, init, expected) => {
    const before = await server.counts();
    expect(await codeOf(await server.call(path, init))).toEqual(expected);
    expect(await server.counts()).toEqual(before);
  });

  it('a body that grows beyond the bound without announcing it is cut off', async () => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 65_536;
        controller.enqueue(new Uint8Array(65_536));
      },
    });
    const init = { method: 'POST', body, duplex: 'half' } as RequestInit;
    expect(await codeOf(await server.call('/api/enrol', init))).toEqual([413, 'too-large']);
    expect(sent).toBeLessThan(1_000_000);
  });

  it('tells which methods a path has', async () => {
    expect((await server.call('/api/journal')).headers.get('allow')).toBe('POST');
  });
});

describe('strict headers', () => {
  it.each([
    '/',
    '/till/anything',
    '/api/health',
    '/api/nothing',
    '/office',
    '/r/a/b/c',
    '/sw.js',
    '/assets/none.js',
  ])('stand on %s', async (path) => {
    const { headers } = await server.call(path, { headers: { accept: 'text/html' } });
    const csp = headers.get('content-security-policy')!;
    for (const part of [
      "default-src 'none'",
      "script-src 'self'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types lit-html xiaoji-worker',
      'report-uri /api/csp-report',
    ]) {
      expect(csp).toContain(part);
    }
    expect(csp).not.toMatch(/unsafe|https?:/);
    expect(csp).toContain(path.startsWith('/office') ? "form-action 'self'" : "form-action 'none'");
    expect(headers.get('permissions-policy')).toContain('usb=(self), serial=(self), hid=(self)');
    expect(headers.get('permissions-policy')).toContain('microphone=()');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.has('clear-site-data')).toBe(false);
    expect(headers.has('strict-transport-security')).toBe(false);
    expect(headers.get('x-request-id')).toMatch(/^[0-9a-f]{16}$/);
  });

  it('never let an API answer be kept', async () => {
    expect((await server.call('/api/setup')).headers.get('cache-control')).toBe('no-store');
  });
});

describe('the built page', () => {
  const get = async (path: string, headers: Record<string, string> = {}) => server.call(path, { headers });

  it('is served with right types and lasting caches for hashed names only', async () => {
    const seen: Record<string, unknown> = {};
    for (const path of ['/', '/assets/main-abc123.js', '/sw.js', '/manifest.webmanifest']) {
      const { status, headers } = await get(path);
      seen[path] = [status, headers.get('content-type')?.split(';')[0], headers.get('cache-control')];
    }
    expect(seen).toEqual({
      '/': [200, 'text/html', 'no-cache'],
      '/assets/main-abc123.js': [200, 'text/javascript', 'public, max-age=31536000, immutable'],
      '/sw.js': [200, 'text/javascript', 'no-cache'],
      '/manifest.webmanifest': [200, 'application/manifest+json', 'no-cache'],
    });
  });

  it('answers any path of the page with the page, and nothing else', async () => {
    expect(await (await get('/orders/7', { accept: 'text/html' })).text()).toContain('till');
    expect((await get('/assets/gone.js', { accept: '*/*' })).status).toBe(404);
    expect((await get('/api/x', { accept: 'text/html' })).status).toBe(404);
    expect((await get('/office/x', { accept: 'text/html' })).status).toBe(404);
  });

  it('never leaves its folder', async () => {
    for (const path of [
      '/.secret.json',
      '/..%2foutside.txt',
      '/%2e%2e/outside.txt',
      '/assets/..%2f..%2foutside.txt',
      '/..%5coutside.txt',
      '/%00',
      '/%ff',
    ]) {
      expect([path, (await get(path)).status]).toEqual([path, 404]);
    }
  });

  it('is packed when the browser takes it, and not sent again when it has it', async () => {
    const packed = await get('/', { 'accept-encoding': 'gzip, br' });
    expect(packed.headers.get('content-encoding')).toBe('gzip');
    expect(gunzipSync(Buffer.from(await packed.arrayBuffer())).toString()).toContain('till');
    const again = await get('/', { 'if-none-match': packed.headers.get('etag')! });
    expect(again.status).toBe(304);
  });

  it('says that it was not built when it was not', async () => {
    rmSync(join(dist, 'index.html'));
    const response = await get('/', { accept: 'text/html' });
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('npm run build')]);
  });
});

describe('looking after the server', () => {
  it('answers health and metrics', async () => {
    const till = await server.enrolTill();
    await till.send(await till.sell(2));
    expect(await (await server.call('/api/health')).json()).toMatchObject({ ok: true });
    const metrics = await (await server.call('/api/metrics')).text();
    expect(metrics).toContain('xiaoji_entries_total{result="appended"} 2');
    expect(metrics).toContain('xiaoji_tills 1');
  });

  it('takes policy reports in both forms, counts them, and keeps nothing but the directive', async () => {
    const secret = 'https://x.example/canary-91';
    const old = {
      'csp-report': {
        'effective-directive': 'script-src-elem',
        'document-uri': secret,
        'blocked-uri': secret,
      },
    };
    const modern = [
      { type: 'csp-violation', url: secret, body: { effectiveDirective: 'style-src', sample: secret } },
    ];
    for (const report of [old, modern, { strange: secret }]) {
      expect((await server.call('/api/csp-report', jsonPost(report))).status).toBe(204);
    }
    expect((await server.call('/api/csp-report', { method: 'POST', body: 'x'.repeat(20_000) })).status).toBe(
      413,
    );
    const lines = server.logs.join('');
    expect(lines).toContain('script-src-elem');
    expect(lines).toContain('style-src');
    expect(lines).not.toContain('canary');
    expect(await (await server.call('/api/metrics')).text()).toContain('xiaoji_csp_reports_total 3');
  });

  it('answers 503 and stores nothing when the database fails, and says no more than where', async () => {
    const till = await server.enrolTill();
    const entries = await till.sell(1);
    await server.database.transaction((sql) => sql.run('DROP TABLE payment'));
    expect(await codeOf(await till.send(entries))).toEqual([503, 'unavailable']);
    expect((await server.counts().catch(() => undefined)) ?? 'gone').toBe('gone');
    const journal = await server.database.read((sql) => sql.all('SELECT hash FROM journal'));
    expect(journal).toEqual([]);
    expect(server.logs.at(-2)).toContain('"event":"fault"');
    expect(server.logs.at(-2)).not.toContain('no such table');
  });
});

it('logs a full run without a name, an amount, a token, a code, an address or a hash of a receipt', async () => {
  const till = await server.enrolTill();
  const sale = till.sale([771_133]);
  const entry = await till.write({
    type: 'sale.completed',
    body: { ...sale, lines: [{ ...sale.lines[0]!, name: 'CANARY-ITEM' }] },
  });
  await till.send([entry]);
  await till.send([{ ...entry, hash: '0'.repeat(64) }]);
  await server.call('/api/journal', { method: 'POST', body: '{"CANARY-BODY"' });
  const link = await till.officeLink();
  const cookie = (await server.call(link)).headers.get('set-cookie')!.split(';')[0]!;
  await server.call('/office?day=2026-11-22', { headers: { cookie } });
  await server.call(`/r/${till.merchant}/CANARY-NUMBER/CANARY-TOKEN`);
  await server.call('/CANARY-PATH?q=CANARY-QUERY');
  await server.from('203.0.113.77')('/api/setup');
  const lines = server.logs.join('');
  expect(server.logs.length).toBeGreaterThan(8);
  expect(lines).toContain('"route":"/r/:merchant/:number/:token"');
  expect(lines).toContain(`"merchant":"${till.merchant}","till":"A1"`);
  const ticket = new URL(link, 'http://x').searchParams.get('ticket')!;
  for (const canary of [
    /CANARY/,
    /771133|7711\.33/,
    /晨光|陈店主|owner-1/,
    /203\.0\.113|127\.0\.0\.1/,
    new RegExp(entry.hash),
    new RegExp(ticket),
    new RegExp(cookie.split('=')[1]!),
  ]) {
    expect(lines).not.toMatch(canary);
  }
});
