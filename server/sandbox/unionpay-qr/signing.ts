import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HostRequest } from '../http-host.ts';
import { randomHex, type SandboxWorld } from '../world.ts';

/** Time stamps further off are refused, s. */
const WINDOW_S = 300;
/** How long a nonce is remembered, ms: twice the window. */
const NONCE_MS = 600_000;

export interface UnionPayQrKeys {
  readonly merchant: string;
  readonly key: Uint8Array;
}

function mac(key: Uint8Array, parts: readonly string[]): string {
  return createHmac('sha256', key)
    .update(parts.map((part) => `${part}\n`).join(''))
    .digest('hex');
}

/** Remembers nonces for as long as their time stamps are good. */
export class Nonces {
  readonly #seen = new Map<string, number>();

  /** False for one that was used before. */
  use(nonce: string, now: number): boolean {
    for (const [old, at] of this.#seen) {
      if (now - at < NONCE_MS) break;
      this.#seen.delete(old);
    }
    if (this.#seen.has(nonce)) return false;
    this.#seen.set(nonce, now);
    return true;
  }
}

/** undefined when the request is really from the merchant, else what is wrong. */
export function refuseRequest(
  request: HostRequest,
  keys: UnionPayQrKeys,
  nonces: Nonces,
  now: number,
): string | undefined {
  const header = (name: string): string => request.headers[name] ?? '';
  const [timestamp, nonce] = [header('x-timestamp'), header('x-nonce')];
  if (header('x-merchant') !== keys.merchant) return 'merchant';
  if (!/^\d{10}$/.test(timestamp) || Math.abs(Number(timestamp) - now / 1000) > WINDOW_S) return 'timestamp';
  if (!/^[\w-]{1,64}$/.test(nonce)) return 'nonce';
  const expected = mac(keys.key, [request.method, request.target, timestamp, nonce, request.body]);
  const given = header('x-signature');
  if (given.length !== expected.length || !timingSafeEqual(Buffer.from(given), Buffer.from(expected))) {
    return 'signature';
  }
  return nonces.use(nonce, now) ? undefined : 'nonce-used';
}

export interface Signed {
  /** First line of what is signed, and the parts before the time stamp. */
  readonly lead: readonly string[];
  readonly body: string;
  readonly spoiled: boolean;
  readonly shiftS: number;
}

/** Headers of an answer or a notice. */
export function signedHeaders(
  { lead, body, spoiled, shiftS }: Signed,
  keys: UnionPayQrKeys,
  world: SandboxWorld,
): Record<string, string> {
  const timestamp = String(Math.floor(world.clock.now() / 1000) + shiftS);
  const nonce = randomHex(world, 16);
  const signed = mac(keys.key, [...lead, timestamp, nonce, spoiled ? `${body} ` : body]);
  return {
    'content-type': 'application/json; charset=utf-8',
    'x-merchant': keys.merchant,
    'x-timestamp': timestamp,
    'x-nonce': nonce,
    'x-signature': signed,
  };
}
