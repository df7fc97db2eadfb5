import { StorageBusyError } from './sql.ts';

/** Most callers that wait in one lane; beyond it the server says 503 instead of growing. */
export const LANE_WAITING_MAX = 2_000;

/** Lets one asynchronous task in at a time, in order of arrival. */
export class Lane {
  #tail: Promise<unknown> = Promise.resolve();
  #waiting = 0;

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#waiting >= LANE_WAITING_MAX) throw new StorageBusyError();
    this.#waiting += 1;
    const result = this.#tail.then(task);
    this.#tail = result.catch(() => undefined); // A failed task is its caller's business; the next one still runs.
    try {
      return await result;
    } finally {
      this.#waiting -= 1;
    }
  }
}
