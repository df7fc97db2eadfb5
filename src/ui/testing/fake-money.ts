import type { SignedEntry } from '../../domain/entry.ts';
import type { SaleId } from '../../domain/ids.ts';
import { minor } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import type { RefundChoice } from '../../domain/refund-quote.ts';
import type { Attempts, LivePayment, ManagerDecision, OpenSaleView } from '../../flow/attempts-service.ts';
import type {
  Authorisation,
  AuthorisationEvent,
  AuthorisationState,
} from '../../flow/authorisation-service.ts';
import type { RefundEvent, RefundQuote, RefundState } from '../../flow/refund-service.ts';
import { FlowError } from '../../flow/services.ts';
import { Store } from '../../flow/store.ts';

/** Attempts, open sales, refunds and pre-authorisations as pages see them: what is shown is set, what is sent is kept. */
export class FakeMoney {
  readonly sent: (RefundEvent | AuthorisationEvent)[] = [];
  readonly decided: ManagerDecision[] = [];
  readonly calls: string[] = [];
  pin = '472915';
  entries: readonly SignedEntry[] = [];
  refundsOf: readonly Refund[] = [];
  held: readonly Authorisation[] = [];
  quoted: RefundQuote = {
    amount: minor(4_780),
    lines: [],
    parts: [],
    canVoid: true,
    left: minor(4_780),
  };
  readonly stores = {
    attempts: new Store<readonly LivePayment[]>([]),
    openSales: new Store<readonly OpenSaleView[]>([]),
    refunds: new Store<RefundState>({ at: 'idle' }),
    authorisations: new Store<AuthorisationState>({ at: 'idle' }),
  };

  readonly attempts: Attempts = {
    state: this.stores.attempts,
    inquireNow: (attemptId) => void this.calls.push(`inquire ${attemptId}`),
    reverse: async (attemptId) => void this.calls.push(`reverse ${attemptId}`),
    decide: async (_attemptId, decision) => {
      if (decision.evidence.trim().length < 3) throw new FlowError('evidence-missing');
      if (decision.pin !== this.pin) throw new FlowError('wrong-pin');
      this.decided.push(decision);
    },
    evidence: async () => this.entries,
  };

  readonly openSales = {
    state: this.stores.openSales,
    resume: async (saleId: SaleId): Promise<void> => void this.calls.push(`resume ${saleId}`),
  };

  readonly refunds = {
    state: this.stores.refunds,
    quote: async (_saleId: SaleId, choice: RefundChoice): Promise<RefundQuote> => {
      if (choice.by !== 'amount') return this.quoted;
      const { left } = this.quoted;
      return choice.amount > left
        ? { ...this.quoted, amount: minor(0), parts: [], problem: 'more-than-paid' }
        : { ...this.quoted, amount: choice.amount, parts: this.quoted.parts.slice(0, 1) };
    },
    send: async (event: RefundEvent): Promise<void> => {
      this.sent.push(event);
      if (event.type === 'close') this.stores.refunds.set({ at: 'idle' });
    },
    of: async (): Promise<readonly Refund[]> => this.refundsOf,
  };

  readonly authorisations = {
    state: this.stores.authorisations,
    list: async (): Promise<readonly Authorisation[]> => this.held,
    send: async (event: AuthorisationEvent): Promise<void> => {
      this.sent.push(event);
      if (event.type === 'close') this.stores.authorisations.set({ at: 'idle' });
    },
  };
}
