import type { Currency, Minor } from '../../domain/money.ts';
import type { Refund } from '../../domain/refund.ts';
import type { RefundChoice } from '../../domain/refund-quote.ts';
import type { ChosenLines } from './refund-lines.ts';
import { typedAmount } from './typed-amount.ts';

/** What a person has put together of a refund so far. Every change is a new draft. */
export interface RefundDraft {
  readonly kind: Refund['kind'];
  readonly by: RefundChoice['by'];
  readonly lines: ChosenLines;
  /** As it was typed: '12.5'. */
  readonly amount: string;
  readonly reason: string;
}

export const newRefundDraft = (kind: Refund['kind']): RefundDraft => ({
  kind,
  by: 'all',
  lines: new Map(),
  amount: '',
  reason: '',
});

/** What the draft asks the books for. An amount that is none yet asks for 0; a void is always whole. */
export function choiceOf(draft: RefundDraft | undefined, currency: Currency): RefundChoice {
  if (draft === undefined || draft.kind === 'void' || draft.by === 'all') return { by: 'all' };
  if (draft.by === 'amount')
    return { by: 'amount', amount: typedAmount(draft.amount, currency) ?? (0 as Minor) };
  const lines = [...draft.lines].filter(([, quantityMilli]) => quantityMilli > 0);
  return { by: 'lines', lines: lines.map(([lineId, quantityMilli]) => ({ lineId, quantityMilli })) };
}

/** Why it is given back, as it goes into the journal; absent when nothing was said. */
export function reasonOf({ reason }: RefundDraft): { readonly reason?: string } {
  const said = reason.trim();
  return said === '' ? {} : { reason: said };
}
