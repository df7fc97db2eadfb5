import type { Timer } from '../ports.ts';

/** What comes of `work` within `ms`; undefined when nothing did, or when it failed. What comes later is not heard. */
export async function within<T>(timer: Timer, ms: number, work: Promise<T>): Promise<T | undefined> {
  const over = new AbortController();
  const late = timer.wait(ms, over.signal).then(
    () => undefined,
    () => undefined,
  );
  try {
    return await Promise.race([work, late]);
  } catch {
    return undefined;
  } finally {
    over.abort(new DOMException('over', 'AbortError'));
  }
}
