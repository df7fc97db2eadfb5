import { findTlv, parseTlv } from '../../../../src/devices/codecs/tlv/ber-tlv.ts';
import { TlvError } from '../../../../src/devices/codecs/tlv/tlv-error.ts';
import type { Approval, CardEntry } from '../../../../src/domain/approval.ts';
import { cleanApproval } from '../shared/approvals.ts';
import { beijingMs, beijingText } from '../shared/shop-time.ts';
import type { IsoFields, IsoMessage } from './codec.ts';
import type { ReversalReason, TradeRecord } from './terminal-store.ts';

/** What came back for one request. */
export type Heard =
  /** `authentic`: it carried the MAC of this terminal. */
  | { readonly kind: 'answer'; readonly message: IsoMessage; readonly authentic: boolean }
  | { readonly kind: 'silence'; readonly reason: 'no-answer' | 'bad-mac' | 'malformed-answer' };

export type Verdict =
  | { readonly state: 'approved' }
  | { readonly state: 'declined'; readonly reason: string }
  | { readonly state: 'unknown'; readonly reason: string; readonly reversalReason: ReversalReason };

const APPROVED = '00';
/** Codes after which nobody knows: the terminal reverses. 10 is a part of the amount, which no till asked for. */
const UNDECIDED: ReadonlySet<string> = new Set(['10', '68', '96', '97', '98', 'A0']);
/** 25: the host never saw it, and refuses it from now on. */
const UNDONE: ReadonlySet<string> = new Set([APPROVED, '25']);
/** 12: voided or refunded meanwhile. 21: the bank will not undo it. */
const NOT_UNDONE: ReadonlySet<string> = new Set(['12', '21']);
/** On a repetition these speak of the message, not of the trade: batch closed, trace known, trade refused as undone. */
const ABOUT_REPETITION: ReadonlySet<string> = new Set(['22', '77', '94']);
const OTHER_BATCH = '77';
/** Answers that come without a MAC, because there is no common key. */
const KEYLESS: ReadonlySet<string> = new Set(['97', '99', 'A0']);

export const hostReason = (code: string | undefined): string =>
  code === undefined ? 'malformed-answer' : `host-${code.trim().toLowerCase()}`;

/** The host says that the batch is another, or without a MAC that there is no common key: sign in before anything else. */
export const asksForSignIn = ({ fields }: IsoMessage, isAuthentic: boolean): boolean =>
  isAuthentic ? fields[39] === OTHER_BATCH : KEYLESS.has(fields[39] ?? '');

/** What an answer to a financial request decides. Only an authentic answer about this very trade and amount is definite. */
export function verdictOf(record: TradeRecord, heard: Heard, isRepeat = false): Verdict {
  if (heard.kind === 'silence') {
    const reversalReason = { 'no-answer': '98', 'bad-mac': 'A0', 'malformed-answer': '06' } as const;
    return { state: 'unknown', reason: heard.reason, reversalReason: reversalReason[heard.reason] };
  }
  const { fields } = heard.message;
  const code = fields[39];
  if (!heard.authentic || code === undefined || UNDECIDED.has(code)) return unknown(hostReason(code));
  if (isRepeat && ABOUT_REPETITION.has(code)) return unknown(hostReason(code));
  if (!echoes(record.fields, fields)) return unknown('other-order');
  if (fields[4] !== record.fields[4]) return unknown('amount-mismatch');
  return code === APPROVED ? { state: 'approved' } : { state: 'declined', reason: hostReason(code) };
}

const unknown = (reason: string): Verdict => ({ state: 'unknown', reason, reversalReason: '06' });

const echoes = (asked: IsoFields, answered: IsoFields): boolean =>
  [3, 42, 49].every((field) => answered[field] === asked[field]);

