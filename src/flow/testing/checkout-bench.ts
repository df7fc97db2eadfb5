import type { PrintOutcome } from '../../devices/ports.ts';
import type { AmountKey } from '../../domain/amount-entry.ts';
import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { OperatorId, SaleId } from '../../domain/ids.ts';
import { priceLabel } from '../../domain/price-label.ts';
import { timingsOf, walletOf } from '../../domain/rails.ts';
import { WALLETS } from '../../domain/tender.ts';
import type { TenderWay } from '../checkout-service.ts';
import { cashRail } from '../payment/cash-rail.ts';
import { AttemptDesk } from '../payment/desk.ts';
import type { Rail, RailAnswer } from '../payment/rail.ts';
import type { Timer } from '../ports.ts';
import { giveBack } from '../refund/give-back.ts';
import type { CheckoutPorts } from '../sale/checkout-ports.ts';
import { CheckoutRunner } from '../sale/checkout-runner.ts';
import type { Draft } from '../sale/draft.ts';
import { MemoryJournal } from './memory-journal.ts';
import { InstantTimer, seededChance } from './ports.ts';

const WAYS: readonly TenderWay[] = ['cash', 'customer-code', 'shop-code', 'reader', 'static-code', 'credit'];
export const WECHAT_CODE = '134567890123456789';

export interface TillGiven extends Partial<CheckoutPorts> {
  readonly timer?: Timer;
  readonly rails?: (attempt: Attempt) => Rail;
}

/** A rail that gives these answers, in order, whatever it is asked; then it is silent. */
export function scriptedRail(attempt: Attempt, answers: readonly RailAnswer[]): Rail {
  const left = [...answers];
  const next = async (): Promise<RailAnswer> => left.shift() ?? { kind: 'no-answer', reason: 'silence' };
  return {
    timings: { ...timingsOf(attempt.tender, attempt.method), reverseNotBeforeMs: 0 },
    undo: 'reverse',
    waits: { for: 'answer' },
    send: next,
    inquire: next,
    reverse: next,
    refund: next,
  };
}

/** What a row of tills over one journal share: its disk, its paper, its drawer. A new till over it is a restart. */
export class CheckoutBench {
  readonly journal = new MemoryJournal();
  readonly acts: string[] = [];
  readonly drafts: Draft[] = [];
  outcome: PrintOutcome = { kind: 'confirmed' };
  kept: readonly SaleId[] = [];

  /** A till of real parts: the checkout over the desk over the journal in memory. */
  till({ timer = new InstantTimer(), rails, ...more }: TillGiven = {}): CheckoutRunner {
    const { journal, acts } = this;
    const late: { checkout?: CheckoutRunner } = {};
    let mono = 0;
    const alarm = (error: unknown): void => {
      throw error;
    };
    const desk = new AttemptDesk({
      journal,
      timer,
      clock: {
        now: () => 1_000 + mono,
        mono: () => {
          mono += 1;
          return mono;
        },
      },
      operator: () => 'owner' as OperatorId,
      rails: (attempt) =>
        attempt.tender === 'cash' || rails === undefined
          ? cashRail((of) => late.checkout?.ask(of) ?? Promise.resolve(false))
          : rails(attempt),
      mayOverride: async () => 'owner' as OperatorId,
      alarm,
    });
    const back = { desk, drawer: { kick: async () => true }, random: seededChance(6), alarm };
    late.checkout = new CheckoutRunner({
      journal,
      desk,
      random: seededChance(5),
      drawer: { kick: async () => acts.push(`kick after ${journal.types.at(-1)}`) > 0 },
      operator: () => 'owner' as OperatorId,
      currency: () => 'CNY',
      rounding: () => 'none',
      today: () => '2026-11-22' as BusinessDay,
      autoPrint: () => true,
      offers: () => WAYS.map((way) => ({ way })),
      wallets: () => WALLETS,
      walletOf: (code) => walletOf(code),
      labelOf: (code) => priceLabel(code, 'price'),
      receiptUrl: (record) => `https://shop/r/${record.head.seq}`,
      print: async (_, kickDrawer) => {
        acts.push(`print${kickDrawer ? ' and kick' : ''} after ${journal.types.at(-1)}`);
        return this.outcome;
      },
      printUnsaved: async () => ({ kind: 'confirmed' }),
      giveBack: (sale, paid) => giveBack(sale, paid, back),
      adoptOther: async () => undefined,
      keepIds: async (ids) => {
        this.kept = ids;
      },
      keptIds: async () => this.kept,
      keepDraft: async (draft) => {
        this.drafts.push(draft);
      },
      alarm,
      ...more,
    });
    return late.checkout;
  }
}

export const typeKeys = async (checkout: CheckoutRunner, keys: string): Promise<void> => {
  for (const key of keys) await checkout.send({ type: 'key', key: key as AmountKey });
};

/** What the journal says of a sale that was paid at the first try. */
export const PAID = [
  'sale.opened',
  'attempt.prepared',
  'attempt.sending',
  'attempt.approved',
  'sale.completed',
];
