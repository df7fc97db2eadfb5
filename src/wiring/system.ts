import type { Clock } from '../domain/clock.ts';
import type { Chance, Timer } from '../flow/ports.ts';

/** This device's clocks. */
export const systemClock: Clock = { now: () => Date.now(), mono: () => Math.round(performance.now()) };

/** Cryptographic randomness for ids and keys; `fraction` for jitter. */
export const systemChance: Chance = {
  bytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
  fraction: () => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 4_294_967_296,
};

/** Real waiting. A till that was asleep wakes late; whoever waits for wall time looks at the clock again. */
export const systemTimer: Timer = {
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const stop = (): void => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(() => {
        signal?.removeEventListener('abort', stop);
        resolve();
      }, ms);
      signal?.addEventListener('abort', stop, { once: true });
    }),
};

/** Calls `listener` whenever this page comes into sight again: after sleep, or from behind another. */
export function onVisible(listener: () => void): void {
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') listener();
  });
}
