import type { Clock } from '../../../src/domain/clock.ts';

/** Most callers remembered at once; the longest silent is forgotten first. */
const CALLERS_MAX = 10_000;

export interface LimitRule {
  /** Calls allowed in a burst. */
  readonly burst: number;
  /** Milliseconds until one more call is allowed. */
  readonly refillMs: number;
}

/** A token bucket per caller, on the monotonic clock, so that setting the wall clock changes nothing. */
export class Limiter {
  readonly #clock: Clock;
  readonly #rule: LimitRule;
  readonly #callers = new Map<string, { tokens: number; at: number }>();

  constructor(clock: Clock, rule: LimitRule) {
    this.#clock = clock;
    this.#rule = rule;
  }

  /** Whether this caller may go on now; counts the call when it may. */
  allow(caller: string): boolean {
    const now = this.#clock.mono();
    const { burst, refillMs } = this.#rule;
    const before = this.#callers.get(caller) ?? { tokens: burst, at: now };
    const tokens = Math.min(burst, before.tokens + (now - before.at) / refillMs);
    const isAllowed = tokens >= 1;
    this.#callers.delete(caller); // Re-inserted at the end: a Map keeps the order of insertion.
    this.#callers.set(caller, { tokens: isAllowed ? tokens - 1 : tokens, at: now });
    if (this.#callers.size > CALLERS_MAX) this.#forgetOldest();
    return isAllowed;
  }

  #forgetOldest(): void {
    const oldest = this.#callers.keys().next();
    if (!oldest.done) this.#callers.delete(oldest.value);
  }
}
