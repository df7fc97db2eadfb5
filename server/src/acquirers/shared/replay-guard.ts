/** Callbacks remembered. A wallet repeats one for at most 25 hours; a shop has fewer than this in that time. */
const REMEMBERED_MAX = 20_000;

/**
 * Tells a callback that came before from a new one, by the channel's own id of it. It forgets the oldest first, and
 * everything at a restart: taking a notice twice must be harmless all the same.
 */
export class ReplayGuard {
  readonly #seen = new Set<string>();
  readonly #max: number;

  constructor(max = REMEMBERED_MAX) {
    this.#max = max;
  }

  /** True the first time. */
  take(id: string): boolean {
    if (this.#seen.has(id)) return false;
    this.#seen.add(id);
    if (this.#seen.size > this.#max) {
      const oldest = this.#seen.values().next();
      if (!oldest.done) this.#seen.delete(oldest.value);
    }
    return true;
  }
}
