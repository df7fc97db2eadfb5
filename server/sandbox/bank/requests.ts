import { type Minor, minor, ZERO } from '../../../src/domain/money.ts';
import type { Operation } from '../behaviour.ts';
import type { Message } from './codec.ts';
import type { TradeKind } from './trades.ts';

interface Row {
  readonly kind: TradeKind;
  readonly mti: string;
  readonly processing: string;
  readonly condition: string;
  readonly operation: Operation;
  readonly card: boolean;
}

const row = (
  kind: TradeKind,
  mti: string,
  processing: string,
  condition: string,
): Omit<Row, 'operation' | 'card'> => ({
  kind,
  mti,
  processing,
  condition,
});

/** PROFILE.md 4 by message type code (60.1). */
const ROWS: Readonly<Record<string, Row>> = {
  '01': { ...row('balance', '0200', '310000', '00'), operation: 'query', card: true },
  '22': { ...row('sale', '0200', '000000', '00'), operation: 'pay', card: true },
  '23': { ...row('void', '0200', '200000', '00'), operation: 'refund', card: false },
  '25': { ...row('refund', '0220', '200000', '00'), operation: 'refund', card: false },
  '10': { ...row('authorisation', '0100', '030000', '06'), operation: 'pay', card: true },
  '11': { ...row('authorisation-cancel', '0100', '200000', '06'), operation: 'refund', card: false },
  '20': { ...row('completion', '0200', '000000', '06'), operation: 'pay', card: false },
  '21': { ...row('completion-cancel', '0200', '200000', '06'), operation: 'refund', card: false },
  '34': { ...row('tip', '0220', '000000', '00'), operation: 'refund', card: false },
};

export interface TradeRequest {
  readonly message: Message;
  readonly kind: TradeKind;
  readonly operation: Operation;
  readonly needsCard: boolean;
  readonly amount: Minor;
  readonly trace: string;
  readonly batch: string;
}

/** Reads a financial request; undefined when its fields do not go together (39 = 30). */
export function readTrade(message: Message): TradeRequest | undefined {
  const { fields } = message;
  const private60 = fields.get(60) ?? '';
  const known = ROWS[private60.slice(0, 2)];
  if (known === undefined || !/^\d{11}(\d{2})?$/.test(private60)) return undefined;
  const { kind, mti, processing, condition } = known;
  if (mti !== message.mti || fields.get(3) !== processing || fields.get(25) !== condition) return undefined;
  if (private60.slice(8, 11) !== '000' || fields.get(49) !== '156') return undefined;
  const trace = fields.get(11) ?? '';
  if (!/^\d{6}$/.test(trace) || trace === '000000' || fields.get(22) === undefined) return undefined;
  const amount = fields.get(4);
  if ((amount === undefined) !== (kind === 'balance')) return undefined;
  if (needsOriginal(kind) && !/^\d{12}(\d{4})?$/.test(fields.get(61) ?? '')) return undefined;
  return {
    message,
    kind,
    operation: known.operation,
    needsCard: known.card,
    amount: amount === undefined ? ZERO : minor(Number(amount)),
    trace,
    batch: private60.slice(2, 8),
  };
}

export const needsOriginal = (kind: TradeKind): boolean =>
  kind !== 'sale' && kind !== 'authorisation' && kind !== 'balance';
