import { isByHand, type Tender } from '../../domain/tender.ts';
import type { CheckoutState } from '../../flow/checkout-service.ts';

/** The steps that a cashier knows from the box on the counter, in their order (design §1). */
export const PATH_STEPS = [
  'start',
  'unlock',
  'kind',
  'amount',
  'tender',
  'present',
  'pin',
  'confirm',
  'print',
  'take',
] as const;
export type PathStep = (typeof PATH_STEPS)[number];

/** Where a sale stands on its path. `isCash`: some steps have another name then. */
export interface SalePath {
  readonly now: PathStep;
  readonly isCash: boolean;
  /** Steps that this way of paying does not have. */
  readonly skipped: readonly PathStep[];
}

export function salePath(sale: CheckoutState): SalePath {
  const now = stepOf(sale);
  const tender = tenderOf(sale);
  // Without a way chosen yet nothing is left out.
  const isQuick = tender !== undefined && isByHand(tender);
  return { now, isCash: tender === 'cash', skipped: isQuick ? ['pin'] : [] };
}

function tenderOf(sale: CheckoutState): Tender | undefined {
  switch (sale.at) {
    case 'editing':
      return undefined;
    case 'tendering':
      return sale.way === 'cash' || sale.way === 'static-code' || sale.way === 'credit'
        ? sale.way
        : undefined;
    case 'done':
      return sale.payments.find(({ tender }) => !isByHand(tender))?.tender ?? sale.payments[0]?.tender;
    default:
      return sale.attempt.tender;
  }
}

function stepOf(sale: CheckoutState): PathStep {
  switch (sale.at) {
    case 'editing':
      return 'amount';
    case 'tendering':
      return 'tender';
    case 'paying':
      return waitingStep(sale);
    case 'done':
      return sale.slip.at === 'printed' ? 'take' : 'print';
    default:
      return 'confirm';
  }
}

const READER_STEPS: Readonly<Record<string, PathStep>> = {
  'enter-pin': 'pin',
  processing: 'confirm',
  'remove-card': 'take',
};

/** What the customer does now. Once the end has to be asked for, it is the confirmation that is waited for. */
function waitingStep({ live }: Extract<CheckoutState, { at: 'paying' }>): PathStep {
  if (live?.waiting.for === 'customer-scan') return 'present';
  if (live?.state !== 'sending') return 'confirm';
  const { waiting } = live;
  switch (waiting.for) {
    case 'customer-password':
      return 'pin';
    case 'reader':
      return READER_STEPS[waiting.prompt] ?? 'present';
    case 'terminal':
      return 'present';
    default:
      return 'confirm';
  }
}
