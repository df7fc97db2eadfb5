import { createHmac, timingSafeEqual } from 'node:crypto';

/** Answers and callbacks whose time is further off than this are refused, seconds. */
export const CLOCK_OFFSET_MAX_S = 300;

const lines = (...parts: readonly string[]): string => parts.map((part) => `${part}\n`).join('');

const mac = (key: Buffer, text: string): string => createHmac('sha256', key).update(text).digest('hex');

interface Stamp {
  readonly timestamp: string;
  readonly nonce: string;
  readonly body: string;
}

/** Signs a request, and a callback, which is a request the other way. `path` with its query. */
export const requestMac = (key: Buffer, path: string, { timestamp, nonce, body }: Stamp): string =>
  mac(key, lines('POST', path, timestamp, nonce, body));

/** Signs an answer, bound to its request by the request's nonce. */
export const answerMac = (key: Buffer, asked: string, { timestamp, nonce, body }: Stamp): string =>
  mac(key, lines('ANSWER', asked, timestamp, nonce, body));

/** Compares without telling by its time where the first difference is. */
export function sameMac(expected: string, given: string): boolean {
  const a = Buffer.from(expected);
  const b = Buffer.from(given);
  return a.length === b.length && timingSafeEqual(a, b);
}

export const isFresh = (timestamp: string, nowMs: number): boolean =>
  /^\d{1,12}$/.test(timestamp) && Math.abs(nowMs / 1000 - Number(timestamp)) <= CLOCK_OFFSET_MAX_S;
