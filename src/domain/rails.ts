import * as z from 'zod/mini';
import { kit } from './schema.ts';
import { METHODS, type Method, type Tender, TenderSchema, WALLETS, type Wallet } from './tender.ts';

const ms = z.int().check(z.minimum(0), z.maximum(3_600_000));

/** How a rail is waited for, as data. All figures in ms unless said otherwise. */
export const RailTimingsSchema = z.strictObject({
  /** Pause before the first inquiry after no answer, and between inquiries. */
  firstInquiryMs: ms,
  inquireEveryMs: ms,
  /** From sending on: when inquiring ends and undoing begins. A shown code lives this long. */
  windowMs: ms,
  /** No undo before this, counted from sending (WeChat: 15 s). */
  reverseNotBeforeMs: ms,
  /** Pauses between undo requests: the first, doubled each time up to the longest. */
  reverseEveryMs: ms,
  reverseLongestMs: ms,
  /** Undo requests without an answer before a manager is called. The undoing goes on all the same when the link is back. */
  reversalsMax: z.int().check(z.minimum(1), z.maximum(1_000)),
  /** Longest time for one answer before it counts as none. */
  answerMs: ms,
});
export type RailTimingsData = z.infer<typeof RailTimingsSchema>;

/**
 * Sources: WeChat 4011937125 and 4013637903 (query every 5 s, 45 s, revoke not before 15 s), Alipay barcode practice (3–5 s,
 * about 60 s, cancel at once after the last query), card host: reversal until answered; terminals: Adyen 120 s local
 * (facts: reliability 2.1–2.3).
 */
const WECHAT: RailTimingsData = {
  firstInquiryMs: 5_000,
  inquireEveryMs: 5_000,
  windowMs: 45_000,
  reverseNotBeforeMs: 15_000,
  reverseEveryMs: 5_000,
  reverseLongestMs: 60_000,
  reversalsMax: 20,
  answerMs: 10_000,
};
const ALIPAY: RailTimingsData = {
  ...WECHAT,
  firstInquiryMs: 3_000,
  inquireEveryMs: 4_000,
  windowMs: 60_000,
  reverseNotBeforeMs: 0,
};
const SHOWN: Partial<RailTimingsData> = {
  firstInquiryMs: 2_000,
  inquireEveryMs: 2_000,
  windowMs: 120_000,
  reverseNotBeforeMs: 0,
};
/** A bank host has no inquiry of its own: what is not answered is reversed, until that is answered. */
const CARD_HOST: RailTimingsData = {
  ...ALIPAY,
  firstInquiryMs: 1_000,
  inquireEveryMs: 5_000,
  windowMs: 30_000,
  answerMs: 60_000,
};
const TERMINAL: RailTimingsData = {
  ...ALIPAY,
  firstInquiryMs: 2_000,
  inquireEveryMs: 5_000,
  windowMs: 120_000,
  answerMs: 120_000,
};

export const RAIL_TIMINGS: Readonly<Record<string, RailTimingsData>> = {
  'wechat/customer-code': WECHAT,
  'alipay/customer-code': ALIPAY,
  'unionpay-qr/customer-code': ALIPAY,
  'wechat/shop-code': { ...WECHAT, ...SHOWN },
  'alipay/shop-code': { ...ALIPAY, ...SHOWN },
  'unionpay-qr/shop-code': { ...ALIPAY, ...SHOWN },
  'card/reader': CARD_HOST,
  'card/terminal': TERMINAL,
};

/** The timings of a tender and method; a rail that is not listed waits as a bank host does. */
export const timingsOf = (tender: Tender, method: Method | undefined): RailTimingsData =>
  RAIL_TIMINGS[`${tender}/${method ?? ''}`] ?? CARD_HOST;

/** Whose code is it? Patterns are regular expressions over the whole text. The server may hand out another table. */
export const CodeTableSchema = z
  .array(z.strictObject({ wallet: z.enum(WALLETS), pattern: kit.text(100) }))
  .check(z.maxLength(20));
export type CodeTable = z.infer<typeof CodeTableSchema>;

/** Source: facts, devices 5.2. A UnionPay code has 19 digits, so a 13-digit EAN fits none. */
export const CODE_TABLE: CodeTable = [
  { wallet: 'wechat', pattern: '1[0-5]\\d{16}' },
  { wallet: 'alipay', pattern: '(?:2[5-9]|30)\\d{14,22}' },
  { wallet: 'unionpay-qr', pattern: '62\\d{17}' },
];

/** Shortest and longest pay code, digits. Whatever a table says, an EAN (8, 12, 13 or 14 digits) is never one. */
const PAY_CODE = /^\d{16,24}$/;

/** The wallet of a scanned pay code; undefined when it is none of ours. */
export function walletOf(code: string, table: CodeTable = CODE_TABLE): Wallet | undefined {
  if (!PAY_CODE.test(code)) return undefined;
  return table.find(({ pattern }) => new RegExp(`^(?:${pattern})$`).test(code))?.wallet;
}

/** One way of taking money that the shop's server offers. */
export const RailSchema = z.strictObject({
  tender: TenderSchema,
  method: z.optional(z.enum(METHODS)),
  timings: RailTimingsSchema,
});
export type RailOffer = z.infer<typeof RailSchema>;
