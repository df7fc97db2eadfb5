import type { Attempt } from '../../domain/attempt.ts';
import type { BusinessDay } from '../../domain/business-day.ts';
import type { OperatorId, SaleId } from '../../domain/ids.ts';
import { EMPTY_LEDGER, type Ledger, post } from '../../domain/ledger.ts';
import type { Refund, RefundPart } from '../../domain/refund.ts';
import { cashRail } from '../payment/cash-rail.ts';
import { AttemptDesk } from '../payment/desk.ts';
import type { Rail, RailAnswer } from '../payment/rail.ts';
import type { Timer } from '../ports.ts';
import { RefundRunner } from '../refund/refund-runner.ts';
import { FlowError } from '../services.ts';
import { CheckoutBench, scriptedRail, typeKeys, WECHAT_CODE } from './checkout-bench.ts';
import { eventually, InstantTimer, seededChance } from './ports.ts';

export interface RefundsGiven {
  readonly answers?: readonly RailAnswer[];
  readonly rails?: (attempt: Attempt) => Rail;
  readonly alone?: boolean;
  readonly seed?: number;
  readonly timer?: Timer;
}

/** Sales that were made, and refund desks over their journal: a new one is a restart. */
export class RefundBench {
  readonly bench = new CheckoutBench();
  kept: readonly SaleId[] = [];
  kicks = 0;
  /** What was printed: the refund, and which parts were on their way. */
  readonly printed: (readonly [Refund, readonly RefundPart['attemptId'][]])[] = [];

  refunds({ answers = [], rails, alone = true, seed = 77, timer = new InstantTimer() }: RefundsGiven = {}) {
    let mono = 0;
    const script = [...answers];
    const desk = new AttemptDesk({
      journal: this.bench.journal,
      timer,
      clock: {
        now: () => 1_000 + mono,
        mono: () => {
          mono += 1;
          return mono;
        },
      },
      operator: () => 'anna' as OperatorId,
      rails: (of) => {
        if (of.tender === 'cash') return cashRail(async () => true);
        return rails?.(of) ?? { ...scriptedRail(of, script), undo: 'ask' };
      },
      mayOverride: async () => 'owner' as OperatorId,
      alarm: (error) => {
        throw error;
      },
    });
    const runner = new RefundRunner({
      journal: this.bench.journal,
      desk,
      random: seededChance(seed),
      drawer: {
        kick: async () => {
          this.kicks += 1;
          return true;
        },
      },
      operator: () => 'anna' as OperatorId,
      mayRefund: () => alone,
      grantedBy: async (pin) => {
        if (pin !== '1234') throw new FlowError('wrong-pin');
        return 'owner' as OperatorId;
      },
      today: () => '2026-11-22' as BusinessDay,
      keepIds: async (ids) => {
        this.kept = ids;
      },
      keptIds: async () => this.kept,
      print: async (refund, underWay) => {
        this.printed.push([refund, underWay]);
        return { kind: 'confirmed' };
      },
      alarm: (error) => {
        throw error;
      },
    });
    return { desk, runner };
  }

  /** A sale of 10: 4 in cash, 6 by WeChat. */
  async sold(): Promise<SaleId> {
    const checkout = this.bench.till({
      rails: (of) => scriptedRail(of, [{ kind: 'approved', approval: { channelId: '42' } }]),
    });
    await typeKeys(checkout, '10');
    await checkout.send({ type: 'charge' });
    await checkout.send({ type: 'type-into', field: 'part' });
    await typeKeys(checkout, '4');
    await checkout.send({ type: 'confirm' });
    await checkout.send({ type: 'confirm-cash' });
    await eventually(() => checkout.state.value.at === 'tendering' && checkout.state.value.paid.length === 1);
    await checkout.send({ type: 'scanned', text: WECHAT_CODE });
    await eventually(() => checkout.state.value.at === 'done');
    const [record] = await this.bench.journal.sales({ limit: 1 });
    return record?.sale.saleId as SaleId;
  }

  get ledger(): Ledger {
    return this.bench.journal.entries.reduce((all, signed) => post(all, signed.entry), EMPTY_LEDGER);
  }

  /** Types of the entries from the `from`-th on. */
  since(from: number): readonly string[] {
    return this.bench.journal.types.slice(from);
  }
}
