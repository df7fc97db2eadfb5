import { withSignal } from './with-signal.ts';

export interface BytesRequest {
  readonly url: URL | string;
  readonly init?: RequestInit;
  readonly signal: AbortSignal;
  /** An answer that is longer is no answer. */
  readonly bytesMax: number;
  /** Takes the place of sockets in simulations. */
  readonly fetch?: typeof globalThis.fetch;
}

/** The body of a 200, or undefined when it cannot be had whole and in time. Never rejects; follows no redirects. */
export async function fetchBytes(request: BytesRequest): Promise<Uint8Array | undefined> {
  const { url, init, signal, bytesMax, fetch = globalThis.fetch } = request;
  try {
    const response = await withSignal(fetch(url, { ...init, signal, redirect: 'error' }), signal);
    return response.status === 200 ? await withSignal(bodyBytes(response, bytesMax), signal) : undefined;
  } catch {
    return undefined;
  }
}

/** The bytes of a body; undefined beyond `bytesMax`. Rejects when the line breaks. */
export async function bodyBytes(response: Response, bytesMax: number): Promise<Uint8Array | undefined> {
  if (response.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of response.body) {
    size += part.length;
    if (size > bytesMax) return undefined;
    parts.push(part);
  }
  return Buffer.concat(parts, size);
}
