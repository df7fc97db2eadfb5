/** HTTP status of every error code this host knows (pay.weixin.qq.com, APIv3 code payment, 2024-12). */
const STATUS: Readonly<Record<string, number>> = {
  USERPAYING: 202,
  PARAM_ERROR: 400,
  INVALID_REQUEST: 400,
  AUTH_CODE_INVALID: 400,
  AUTHCODEEXPIRE: 400,
  ORDER_CLOSED: 400,
  ORDERPAID: 400,
  APPID_MCHID_NOT_MATCH: 400,
  NO_STATEMENT_EXIST: 400,
  STATEMENT_CREATING: 400,
  REVERSE_EXPIRE: 400,
  SIGN_ERROR: 401,
  NOTENOUGH: 403,
  NOT_ENOUGH: 403,
  NO_AUTH: 403,
  RULE_LIMIT: 403,
  TRADE_ERROR: 403,
  ACCOUNT_ERROR: 403,
  OUT_TRADE_NO_USED: 403,
  ORDER_NOT_EXIST: 404,
  RESOURCE_NOT_EXISTS: 404,
  FREQUENCY_LIMITED: 429,
  BANK_ERROR: 500,
  SYSTEM_ERROR: 500,
};

export interface WechatAnswer {
  readonly status: number;
  readonly value: Record<string, unknown> | undefined;
}

export function fault(code: string, message = code): WechatAnswer {
  return { status: STATUS[code] ?? 400, value: { code, message } };
}

export const ok = (value: Record<string, unknown>): WechatAnswer => ({ status: 200, value });
