import type { Approval } from '../../../domain/approval.ts';
import type { Random } from '../../../domain/clock.ts';
import { newCode } from '../../../domain/ids.ts';
import type { PaymentTerminal, TerminalAnswer, TerminalOrder } from '../../ports.ts';
import type { TerminalReason } from '../../reasons.ts';
import type { Timers } from '../../timers.ts';

/** How the next order goes. Whatever the till hears, the terminal keeps its own account and tells the truth when asked. */
export type TerminalPlay =
  | { readonly as: 'approve' }
  | { readonly as: 'decline'; readonly reason?: TerminalReason }
  /** The customer, or the cashier on the terminal, presses the red key. */
  | { readonly as: 'cancel' }
  /** The answer is lost; an inquiry then says so much. */
  | { readonly as: 'lose-answer'; readonly truth: 'approved' | 'declined' | 'not-found' }
  /** The cable goes while the card is being read; the payment goes on inside. */
  | { readonly as: 'cut'; readonly truth: 'approved' | 'declined' };

export interface SimulatedTerminalOptions {
  readonly timers: Timers;
  readonly random: Random;
  readonly storesOffline?: boolean;
  /** How long a customer takes, ms. */
  readonly customerMs?: number;
}

const CUSTOMER_MS = 2_000;
/** What the terminal keeps of finished orders: a day of a busy counter. */
const ORDERS_MAX = 2_000;

interface Order {
  state: 'running' | 'approved' | 'declined' | 'reversed';
  readonly amount: number;
  readonly approval: Approval;
  reason: TerminalReason;
}

/** A certified terminal without metal, with books of its own. An order it does not know was never paid. */
export class SimulatedTerminal implements PaymentTerminal {
  readonly storesOffline: boolean;
  #link: 'connected' | 'absent' = 'connected';
  #hostOnline = true;
  #trace = 0;
  #busy = false;
  readonly #orders = new Map<string, Order>();
  readonly #script: TerminalPlay[] = [];
  readonly #listeners = new Set<() => void>();
  #lose: (() => void) | undefined;
  readonly #options: SimulatedTerminalOptions;

  constructor(options: SimulatedTerminalOptions) {
    this.#options = options;
    this.storesOffline = options.storesOffline ?? false;
  }

  get link(): 'connected' | 'absent' {
    return this.#link;
  }

  /** How many approved payments its host has not seen yet. */
  get stored(): number {
    return [...this.#orders.values()].filter(
      ({ state, approval }) => state === 'approved' && approval.offline === true,
    ).length;
  }

