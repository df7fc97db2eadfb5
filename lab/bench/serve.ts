import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../scripts/pinned.mjs';

export const BENCH_TITLE = 'bench';
const PAGE = `<!doctype html><meta charset="utf-8"><title>${BENCH_TITLE}</title><script src="/bench.js"></script>`;

/** The bench page: drivers and transports of the product over the browser's own device APIs, and nothing else. */
async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: join(ROOT, 'lab/bench/bench.ts'), formats: ['iife'], name: 'bench' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error('the bench did not build');
  return chunk.code;
}

/** Serves it on the host's loopback; returns the function that ends that. */
export async function serveBench(port: number): Promise<() => void> {
  const script = await bundle();
  const server = createServer((request, response) => {
    const isScript = request.url === '/bench.js';
    response.setHeader(
      'content-type',
      isScript ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8',
    );
    response.end(isScript ? script : PAGE);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', resolve);
  });
  return () => {
    server.close();
    server.closeAllConnections();
  };
}
