import type { SandboxWorld } from './world.ts';

/** Waits before the next try of a notice that was not taken, ms (the first steps of the wallets' own ladders). */
const RETRY_MS = [15_000, 15_000, 30_000, 180_000] as const;
/** How long the shop may take to answer a notice, ms. */
const ANSWER_MS = 5_000;

export interface NoticeRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface NoticeResult {
  readonly order: string;
  readonly url: string;
  /** HTTP status; 0 when nobody answered. */
  readonly status: number;
  readonly taken: boolean;
}

/** Results kept for tests; the oldest go first. */
const RESULTS_MAX = 1_000;

/** Sends the notices of a host and tries again while the shop does not take them. */
export class Notices {
  readonly #world: SandboxWorld;
  readonly #taken: (status: number, body: string) => boolean;
  readonly #pending = new Set<Promise<void>>();
  readonly #results: NoticeResult[] = [];
  #closed = false;

  constructor(world: SandboxWorld, taken: (status: number, body: string) => boolean) {
    this.#world = world;
    this.#taken = taken;
  }

  get results(): readonly NoticeResult[] {
    return this.#results;
  }

  /** `make` is called for every try: time stamps and nonces are fresh each time. */
  send(order: string, make: () => NoticeRequest, tries: number = RETRY_MS.length + 1): void {
    if (this.#closed) return;
    const work = this.#try(order, make, tries);
    this.#pending.add(work);
    void work.finally(() => this.#pending.delete(work));
  }

  /** Resolves when no notice is on its way (waits for a retry do not count). */
  async idle(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.idle();
  }

  async #try(order: string, make: () => NoticeRequest, tries: number): Promise<void> {
    const { url, headers, body } = make();
    let status = 0;
    let taken = false;
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      status = response.status;
      taken = this.#taken(status, await response.text());
    } catch {
      // Nobody listens: the same as a notice that was refused.
    }
    this.#results.push({ order, url, status, taken });
    if (this.#results.length > RESULTS_MAX) this.#results.shift();
    const wait = RETRY_MS[RETRY_MS.length + 1 - tries];
    if (taken || wait === undefined) return;
    this.#world.timer.after(wait, () => this.send(order, make, tries - 1));
  }
}
