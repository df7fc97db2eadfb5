/** Deadlines from outside: nothing in devices/ starts a clock by itself, so a test can let an hour pass at once. */
export interface Timers {
  /** Runs `run` once after `ms` milliseconds unless the returned function is called before. */
  after(ms: number, run: () => void): () => void;
}

export const systemTimers: Timers = {
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
