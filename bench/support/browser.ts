import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { build } from 'vite';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.mjs';

/** A page built for a bench, in a browser with a profile on disk: durable writes must really reach one. */
export interface BenchPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly url: string;
  close(): Promise<void>;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
};

/** A cross-origin isolated page has a clock of 5 µs instead of 100. */
const ISOLATED = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-embedder-policy': 'require-corp',
};

/** Builds `folder` (an index.html and its modules) as production code, serves it and opens it in headless Chromium. */
export async function openBenchPage(folder: string): Promise<BenchPage> {
  const work = await mkdtemp(join(tmpdir(), 'xiaoji-bench-'));
  const site = join(work, 'site');
  await build({
    configFile: false,
    root: folder,
    logLevel: 'warn',
    build: { outDir: site, emptyOutDir: true, target: 'es2022', minify: true },
    worker: { format: 'es' },
  });
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://bench').pathname).replace(/^(\.\.[/\\])+/, '');
    const file = join(site, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (bytes) =>
        response
          .writeHead(200, { ...ISOLATED, 'content-type': TYPES[extname(file)] ?? 'text/plain' })
          .end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const executablePath = chromiumPath();
  const context = await chromium.launchPersistentContext(join(work, 'profile'), {
    headless: true,
    args: [...chromiumArgs],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (error) => process.stderr.write(`page: ${error.message}\n`));
  page.on('console', (message) => process.stderr.write(`page: ${message.text()}\n`));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  await page.goto(url);
  return {
    page,
    context,
    url,
    async close() {
      await context.close();
      server.close();
      await rm(work, { recursive: true, force: true });
    },
  };
}

/** One line of a bench: `ratio` above 1 means that we are ahead of that peer; for the peer `limit`, our share of it. */
export interface Figure {
  readonly bench: string;
  readonly metric: string;
  readonly unit: string;
  readonly ours: number;
  readonly peer: string;
  readonly theirs: number;
  readonly ratio: number;
  readonly [detail: string]: unknown;
}

export const round = (value: number, digits = 3): number => Number(value.toFixed(digits));

export const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
};

export function print(figure: Figure): void {
  process.stdout.write(`${JSON.stringify(figure)}\n`);
}