/** What a reversal's answer decides: undone, refused for good (a matter for people), or nothing yet. */
export function reversalVerdict(heard: Heard): {
  readonly state: 'reversed' | 'stuck' | 'reversing';
  readonly reason: string;
} {
  if (heard.kind !== 'answer') return { state: 'reversing', reason: heard.reason };
  const code = heard.message.fields[39];
  const reason = hostReason(code);
  if (!heard.authentic || code === undefined) return { state: 'reversing', reason };
  if (UNDONE.has(code)) return { state: 'reversed', reason };
  return { state: NOT_UNDONE.has(code) ? 'stuck' : 'reversing', reason };
}

/** What the slip says of the card. */
export interface CardOnSlip {
  readonly entry: CardEntry;
  readonly hasPin: boolean;
  /** Field 55 of the request, upper-case hex. */
  readonly emv?: string;
}

/** The slip's fields from an approved answer. */
export function approvalFrom(
  record: TradeRecord,
  message: IsoMessage,
  extra: {
    readonly nowMs: number;
    readonly card?: CardOnSlip | undefined;
    readonly masked?: string | undefined;
    readonly demo: boolean;
  },
): Approval {
  const { fields } = message;
  const { card } = extra;
  const institutions = fields[44] ?? '';
  return cleanApproval({
    channelId: `${record.terminal}-${record.batch}-${record.trace}`,
    merchantNumber: fields[42]?.trim(),
    terminalNumber: fields[41]?.trim(),
    issuer: trimmed(institutions.slice(0, 11)),
    acquirer: trimmed(institutions.slice(11, 22)),
    card: extra.masked,
    entry: card?.entry,
    batch: record.batch,
    trace: record.trace,
    reference: trimmed(fields[37]),
    authCode: trimmed(fields[38]),
    emv: card?.emv === undefined ? undefined : emvLines(card.emv),
    signature: card === undefined ? undefined : !card.hasPin,
    paidAt: paidAt(fields, extra.nowMs),
    ...(extra.demo ? { demo: true } : {}),
  });
}

const trimmed = (text: string | undefined): string | undefined => text?.trim() || undefined;

/** Beijing time of fields 13 and 12, in the year that brings it nearest to now. */
function paidAt(fields: IsoFields, nowMs: number): number | undefined {
  const [date, time] = [fields[13], fields[12]];
  if (date === undefined || time === undefined) return undefined;
  const [hour, minute, second] = [time.slice(0, 2), time.slice(2, 4), time.slice(4)];
  const year = Number(beijingText(nowMs).slice(0, 4));
  const candidates = [year - 1, year, year + 1].flatMap(
    (each) => beijingMs(`${each}-${date.slice(0, 2)}-${date.slice(2)} ${hour}:${minute}:${second}`) ?? [],
  );
  return candidates.sort((a, b) => Math.abs(a - nowMs) - Math.abs(b - nowMs))[0];
}

/** The EMV lines of the slip, from what the chip said. Unreadable data has none. */
function emvLines(emv: string): Approval['emv'] {
  try {
    const nodes = parseTlv(Buffer.from(emv, 'hex'));
    const bytes = (...tags: number[]): Buffer | undefined => {
      for (const tag of tags) {
        const node = findTlv(nodes, tag);
        if (node !== undefined) return Buffer.from(node.value);
      }
      return undefined;
    };
    const hex = (...tags: number[]): string | undefined =>
      bytes(...tags)
        ?.toString('hex')
        .toUpperCase();
    const lines = {
      aid: hex(0x9f06, 0x84),
      label: bytes(0x50, 0x9f12)?.toString('latin1').trim(),
      tvr: hex(0x95),
      tsi: hex(0x9b),
      atc: hex(0x9f36),
      aip: hex(0x82),
      tc: hex(0x9f26),
    };
    return Object.fromEntries(Object.entries(lines).filter(([, line]) => line !== undefined && line !== ''));
  } catch (error) {
    if (error instanceof TlvError) return undefined;
    throw error;
  }
}
