import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../../scripts/pinned.mjs';

/** A file of this folder with everything it imports, as one script for a page that is not loaded yet. */
export async function bundled(file: string): Promise<string> {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'error',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      lib: { entry: join(ROOT, 'e2e/fakes', file), formats: ['iife'], name: 'e2eFake' },
    },
  });
  const [first] = Array.isArray(result) ? result : [result];
  const chunk = first !== undefined && 'output' in first ? first.output[0] : undefined;
  if (chunk?.type !== 'chunk') throw new Error(`${file} did not build`);
  return chunk.code;
}
