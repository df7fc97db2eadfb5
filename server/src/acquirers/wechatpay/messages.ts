import * as z from 'zod/mini';

const text = z.string();
const maybe = z.optional(text);
const fen = z.int();

/** The answer to a code pay and to a query, and the resource of a payment callback. */
export const TransactionSchema = z.object({
  appid: maybe,
  mchid: text,
  out_trade_no: text,
  transaction_id: maybe,
  trade_state: text,
  bank_type: maybe,
  success_time: maybe,
  payer: z.optional(z.object({ openid: maybe })),
  amount: z.optional(z.object({ total: z.optional(fen), currency: maybe })),
});
export type Transaction = z.infer<typeof TransactionSchema>;

/** The answer to a refund and to its query. */
export const RefundSchema = z.object({
  refund_id: maybe,
  out_refund_no: text,
  out_trade_no: text,
  status: text,
  success_time: maybe,
  amount: z.object({ refund: fen, total: z.optional(fen), currency: maybe }),
});
export type WechatRefund = z.infer<typeof RefundSchema>;

/** The resource of a refund callback: the same facts under other names. */
export const RefundNoticeSchema = z.object({
  mchid: text,
  out_trade_no: text,
  out_refund_no: text,
  refund_id: maybe,
  refund_status: text,
  success_time: maybe,
  amount: z.object({ refund: fen, total: z.optional(fen) }),
});

export const NativeSchema = z.object({ code_url: text });

export const ReversedSchema = z.object({ appid: maybe, mchid: text, out_trade_no: text });

export const TradeBillSchema = z.object({ hash_type: text, hash_value: text, download_url: text });

export const ProblemSchema = z.object({ code: text, message: maybe });

/** A callback before its resource is opened. */
export const NoticeSchema = z.object({
  id: text,
  event_type: text,
  resource_type: maybe,
  resource: z.object({
    algorithm: text,
    ciphertext: text,
    associated_data: maybe,
    nonce: text,
    original_type: maybe,
  }),
});
