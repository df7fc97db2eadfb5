import type { IngestResponse, Problem } from '../../../src/contract/api.ts';
import { CONTRACT_VERSION, IngestResponseSchema, ProblemSchema } from '../../../src/contract/api.ts';
import type { TillIdentity } from '../../../src/domain/journal.ts';
import type { SyncNetwork } from '../../../src/flow/sync/runner.ts';
import { AttemptsClient } from '../../../src/remote/attempts-client.ts';
import { ANSWER_DEADLINE_MS, ServerClient } from '../../../src/remote/server-client.ts';
import type { Shop } from '../shop/shop.ts';
import type { Counted } from '../sim/counted.ts';
import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';
import type { Life, Point } from './life.ts';

/** How often a till without a link looks whether it is back, ms. */
export const BEAT_MS = 30_000;

/** The cable between a till and the shop's server. It outlives the page. */
export class Cable {
  isCut = false;
  /** Nothing goes wrong any more. */
  isCalm = false;
}

export interface LineParts {
  readonly life: Life;
  readonly shop: Shop;
  readonly cable: Cable;
  readonly time: Time;
  readonly rng: Rng;
  readonly faults: Counted;
  identity(): TillIdentity | undefined;
  sign(text: string): Promise<string>;
  /** A request leaves the page. */
  leaves(path: string, body: string): void;
}

/** Crash points around a request: before it leaves, half out, out; when the server has acted; when the answer is here. */
const AROUND: Readonly<Record<string, readonly [Point, Point, Point, Point, Point]>> = {
  '/api/attempts': ['K3', 'K4', 'K5', 'K6', 'K7'],
  '/api/attempts/reverse': ['K15', 'K15', 'K15', 'K16', 'K16'],
  '/api/journal': ['K12', 'K12', 'K12', 'K13', 'K13'],
};

/** The page's way to the shop's server: the product's clients over a cable that loses, delays and doubles. */
export class Line {
  readonly attempts: AttemptsClient;
  readonly server: ServerClient;
  readonly sync: SyncNetwork;
  #online = true;
  readonly #listeners = new Set<() => void>();
  readonly #parts: LineParts;

  constructor(parts: LineParts) {
    this.#parts = parts;
    const { time, identity, sign } = parts;
    this.server = new ServerClient({
      fetch: (input, init) => this.#fetch(String(input), init ?? {}),
      sign,
      identity,
      now: () => time.now(),
    });
    this.attempts = new AttemptsClient(this.server);
    this.sync = {
      ingest: (request) => this.#ingest(request),
      head: async () => {
        const answer = await this.server.head();
        return answer.kind === 'ok' ? answer.value.countersigned : undefined;
      },
    };
  }

  online(): boolean {
    return this.#online;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Asks whether the server is there. */
  beat(): void {
    const { cable, shop } = this.#parts;
    this.#heard(!cable.isCut && shop.isUp);
  }

  #heard(online: boolean): void {
    if (online === this.#online) return;
    this.#online = online;
    for (const listener of [...this.#listeners]) listener();
  }

  #lost(name: string, probability: number): boolean {
    const { cable, rng, faults } = this.#parts;
    if (cable.isCalm || !rng.chance(probability)) return false;
    faults.add(name);
    return true;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const { life, cable, shop, time, rng, leaves } = this.#parts;
    const [before, half, out, acted, here] = AROUND[path] ?? [];
    const passes = (point: Point | undefined): boolean => point === undefined || life.reach(point);
    if (!life.alive || !passes(before)) return never();
    init.signal?.throwIfAborted();
    leaves(path, typeof init.body === 'string' ? init.body : '');
    if (cable.isCut || this.#lost('request-lost', 0.006)) {
      await time.wait(cable.isCut ? 5 : ANSWER_DEADLINE_MS, init.signal ?? undefined);
      this.#heard(false);
      throw new TypeError('no route');
    }
    if (!passes(half)) return never();
    const { signal: _, ...plain } = init;
    // Entries wait behind everything else on the line, so that several go together.
    const onTheWay = path === '/api/journal' ? rng.between(1_000, 15_000) : rng.between(2, 60);
    const arrival = time.wait(onTheWay).then(() => shop.call(path, plain));
    if (this.#lost('request-twice', 0.004)) arrival.then(() => shop.call(path, plain)).catch(() => undefined);
    arrival.catch(() => undefined);
    passes(out);
    try {
      const response = await arrival;
      if (!passes(acted)) return never();
      if (cable.isCut || this.#lost('answer-lost', 0.008)) return never();
      await time.wait(this.#lost('answer-slow', 0.004) ? rng.between(500, 30_000) : rng.between(2, 60));
      if (!life.alive || !passes(here)) return never();
      this.#heard(true);
      return response;
    } catch (error) {
      if (!life.alive) return never();
      this.#heard(false);
      throw error;
    }
  }

  /** As the product's client, without gzip, which has a thread and a clock of its own. */
  async #ingest(request: Parameters<SyncNetwork['ingest']>[0]): ReturnType<SyncNetwork['ingest']> {
    const { time } = this.#parts;
    const late = time.wait(ANSWER_DEADLINE_MS).then(() => undefined);
    const body = JSON.stringify({ contract: CONTRACT_VERSION, ...request });
    const headers = { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
    const answer = this.#fetch('/api/journal', { method: 'POST', headers, body });
    const response = await Promise.race([answer, late]).catch(() => undefined);
    if (response === undefined) return { kind: 'unreachable' };
    const json: unknown = await response.json().catch(() => undefined);
    if (!response.ok) {
      const problem = ProblemSchema.safeParse(json);
      return problem.success
        ? { kind: 'refused', status: response.status, problem: problem.data satisfies Problem }
        : { kind: 'unreachable' };
    }
    const value = IngestResponseSchema.safeParse(json);
    return value.success
      ? { kind: 'ok', value: value.data satisfies IngestResponse }
      : { kind: 'unreachable' };
  }
}
