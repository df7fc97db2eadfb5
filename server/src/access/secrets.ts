import { createHash, timingSafeEqual } from 'node:crypto';
import { toBase64url } from '../../../src/domain/bytes.ts';
import type { Clock, Random } from '../../../src/domain/clock.ts';

/** Bytes of every secret made here: 256 bits, 43 characters of base64url. */
const SECRET_BYTES = 32;

export const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Whether two texts are equal, in a time that says nothing about where they differ. */
export function isSameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash('sha256').update(a).digest(), createHash('sha256').update(b).digest());
}

export interface SecretRule {
  readonly lifetimeMs: number;
  /** Most secrets alive at once; the oldest gives way. */
  readonly max: number;
}

/**
 * Random secrets that stand for a value until they expire: nonces, tokens, tickets, office sessions. Only hashes are
 * kept, in memory: a restart ends them all, and whoever needs one asks again.
 */
export class Secrets<V> {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #rule: SecretRule;
  readonly #alive = new Map<string, { value: V; until: number }>();

  constructor(clock: Clock, random: Random, rule: SecretRule) {
    this.#clock = clock;
    this.#random = random;
    this.#rule = rule;
  }

  issue(value: V): string {
    const secret = toBase64url(this.#random.bytes(SECRET_BYTES));
    const now = this.#clock.mono();
    // All live equally long, so insertion order is order of expiry.
    for (const [hash, each] of this.#alive) {
      if (each.until > now && this.#alive.size < this.#rule.max) break;
      this.#alive.delete(hash);
    }
    this.#alive.set(sha256Hex(secret), { value, until: now + this.#rule.lifetimeMs });
    return secret;
  }

  /** The value, as long as the secret lives. */
  look(secret: string): V | undefined {
    const found = this.#alive.get(sha256Hex(secret));
    return found !== undefined && found.until > this.#clock.mono() ? found.value : undefined;
  }

  /** The value, once: the secret is dead afterwards. */
  take(secret: string): V | undefined {
    const value = this.look(secret);
    this.#alive.delete(sha256Hex(secret));
    return value;
  }
}
