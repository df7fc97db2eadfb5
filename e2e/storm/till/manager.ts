import { purposeOf } from '../../../src/domain/attempt.ts';
import type { LivePayment, ManagerDecision } from '../../../src/flow/attempts-service.ts';
import type { Booked, Channel } from '../shop/channel.ts';
import type { Shop } from '../shop/shop.ts';
import { type Flows, PIN } from './flows.ts';
import type { Hardware } from './hardware.ts';

/** How often the manager looks, ms. */
const LOOK_MS = 45_000;
/** After so long on a list the manager takes what the channel says now, whatever the server still tries, ms. */
const PATIENCE_MS = 40 * 60_000;

export interface ManagerParts {
  readonly shop: Shop;
  readonly hardware: Hardware;
  readonly now: () => number;
  /** Whether notes changed hands. */
  readonly hasCash: (attemptId: string) => boolean;
}

/** Decides what the machine could not, with the channel's own books in hand. */
export class Manager {
  readonly #flows: Flows;
  readonly #shop: Shop;
  readonly #hardware: Hardware;
  readonly #now: () => number;
  readonly #hasCash: (attemptId: string) => boolean;

  constructor(flows: Flows, { shop, hardware, now, hasCash }: ManagerParts) {
    this.#flows = flows;
    this.#shop = shop;
    this.#hardware = hardware;
    this.#now = now;
    this.#hasCash = hasCash;
  }

  async work(): Promise<void> {
    for (;;) {
      await this.#flows.timer.wait(LOOK_MS);
      for (const live of this.#flows.desk.state.value)
        if (live.state === 'stuck') await this.#decide(live).catch(() => undefined);
    }
  }

  async #decide(live: LivePayment): Promise<void> {
    const { attemptId } = live.attempt;
    const { method } = live.attempt;
    if (method === undefined) return this.#decideByHand(attemptId);
    const as = method === 'terminal' ? await this.#terminal(live) : this.#channel(live);
    if (as === undefined) return;
    await this.#flows.desk.decide(attemptId, { as, evidence: `statement: ${as}`, pin: PIN });
  }

  /** Counts the drawer. */
  async #decideByHand(attemptId: string): Promise<void> {
    const as = this.#hasCash(attemptId) ? 'approved' : 'declined';
    await this.#flows.desk.decide(attemptId, { as, evidence: 'counted', pin: PIN });
  }

  async #terminal({ attempt }: LivePayment): Promise<ManagerDecision['as'] | undefined> {
    const { terminal } = this.#hardware;
    const entries = await this.#flows.desk.evidence(attempt.attemptId);
    const isUndoing = entries.some(({ entry }) => entry.type === 'attempt.reversing');
    const told = isUndoing
      ? await terminal.reverse(attempt.attemptId)
      : await terminal.inquire(attempt.attemptId);
    if (told.kind === 'no-answer') return undefined;
    if (told.kind === 'approved') return isUndoing ? undefined : 'approved';
    return isUndoing ? 'reversed' : 'declined';
  }

  #channel({ attempt, startedAt }: LivePayment): ManagerDecision['as'] | undefined {
    const { attemptId } = attempt;
    const [row] = this.#shop.database.rows<{ state: string; surplus: string | null }>(
      'SELECT state, surplus FROM attempt_order WHERE attempt_id = ?',
      attemptId,
    );
    const isSettled = row === undefined || ['approved', 'declined', 'reversed'].includes(row.state);
    const isOld = this.#now() - startedAt > PATIENCE_MS;
    if ((!isSettled || row?.surplus === 'due') && !isOld) return undefined;
    const channel = this.#shop.channels.find(({ books }) => books.has(attemptId));
    const booked = channel?.books.get(attemptId);
    if (booked === undefined || channel === undefined) return isOld ? this.#end(attempt) : undefined;
    if (booked.state === 'waiting') return undefined;
    return this.#byBooks(attempt, channel, booked);
  }

  #end(attempt: LivePayment['attempt']): ManagerDecision['as'] {
    return purposeOf(attempt) === 'sale' ? 'reversed' : 'declined';
  }

  #byBooks(attempt: LivePayment['attempt'], channel: Channel, booked: Booked): ManagerDecision['as'] {
    if (booked.kind === 'payment') return channel.net(attempt.attemptId) > 0 ? 'approved' : 'reversed';
    return booked.state === 'paid' || booked.state === 'held' ? 'approved' : 'declined';
  }
}
