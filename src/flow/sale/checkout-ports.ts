import type { BusinessDay } from '../../domain/business-day.ts';
import type { Random } from '../../domain/clock.ts';
import type { AttemptRecord, SaleRecord } from '../../domain/journal.ts';
import type { Currency } from '../../domain/money.ts';
import type { RoundingRule } from '../../domain/rounding.ts';
import type { OpenSale } from '../../domain/sale.ts';
import type { SalePayment, Wallet } from '../../domain/tender.ts';
import type { TenderOffer } from '../checkout-service.ts';
import type { AttemptDesk } from '../payment/desk.ts';
import type { CheckoutContext } from './checkout-model.ts';
import type { Draft } from './draft.ts';
import type { OpenSalesPorts } from './open-sales-book.ts';
import type { SalePapersPorts } from './sale-papers.ts';

type Kept = Pick<OpenSalesPorts, 'keepIds' | 'keptIds'>;
/** The edge of the sale in hand. */
export interface CheckoutPorts extends Kept, SalePapersPorts, Pick<CheckoutContext, 'walletOf' | 'labelOf'> {
  readonly desk: Pick<
    AttemptDesk,
    'begin' | 'adopt' | 'inquireNow' | 'reverse' | 'state' | 'liveOf' | 'mayStillCharge'
  >;
  readonly random: Random;
  currency(): Currency;
  rounding(): RoundingRule;
  today(): BusinessDay;
  autoPrint(): boolean;
  /** What can be taken now, by which way, and why not. */
  offers(asked: OpenSale['total'], paid: readonly SalePayment[]): readonly TenderOffer[];
  wallets(): readonly Wallet[];
  receiptUrl(record: SaleRecord): string;
  /** Gives back what was paid for a sale that is given up. Resolves to what could not be given back. */
  giveBack(sale: OpenSale, paid: readonly SalePayment[]): Promise<readonly SalePayment[]>;
  /** Takes up an attempt that belongs to no sale in hand: a refund, a pre-authorisation. */
  adoptOther(record: AttemptRecord): Promise<void>;
  keepDraft(draft: Draft): Promise<void>;
}
