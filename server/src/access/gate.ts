import type { Clock, Random } from '../../../src/domain/clock.ts';
import { type AppContext, remoteAddress } from '../http/context.ts';
import { RefusalError } from '../http/problem.ts';
import type { TillPlace } from '../storage/journal.ts';
import { Limiter, type LimitRule } from './limiter.ts';
import { Secrets } from './secrets.ts';

const MINUTE_MS = 60_000;
export const NONCE_LIFETIME_MS = MINUTE_MS;
export const TOKEN_LIFETIME_MS = 10 * MINUTE_MS;
export const TICKET_LIFETIME_MS = MINUTE_MS;
/** An office window left open closes itself; a new ticket is one tap on the till. */
export const SESSION_LIFETIME_MS = 8 * 60 * MINUTE_MS;

/** Calls per address. A shop's tills share one address, so each has room for dozens of them. */
const RULES = {
  /** 40-bit codes: at 10 a minute guessing one takes tens of thousands of years. */
  enrol: { burst: 10, refillMs: 6_000 },
  challenge: { burst: 60, refillMs: 500 },
  receipt: { burst: 60, refillMs: 500 },
  ticket: { burst: 20, refillMs: 3_000 },
  /** Callbacks of wallets: one channel calls for all shops from few addresses. */
  notice: { burst: 300, refillMs: 20 },
  report: { burst: 20, refillMs: 3_000 },
} as const satisfies Record<string, LimitRule>;

export interface OfficeSession {
  readonly merchant: string;
  /** Goes with every form of this session: a page elsewhere cannot know it. */
  readonly formToken: string;
}

/** Everything short-lived that decides who may do what. In memory: a restart asks everyone to knock again. */
export interface Gate {
  readonly nonces: Secrets<true>;
  readonly tokens: Secrets<TillPlace>;
  readonly tickets: Secrets<string>;
  readonly sessions: Secrets<OfficeSession>;
  /** Throws RefusalError `too-many-requests` when this caller has asked too often. */
  limit(c: AppContext, rule: keyof typeof RULES): void;
}

export function openGate(clock: Clock, random: Random): Gate {
  const limiters = new Map(Object.entries(RULES).map(([name, rule]) => [name, new Limiter(clock, rule)]));
  return {
    nonces: new Secrets(clock, random, { lifetimeMs: NONCE_LIFETIME_MS, max: 10_000 }),
    tokens: new Secrets(clock, random, { lifetimeMs: TOKEN_LIFETIME_MS, max: 10_000 }),
    tickets: new Secrets(clock, random, { lifetimeMs: TICKET_LIFETIME_MS, max: 1_000 }),
    sessions: new Secrets(clock, random, { lifetimeMs: SESSION_LIFETIME_MS, max: 1_000 }),
    limit(c, rule) {
      if (limiters.get(rule)?.allow(remoteAddress(c)) !== true) throw new RefusalError('too-many-requests');
    },
  };
}
