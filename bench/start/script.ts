import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

interface Chunk {
  readonly file: string;
  readonly name?: string;
  readonly imports?: readonly string[];
}

/** Name of the chunk that holds everything behind the lock screen (vite.config.ts). */
const TILL = 'till';

export interface ScriptBytes {
  /** What index.html names, preloads included, and all that those import statically. */
  readonly firstPaint: number;
  /** That, and everything a till needs before its books can be used. */
  readonly till: number;
}

/** Gzipped bytes of the page's script, as the build's own manifest and its index.html tell. */
export function scriptBytes(dist: string): ScriptBytes {
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
  const weigh = (): number =>
    [...seen].reduce((sum, key) => sum + packedBytes(join(dist, chunks[key]?.file ?? '')), 0);
  const page = readFileSync(join(dist, 'index.html'), 'utf8');
  const visitWhere = (isWanted: (chunk: Chunk) => boolean): void => {
    const key = Object.keys(chunks).find((each) => chunks[each] !== undefined && isWanted(chunks[each]));
    if (key === undefined) throw new Error("the build's manifest does not know a chunk that the page needs");
    visit(key);
  };
  for (const [, file] of page.matchAll(/<(?:script|link rel="modulepreload")[^>]* (?:src|href)="\/([^"]+)"/g))
    visitWhere((chunk) => chunk.file === file);
  const firstPaint = weigh();
  visitWhere((chunk) => chunk.name === TILL);
  return { firstPaint, till: weigh() };
}

const packedBytes = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
