import type { Minor } from '../../src/domain/money.ts';
import { type Behaviour, type HostId, NORMAL } from './behaviour.ts';

/** Amounts from 7000.00 to 7009.99 are magic; any other amount is an ordinary, honest payment. */
export const MAGIC_BASE = 700_000;
const MAGIC_SIZE = 1_000;

/** Magic digits of a reversal that says "again" n times. */
const REVERSE_RETRIES = 260;

/** Last three digits (fen) 001..099: what "no" means, and how each host says it. '' = this host has no such answer. */
export const DECLINES: Readonly<Record<number, Readonly<Record<HostId, string>>>> = {
  5: { bank: '05', wechatpay: 'TRADE_ERROR', alipay: 'ACQ.TRADE_BUYER_NOT_MATCH', 'unionpay-qr': '05' },
  14: {
    bank: '14',
    wechatpay: 'AUTH_CODE_INVALID',
    alipay: 'ACQ.PAYMENT_AUTH_CODE_INVALID',
    'unionpay-qr': '14',
  },
  51: { bank: '51', wechatpay: 'NOTENOUGH', alipay: 'ACQ.BUYER_BALANCE_NOT_ENOUGH', 'unionpay-qr': '51' },
  54: {
    bank: '54',
    wechatpay: 'AUTHCODEEXPIRE',
    alipay: 'ACQ.PAYMENT_AUTH_CODE_INVALID',
    'unionpay-qr': '54',
  },
  57: { bank: '57', wechatpay: 'NO_AUTH', alipay: 'ACQ.ACCESS_FORBIDDEN', 'unionpay-qr': '57' },
  61: {
    bank: '61',
    wechatpay: 'RULE_LIMIT',
    alipay: 'ACQ.BUYER_PAYMENT_AMOUNT_DAY_LIMIT_ERROR',
    'unionpay-qr': '61',
  },
  62: {
    bank: '62',
    wechatpay: 'ACCOUNT_ERROR',
    alipay: 'ACQ.BUYER_ENABLE_STATUS_FORBID',
    'unionpay-qr': '62',
  },
  65: {
    bank: '65',
    wechatpay: 'FREQUENCY_LIMITED',
    alipay: 'ACQ.BEYOND_PAY_RESTRICTION',
    'unionpay-qr': '65',
  },
  91: {
    bank: '91',
    wechatpay: 'BANK_ERROR',
    alipay: 'ACQ.ERROR_BALANCE_PAYMENT_DISABLE',
    'unionpay-qr': '91',
  },
};

/** Magic digits for everything that is not a plain "no". The same for every host. */
export const MAGIC: Readonly<Record<number, Partial<Behaviour>>> = {
  200: { answer: 'late' },
  201: { answer: 'late', booking: 'late', delayMs: 30_000 },
  210: { answer: 'drop', booking: 'never' },
  211: { answer: 'drop' },
  212: { answer: 'silence', booking: 'never' },
  213: { answer: 'silence' },
  220: { answer: 'twice', notice: 'twice' },
  230: { answer: 'bad-signature' },
  231: { answer: 'bad-signature', booking: 'never' },
  232: { answer: 'no-signature' },
  240: { answer: 'system-error' },
  241: { answer: 'system-error', booking: 'never' },
  250: { answer: 'silence', booking: 'at-reverse' },
  251: { answer: 'silence', booking: 'after-reverse', delayMs: 5_000 },
  252: { answer: 'silence', booking: 'late', delayMs: 30_000 },
  270: { answer: 'silence', reverseRefused: true },
  280: { answer: 'wrong-amount' },
  281: { answer: 'wrong-order' },
  290: { notice: 'twice' },
  291: { notice: 'bad-signature' },
  292: { notice: 'late' },
  293: { notice: 'never' },
  294: { notice: 'wrong-amount' },
  295: { notice: 'wrong-merchant' },
  296: { notice: 'old' },
  300: { answer: 'malformed' },
  301: { answer: 'unknown-field' },
  310: { refund: 'processing', queries: 2 },
  311: { refund: 'refused' },
  312: { refund: 'failing', queries: 2 },
  313: { refund: 'held', queries: 2 },
  320: { scripts: true },
};

/** What an amount asks of a host; undefined for an ordinary amount. */
export function magicBehaviour(host: HostId, amount: Minor): Partial<Behaviour> | undefined {
  const digits = amount - MAGIC_BASE;
  if (digits < 0 || digits >= MAGIC_SIZE) return undefined;
  if (digits > 0 && digits < 100) {
    const known = DECLINES[digits]?.[host];
    // A bank knows every two-digit code; a wallet has only the words of the table.
    const code = known ?? (host === 'bank' ? String(digits).padStart(2, '0') : undefined);
    return code === undefined ? undefined : { decline: code, booking: 'never' };
  }
  if (digits >= 100 && digits < 200) return { booking: 'waiting', queries: digits - 100 };
  if (digits > REVERSE_RETRIES && digits < REVERSE_RETRIES + 10) {
    return { answer: 'silence', reverseRetries: digits - REVERSE_RETRIES };
  }
  return MAGIC[digits];
}

export function behaviourOf(partial: Partial<Behaviour> | undefined): Behaviour {
  return partial === undefined ? NORMAL : { ...NORMAL, ...partial };
}
