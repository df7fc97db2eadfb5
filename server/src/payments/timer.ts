/** Delays from outside, so that a test can let an answer come late without waiting for it. */
export interface Timer {
  /** Calls once after `ms`. Returns what cancels it. */
  after(ms: number, action: () => void): () => void;
}

/** Real time. A pending delay never keeps the process alive. */
export const SYSTEM_TIMER: Timer = {
  after(ms, action) {
    const handle = setTimeout(action, ms);
    handle.unref();
    return () => clearTimeout(handle);
  },
};
