import type { Approval } from '../../../../src/domain/approval.ts';
import type { Purpose } from '../../../../src/domain/attempt.ts';
import type { Minor } from '../../../../src/domain/money.ts';
import type { Outcome } from '../acquirer.ts';
import { declined, REVERSED, unknown } from '../shared/outcomes.ts';
import type { IsoFields } from './codec.ts';

/**
 * Where a trade stands with the bank. `sending` is written before the first byte leaves; `abandoned` never left. Only a
 * definite answer of the host ends `unknown` and `reversing`; `stuck` is a reversal that the bank refuses, a matter for people.
 * Nothing is ever removed.
 */
export type TradeState =
  | 'sending'
  | 'unknown'
  | 'approved'
  | 'declined'
  | 'reversing'
  | 'reversed'
  | 'stuck'
  | 'abandoned';

/** Field 39 of a reversal: no answer, MAC of the answer wrong, other (facts: reliability 2.3). */
export type ReversalReason = '98' | 'A0' | '06';

/** What is known of a trade before it has a trace number. No card number, track or PIN is ever in it. */
export interface TradeDraft {
  readonly reference: string;
  readonly terminal: string;
  readonly batch: string;
  readonly purpose: Purpose;
  readonly amount: Minor;
  /** The reference of the trade that this one undoes, completes or adds to. */
  readonly original?: string;
  /** Ms. */
  readonly at: number;
  readonly mti: string;
  /** The fields of the message that hold no card data; field 11 is added. */
  readonly fields: IsoFields;
}

export interface TradeRecord extends TradeDraft {
  /** Six digits, 000001 to 999999: 凭证号. */
  readonly trace: string;
  readonly state: TradeState;
  readonly reason?: string;
  readonly reversalReason: ReversalReason;
  readonly approval?: Approval;
  /** Field 55 of the answer. */
  readonly emv?: string;
}

export type TradeChange = Pick<TradeRecord, 'state'> &
  Partial<Pick<TradeRecord, 'reason' | 'reversalReason' | 'approval' | 'emv'>>;

/**
 * What a terminal must not forget. Every method that changes something is durable when it resolves; all of them reject when
 * the store fails. (terminal, batch, trace) and the reference are unique.
 */
export interface TerminalStore {
  /** The open batch as the last sign-in named it. */
  batchOf(terminal: string): Promise<string | undefined>;
  openBatch(terminal: string, batch: string): Promise<void>;
  /** Takes the next trace number: 000001 to 999999 and round again. */
  nextTrace(terminal: string): Promise<string>;
  /** Takes a trace number and writes the trade as `sending`, in one step. Undefined when the reference is there already. */
  begin(draft: TradeDraft): Promise<TradeRecord | undefined>;
  /** Writes a trade that never was and must never be: a reversal came first. Undefined when the reference is there already. */
  bury(reference: string, at: number): Promise<TradeRecord | undefined>;
  find(reference: string): Promise<TradeRecord | undefined>;
  findByTrace(terminal: string, batch: string, trace: string): Promise<TradeRecord | undefined>;
  /** Changes a trade only while it is in one of the states; undefined when it is not. */
  move(reference: string, from: readonly TradeState[], change: TradeChange): Promise<TradeRecord | undefined>;
  /** Trades of a terminal in `sending`, `unknown` and `reversing`, oldest first. */
  unresolved(terminal: string): Promise<readonly TradeRecord[]>;
  ofBatch(terminal: string, batch: string): Promise<readonly TradeRecord[]>;
}

export const UNRESOLVED: readonly TradeState[] = ['sending', 'unknown', 'reversing'];

export const TRACE_MAX = 999_999;

export const nextAfter = (trace: number): number => (trace >= TRACE_MAX ? 1 : trace + 1);

export const traceText = (trace: number): string => String(trace).padStart(6, '0');

/** What a buried trade looks like: no terminal, no trace, no message. */
export const buried = (reference: string, at: number): TradeRecord => ({
  reference,
  terminal: '',
  batch: '',
  trace: '',
  purpose: 'sale',
  amount: 0 as Minor,
  at,
  mti: '',
  fields: {},
  state: 'reversed',
  reversalReason: '06',
});

/** What a record says to whoever asks about it. */
export function outcomeOf(record: TradeRecord): Outcome {
  const { state, reason, approval, emv } = record;
  const withEmv = emv === undefined ? {} : { emv };
  switch (state) {
    case 'approved':
      return { state: 'approved', approval: approval ?? {}, ...withEmv };
    case 'declined':
    case 'abandoned':
      return { ...declined(reason ?? ''), ...withEmv };
    case 'reversed':
      return REVERSED;
    case 'sending':
    case 'unknown':
    case 'reversing':
    case 'stuck':
      return unknown(reason ?? 'no-answer');
    default:
      return state satisfies never;
  }
}
