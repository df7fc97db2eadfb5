/** Thrown by `withSignal` when time is up. */
export class GaveUp extends Error {
  constructor() {
    super('gave up waiting');
    this.name = 'GaveUp';
  }
}

/**
 * Waits no longer than the signal allows, for libraries that take no signal. The work itself goes on until its own deadline;
 * what becomes of it is nobody's business any more.
 */
export async function withSignal<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined);
  if (signal.aborted) throw new GaveUp();
  let onAbort: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new GaveUp());
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
