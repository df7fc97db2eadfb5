import { setTimeout as sleep } from 'node:timers/promises';

/** Something that must happen did not, within its time. */
export class LateError extends Error {
  readonly code = 'late';
  constructor(what: string, ms: number) {
    super(`${what} took longer than ${ms} ms`);
    this.name = 'LateError';
  }
}

/** The promise, or LateError after `ms`. */
export async function within<T>(ms: number, what: string, promise: Promise<T>): Promise<T> {
  const timer = new AbortController();
  const late = sleep(ms, undefined, { signal: timer.signal }).then(
    () => Promise.reject(new LateError(what, ms)),
    () => new Promise<never>(() => undefined),
  );
  try {
    return await Promise.race([promise, late]);
  } finally {
    timer.abort();
  }
}

/** Asks again and again until the answer is there, at most for `ms`. */
export async function until<T>(
  ms: number,
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const end = performance.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (performance.now() > end) throw new LateError(what, ms);
    await sleep(POLL_MS);
  }
}

const POLL_MS = 25;
