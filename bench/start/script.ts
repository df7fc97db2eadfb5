import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

/** Gzipped bytes of the scripts that index.html pulls in by itself: its entry and everything that it imports statically. */
export function firstPaintBytes(dist: string): number {
  const chunks = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8')) as Record<
    string,
    Chunk
  >;
  const seen = new Set<string>();
  const visit = (key: string): void => {
    if (seen.has(key)) return;
    seen.add(key);
    for (const next of chunks[key]?.imports ?? []) visit(next);
  };
  visit('index.html');
  return [...seen].reduce((sum, key) => sum + packedBytes(join(dist, chunks[key]?.file ?? '')), 0);
}

const packedBytes = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
