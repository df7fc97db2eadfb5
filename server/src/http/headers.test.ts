import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import type { AppEnv } from './context.ts';
import { strictHeaders } from './headers.ts';

async function policy(path: string): Promise<string> {
  const app = new Hono<AppEnv>();
  app.use(strictHeaders());
  app.get('*', (c) => c.text(''));
  const { headers } = await app.request(path);
  return headers.get('content-security-policy') ?? '';
}

describe('WebAssembly', () => {
  test('may be compiled by the worker that reads codes, which may still not evaluate text', async () => {
    const own = await policy('/assets/code-reader-worker-Dr6vS08F.js');
    expect(own).toContain("script-src 'self' 'wasm-unsafe-eval';");
    expect(own).not.toContain("'unsafe-eval'");
  });

  test.each([
    '/',
    '/assets/main-Dr6vS08F.js',
    '/assets/code-reader-worker-x.js/',
    '/assets/code-reader-worker-x.js.html',
    '/till/assets/code-reader-worker-x.js',
    '/office/assets/code-reader-worker-x.js',
  ])('may not be compiled by %s', async (path) => {
    expect(await policy(path)).not.toContain('unsafe');
  });
});
