import type { AttemptAnswer } from '../../contract/api.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptId, OperatorId, SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import { timingsOf } from '../../domain/rails.ts';
import type { LivePayment } from '../attempts-service.ts';
import { movedEntries } from '../payment/attempt-entries.ts';
import type { AttemptNetwork, AttemptRequestData, NetworkAnswer } from '../payment/attempt-network.ts';
import { AttemptDesk, type AttemptPlan, type DeskPorts } from '../payment/desk.ts';
import type { Payment } from '../payment/payment.ts';
import { serverRail } from '../payment/server-rail.ts';
import { Store } from '../store.ts';
import { MemoryJournal } from './memory-journal.ts';
import { SimulatedTime } from './simulated-time.ts';

/** A server that says what it is told to, and writes down what it was asked. */
export class ScriptedNetwork implements AttemptNetwork {
  readonly asked: string[] = [];
  readonly requests: AttemptRequestData[] = [];
  /** By question; the last one of a list is repeated. */
  readonly says: Record<'attempt' | 'query' | 'reverse', (AttemptAnswer | NetworkAnswer | 'silence')[]> = {
    attempt: ['silence'],
    query: ['silence'],
    reverse: ['silence'],
  };

  async attempt(request: AttemptRequestData): Promise<NetworkAnswer> {
    this.requests.push(request);
    return this.#answer('attempt');
  }

  async query(): Promise<NetworkAnswer> {
    return this.#answer('query');
  }

  async reverse(_: Attempt, reason: string): Promise<NetworkAnswer> {
    return this.#answer('reverse', reason);
  }

  #answer(question: keyof ScriptedNetwork['says'], more = ''): NetworkAnswer {
    this.asked.push(more === '' ? question : `${question} ${more}`);
    const list = this.says[question];
    const next = list.length > 1 ? list.shift() : list[0];
    if (next === undefined || next === 'silence') return { kind: 'unreachable' };
    return 'kind' in next ? next : { kind: 'ok', value: next };
  }
}

export const attemptOf = (more: Partial<Attempt> = {}): Attempt => ({
  attemptId: 'a'.repeat(32) as AttemptId,
  saleId: 'b'.repeat(32) as SaleId,
  tender: 'wechat',
  method: 'customer-code',
  amount: minor(1250),
  currency: 'CNY',
  ...more,
});

/** A desk with one server rail, time that passes when told, and everything it said. */
export class DeskRig {
  readonly time = new SimulatedTime();
  readonly journal: MemoryJournal;
  readonly network = new ScriptedNetwork();
  readonly online = new Store(true);
  readonly shown: string[] = [];
  readonly ended: Payment[] = [];
  readonly refusals: string[] = [];
  readonly desk: AttemptDesk;

  constructor(more: Partial<DeskPorts> & { journal?: MemoryJournal } = {}) {
    this.journal =
      more.journal ??
      new MemoryJournal({
        hash: async ({ seq }) => seq.toString(16).padStart(64, '0'),
        now: () => this.time.now(),
      });
    this.desk = new AttemptDesk({
      journal: this.journal,
      timer: this.time,
      clock: this.time,
      operator: () => 'cashier' as OperatorId,
      rails: (attempt) => serverRail(attempt, this.railPorts(attempt)),
      mayOverride: async (pin) => (pin === '1234' ? ('manager' as OperatorId) : undefined),
      alarm: (error) => {
        throw error;
      },
      ...more,
    });
  }

  railPorts({ tender, method }: Pick<Attempt, 'tender' | 'method'>) {
    return {
      network: this.network,
      link: {
        online: () => this.online.value,
        subscribe: (listener: () => void) => this.online.subscribe(listener),
        waiting: { for: 'network' } as const,
      },
      timings: timingsOf(tender, method),
      subject: () => '小店',
    };
  }

  plan(more: Partial<AttemptPlan> = {}): AttemptPlan {
    return {
      drafts: movedEntries,
      shown: ({ at }) => void this.shown.push(at),
      ended: (payment) => void this.ended.push(payment),
      saveRefused: ({ at }) => void this.refusals.push(at),
      ...more,
    };
  }

  get live(): LivePayment | undefined {
    return this.desk.state.value[0];
  }

  /** The states that were written down, in order. */
  get story(): string {
    return this.journal.types.map((type) => type.replace('attempt.', '')).join(' ');
  }
}
