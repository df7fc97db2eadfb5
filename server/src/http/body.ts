import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as z from 'zod/mini';
import type { AppContext } from './context.ts';
import { RefusalError } from './problem.ts';

const inflate = promisify(gunzip);

/** Largest body of calls that carry no entries, bytes. */
export const SMALL_BODY_MAX = 16 * 1024;

/**
 * The JSON of a body, at most `bytesMax` long as sent and as unpacked (gzip only). Throws RefusalError `too-large`,
 * `malformed-json` or, for another content-encoding or a broken archive, `malformed-body`.
 */
export async function readJson(c: AppContext, bytesMax: number): Promise<unknown> {
  const sent = await readBytes(c, bytesMax);
  const bytes = await unpack(sent, c.req.header('content-encoding'), bytesMax);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new RefusalError('malformed-json');
  }
}

/** The body as a schema wants it. Throws RefusalError as `readJson` does, and `malformed-body` for another shape. */
export async function readShape<T>(
  c: AppContext,
  schema: z.ZodMiniType<T>,
  bytesMax = SMALL_BODY_MAX,
): Promise<T> {
  const result = z.safeParse(schema, await readJson(c, bytesMax));
  if (!result.success) throw new RefusalError('malformed-body');
  return result.data;
}

/** Reads a body and stops as soon as it is too long, whatever its headers say. */
export async function readBytes(c: AppContext, bytesMax: number): Promise<Uint8Array> {
  const announced = Number(c.req.header('content-length') ?? Number.NaN);
  if (announced > bytesMax) throw new RefusalError('too-large');
  // Node's parser ends a body at its announced length, so it need not be counted again.
  if (announced <= bytesMax) return new Uint8Array(await c.req.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    length += chunk.byteLength;
    if (length > bytesMax) throw new RefusalError('too-large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

async function unpack(
  bytes: Uint8Array,
  encoding: string | undefined,
  bytesMax: number,
): Promise<Uint8Array> {
  if (encoding === undefined || encoding === 'identity') return bytes;
  if (encoding !== 'gzip') throw new RefusalError('malformed-body');
  try {
    return await inflate(bytes, { maxOutputLength: bytesMax });
  } catch (error) {
    const isBomb = error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
    throw new RefusalError(isBomb ? 'too-large' : 'malformed-body');
  }
}
