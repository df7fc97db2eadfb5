import type { Minor } from '../../src/domain/money.ts';

export type HostId = 'bank' | 'wechatpay' | 'alipay' | 'unionpay-qr';

/** What a host is asked to do. `pay` covers every request that takes money; `precreate` shows a code. */
export const OPERATIONS = [
  'pay',
  'precreate',
  'query',
  'reverse',
  'close',
  'refund',
  'refund-query',
  'statement',
  'sign-in',
  'settle',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** When the money really moves, whatever the answer says. */
export const BOOKINGS = [
  'now', // before the answer
  'never', // the request had no effect at all
  'waiting', // the customer must confirm (password); see `queries`
  'late', // `delayMs` after the request, by itself
  'at-reverse', // in the last moment before a reversal is carried out, which then has to give it back
  'after-reverse', // `delayMs` after a reversal was confirmed: a provider that breaks its word
] as const;
export type Booking = (typeof BOOKINGS)[number];

/** What the caller gets to see. */
export const ANSWERS = [
  'normal',
  'drop', // the connection is cut
  'silence', // nothing comes, the connection stays open
  'late', // the true answer, after `delayMs`
  'twice', // ISO 8583: the answer is sent two times (HTTP cannot)
  'bad-signature', // signature or MAC is wrong
  'no-signature', // signature or MAC is left out
  'system-error', // "I do not know" in the words of the host
  'malformed', // cannot be parsed
  'unknown-field', // a field that the format does not have
  'wrong-amount', // signed, but one fen less
  'wrong-order', // signed, but about another order or trace
] as const;
export type Answer = (typeof ANSWERS)[number];

/** How the notice of a payment is sent, where the host has one. */
export const NOTICES = [
  'normal',
  'never',
  'twice',
  'late',
  'bad-signature',
  'wrong-amount',
  'wrong-merchant',
  'old', // a good signature with a time stamp of an hour ago
] as const;
export type Notice = (typeof NOTICES)[number];

/** What becomes of a refund. All but `normal` and `refused` are only accepted at first, for `queries` refund queries or a minute. */
export const REFUND_FATES = [
  'normal',
  'processing', // then done
  'failing', // then closed: the shop has the money back
  'held', // then held: no account takes it (WeChat Pay only; others go on processing)
  'refused',
] as const;
export type RefundFate = (typeof REFUND_FATES)[number];

export interface Behaviour {
  readonly booking: Booking;
  readonly answer: Answer;
  /** The host's own code for "no"; '' approves. */
  readonly decline: string;
  /** `waiting`: the customer has confirmed when this many queries have come; 0 = only by a customer action. */
  readonly queries: number;
  /** How late `late` and `after-reverse` things are, ms. */
  readonly delayMs: number;
  /** How often a reversal of this order says "again" before it works. */
  readonly reverseRetries: number;
  /** A reversal of this order is refused for good. */
  readonly reverseRefused: boolean;
  readonly notice: Notice;
  /** What becomes of a refund of this order. */
  readonly refund: RefundFate;
  /** ISO 8583: put issuer scripts (tags 71, 72) into field 55. */
  readonly scripts: boolean;
}

/** How late things are if nobody says: longer than any terminal waits. */
export const DEFAULT_DELAY_MS = 70_000;

export const NORMAL: Behaviour = {
  booking: 'now',
  answer: 'normal',
  decline: '',
  queries: 0,
  delayMs: DEFAULT_DELAY_MS,
  reverseRetries: 0,
  reverseRefused: false,
  notice: 'normal',
  refund: 'normal',
  scripts: false,
};

/** An order for different behaviour. Fields that are left out match everything. */
export interface Rule {
  readonly host?: HostId;
  readonly operation?: Operation;
  readonly amount?: number;
  readonly order?: string;
  readonly behaviour: Partial<Behaviour>;
  /** How many requests it applies to; 0 = until it is cleared. */
  readonly times: number;
}

export interface RequestFacts {
  readonly host: HostId;
  readonly operation: Operation;
  readonly amount: Minor;
  readonly order: string;
}