  /** True for an order in its books. */
  knows(reference: string): boolean {
    return this.#orders.has(reference);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What becomes of the next order nobody has planned yet; without a plan it is approved. */
  plan(...plays: readonly TerminalPlay[]): void {
    this.#script.push(...plays);
  }

  /** The terminal's own line to its host. Back on line, what was stored is forwarded. */
  setHostOnline(on: boolean): void {
    this.#hostOnline = on;
    if (!on) return;
    for (const [reference, order] of this.#orders)
      if (order.approval.offline === true) {
        const { offline: _, ...approval } = order.approval;
        this.#orders.set(reference, { ...order, approval });
      }
  }

  unplug(): void {
    this.#link = 'absent';
    this.#lose?.();
    this.#tell();
  }

  plug(): void {
    this.#link = 'connected';
    this.#tell();
  }

  async pay(order: TerminalOrder, signal: AbortSignal): Promise<TerminalAnswer> {
    if (this.#link === 'absent') return { kind: 'no-answer', reason: 'lost' };
    if (signal.aborted) return { kind: 'declined', reason: 'cancelled' };
    // A reference is used once: an order that is known is answered from the books and never paid again.
    if (this.#orders.has(order.reference)) return this.inquire(order.reference);
    if (this.#busy) return { kind: 'declined', reason: 'busy' };
    // Real money does not go back by a terminal that has none.
    if (order.original !== undefined && order.original.approval.demo !== true)
      return { kind: 'declined', reason: 'original-unknown' };
    const play = this.#script.shift() ?? { as: 'approve' };
    if (play.as === 'lose-answer' && play.truth === 'not-found') return { kind: 'no-answer', reason: 'lost' };
    return this.#take(order, play, signal);
  }

  async inquire(reference: string): Promise<TerminalAnswer> {
    if (this.#link === 'absent') return { kind: 'no-answer', reason: 'lost' };
    const order = this.#orders.get(reference);
    switch (order?.state) {
      case 'approved':
        return { kind: 'approved', approval: order.approval };
      case 'declined':
        return { kind: 'declined', reason: order.reason };
      case 'reversed':
        return { kind: 'reversed' };
      case 'running':
        return { kind: 'no-answer', reason: 'running' };
      default:
        return { kind: 'not-found' };
    }
  }

  async reverse(reference: string): Promise<TerminalAnswer> {
    const known = await this.inquire(reference);
    const order = this.#orders.get(reference);
    if (known.kind !== 'approved' || order === undefined) return known;
    order.state = 'reversed';
    return { kind: 'reversed' };
  }

  async #take(order: TerminalOrder, play: TerminalPlay, signal: AbortSignal): Promise<TerminalAnswer> {
    const { reference, amount } = order;
    const isOffline = !this.#hostOnline;
    const isApproved =
      (play.as === 'approve' || ('truth' in play && play.truth === 'approved')) &&
      (!isOffline || this.storesOffline);
    const kept: Order = {
      state: 'running',
      amount,
      approval: this.#approval(isOffline),
      reason: reasonOf(play, isOffline),
    };
    this.#keep(reference, kept);
    this.#busy = true;
    const lost = new Promise<'lost'>((resolve) => {
      this.#lose = () => resolve('lost');
    });
    const finish = async (): Promise<void> => {
      const cancelled = await this.#customer(signal);
      if (cancelled) kept.reason = 'cancelled';
      kept.state = isApproved && !cancelled ? 'approved' : 'declined';
      this.#busy = false;
    };
    const finished = finish();
    if (play.as === 'cut') this.unplug();
    if ((await Promise.race([finished, lost])) === 'lost') return { kind: 'no-answer', reason: 'lost' };
    if (play.as === 'lose-answer') return { kind: 'no-answer', reason: 'lost' };
    return this.inquire(reference);
  }

  /** Resolves to whether it was called off before the card was read. */
  #customer(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const cancel = this.#options.timers.after(this.#options.customerMs ?? CUSTOMER_MS, () =>
        resolve(false),
      );
      signal.addEventListener(
        'abort',
        () => {
          cancel();
          resolve(true);
        },
        { once: true },
      );
    });
  }

  #approval(isOffline: boolean): Approval {
    const { random } = this.#options;
    this.#trace = (this.#trace % 999_999) + 1;
    const trace = String(this.#trace).padStart(6, '0');
    return {
      channelId: newCode(random, 12),
      terminalNumber: '10000001',
      merchantNumber: '898310000000001',
      acquirer: '模拟收单机构',
      card: '621799******0018',
      entry: 'contactless',
      batch: '000001',
      trace,
      reference: newCode(random, 12),
      authCode: newCode(random, 6),
      demo: true,
      ...(isOffline ? { offline: true } : {}),
    };
  }

  #keep(reference: string, order: Order): void {
    if (this.#orders.size >= ORDERS_MAX) {
      const [oldest] = this.#orders.keys();
      if (oldest !== undefined) this.#orders.delete(oldest);
    }
    this.#orders.set(reference, order);
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

function reasonOf(play: TerminalPlay, isOffline: boolean): TerminalReason {
  if (play.as === 'decline') return play.reason ?? 'insufficient-funds';
  if (play.as === 'cancel') return 'cancelled';
  return isOffline ? 'host-offline' : 'declined';
}
