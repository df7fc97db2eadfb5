import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { AppContext } from './context.ts';

const pack = promisify(gzip);

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
  '.mp3': 'audio/mpeg',
};
const PACKED = /^(text\/|application\/(json|manifest|wasm)|image\/svg)/;

/** Built files have a hash in their name, so a name never changes its content. */
const HASHED = /^\/assets\//;
const FOREVER = 'public, max-age=31536000, immutable';

/** Most files kept packed in memory; a build has some dozens. */
const CACHE_MAX = 500;

interface Cached {
  readonly etag: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly packed: Uint8Array<ArrayBuffer> | undefined;
}

/** Serves the built page from a folder: right types, lasting caches for hashed names, always asked again for the rest. */
export class StaticFiles {
  readonly #folder: string;
  readonly #cache = new Map<string, Cached>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file of a URL path, or undefined when there is none. Never leaves the folder. */
  async serve(c: AppContext, urlPath: string): Promise<Response | undefined> {
    const path = safePath(urlPath);
    const type = TYPES[extname(path ?? '').toLowerCase()];
    if (path === undefined || type === undefined) return undefined;
    const file = await this.#load(path, PACKED.test(type));
    if (file === undefined) return undefined;
    const headers = new Headers({
      'content-type': type,
      'cache-control': HASHED.test(path) ? FOREVER : 'no-cache',
      etag: file.etag,
      vary: 'accept-encoding',
    });
    if (c.req.header('if-none-match') === file.etag) return new Response(null, { status: 304, headers });
    const isPacked = file.packed !== undefined && /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    if (isPacked) headers.set('content-encoding', 'gzip');
    const body = isPacked && file.packed !== undefined ? file.packed : file.bytes;
    headers.set('content-length', String(body.byteLength));
    return new Response(body, { headers });
  }

  async #load(path: string, isText: boolean): Promise<Cached | undefined> {
    const file = join(this.#folder, path);
    const info = await stat(file).catch(() => undefined);
    if (info === undefined || !info.isFile()) return undefined;
    const etag = `W/"${info.size.toString(36)}-${Math.floor(info.mtimeMs).toString(36)}"`;
    const known = this.#cache.get(path);
    if (known?.etag === etag) return known;
    const bytes = new Uint8Array(await readFile(file));
    const packed = isText ? new Uint8Array(await pack(bytes)) : undefined;
    const made = { etag, bytes, packed };
    if (this.#cache.size >= CACHE_MAX) this.#cache.clear();
    this.#cache.set(path, made);
    return made;
  }
}

function safePath(urlPath: string): string | undefined {
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return undefined;
  }
  if (decoded.includes('\0') || decoded.includes('\\')) return undefined;
  const path = normalize(decoded === '/' ? '/index.html' : decoded);
  // Dot files are nobody's business, and normalize has resolved every `..` that stays inside.
  return path.startsWith('/') && !/(^|\/)\./.test(path) ? path : undefined;
}
