import * as z from 'zod/mini';
import { kit } from './schema.ts';

/** How a card was read; printed beside the masked number: /S /I /C, fallback /F. */
export const CARD_ENTRIES = ['swipe', 'chip', 'contactless', 'fallback'] as const;
export type CardEntry = (typeof CARD_ENTRIES)[number];

const maskedCard = kit.branded<string>(/^\d{0,6}\*{4,}\d{4}$/, 'a masked card number');
const digits = (lengthMax: number) => kit.branded<string>(new RegExp(`^\\d{1,${lengthMax}}$`), 'digits');
const upperHex = (lengthMax: number) =>
  kit.branded<string>(new RegExp(`^([0-9A-F]{2}){1,${lengthMax}}$`), 'upper-case hex');

/** The EMV lines of a slip. Nothing here tells a card number. */
export const EmvLinesSchema = z.strictObject({
  /** 9F06 or 84. */
  aid: z.optional(upperHex(16)),
  /** 50 or 9F12. */
  label: z.optional(kit.text(32)),
  /** 95, 9B, 9F36, 82. */
  tvr: z.optional(upperHex(5)),
  tsi: z.optional(upperHex(2)),
  atc: z.optional(upperHex(2)),
  aip: z.optional(upperHex(2)),
  /** 9F26: application cryptogram of the last GENERATE AC. */
  tc: z.optional(upperHex(8)),
});

/**
 * What the acquirer's side said about money that moved: the fields of a 签购单 (facts: field 5.2) and the references by which a
 * person can find the payment at the wallet or the bank. It never holds more of a card than the first six and last four digits.
 */
export const ApprovalSchema = z.strictObject({
  /** The wallet's transaction number, the terminal's or the host's own id. */
  channelId: z.optional(kit.text(64)),
  /** Masked name or id of who paid, as the wallet gives it. */
  payer: z.optional(kit.text(64)),
  /** 商户编号, 终端编号, 收单机构, 发卡机构. */
  merchantNumber: z.optional(kit.text(32)),
  terminalNumber: z.optional(kit.text(16)),
  acquirer: z.optional(kit.text(40)),
  issuer: z.optional(kit.text(40)),
  /** 卡号, first six and last four at most. */
  card: z.optional(maskedCard),
  entry: z.optional(z.enum(CARD_ENTRIES)),
  /** 批次号, 凭证号 (trace), 参考号 (RRN), 授权码. */
  batch: z.optional(digits(6)),
  trace: z.optional(digits(6)),
  reference: z.optional(kit.text(12)),
  authCode: z.optional(kit.text(6)),
  emv: z.optional(EmvLinesSchema),
  /** True when the cardholder must sign the merchant's copy. */
  signature: z.optional(z.boolean()),
  /** Taken by the terminal while it was off line; the bank has not seen it yet. */
  offline: z.optional(z.boolean()),
  /** What the channel keeps, when it says so at once. Minor units. */
  fee: z.optional(kit.positiveAmount),
  /** When the channel says the money moved, ms. */
  paidAt: z.optional(kit.instant),
  /** Play money: the channel is a sandbox. */
  demo: z.optional(z.boolean()),
});
export type Approval = z.infer<typeof ApprovalSchema>;
