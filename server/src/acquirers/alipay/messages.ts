import * as z from 'zod/mini';

const text = z.string();
const maybe = z.optional(text);
/** Alipay writes amounts as text; a few gateways write numbers. */
const yuan = z.union([text, z.number()]);

export const CodeSchema = z.object({ code: text, sub_code: maybe });

/** `alipay.trade.pay` and `alipay.trade.query`. */
export const TradeSchema = z.object({
  out_trade_no: text,
  trade_no: maybe,
  trade_status: maybe,
  total_amount: z.optional(yuan),
  buyer_logon_id: maybe,
  seller_id: maybe,
  gmt_payment: maybe,
  send_pay_date: maybe,
});
export type Trade = z.infer<typeof TradeSchema>;

export const PrecreateSchema = z.object({ out_trade_no: text, qr_code: text });

export const CancelSchema = z.object({ out_trade_no: text, retry_flag: maybe, action: maybe });

export const RefundSchema = z.object({
  out_trade_no: text,
  trade_no: maybe,
  fund_change: maybe,
  refund_fee: z.optional(yuan),
  gmt_refund_pay: maybe,
});

/** `alipay.trade.fastpay.refund.query`: empty but for the code when there is no such refund. */
export const RefundQuerySchema = z.object({
  out_trade_no: maybe,
  out_request_no: maybe,
  trade_no: maybe,
  refund_amount: z.optional(yuan),
  refund_status: maybe,
  gmt_refund_pay: maybe,
});

export const BillAddressSchema = z.object({ bill_download_url: text });

/** The fields of a callback that are read. */
export const NotifySchema = z.object({
  notify_id: text,
  app_id: text,
  seller_id: maybe,
  out_trade_no: text,
  trade_no: maybe,
  trade_status: text,
  total_amount: text,
  buyer_logon_id: maybe,
  gmt_payment: maybe,
  /** With a refund: the refund's own number, and everything given back so far. */
  out_biz_no: maybe,
  refund_fee: maybe,
  gmt_refund: maybe,
});
