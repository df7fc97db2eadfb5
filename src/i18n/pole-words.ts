import type { Language } from '../domain/language.ts';

const ENGLISH = {
  welcome: 'WELCOME',
  amount: 'AMOUNT',
  total: 'TOTAL',
  received: 'RECEIVED',
  change: 'CHANGE',
  paid: 'PAID',
  waiting: 'ONE MOMENT',
  scan: 'SCAN CODE',
};

/**
 * What a pole of two lines says: ten columns at most, so that a figure fits beside it. English is plain ASCII, for
 * poles without a font; Arabic is English here: no pole that we know joins its letters.
 */
export const POLE_WORDS = {
  'zh-CN': {
    welcome: '欢迎光临',
    amount: '金额',
    total: '应付',
    received: '实收',
    change: '找零',
    paid: '已收款',
    waiting: '请稍候',
    scan: '请扫码',
  },
  'zh-TW': {
    welcome: '歡迎光臨',
    amount: '金額',
    total: '應付',
    received: '實收',
    change: '找零',
    paid: '已收款',
    waiting: '請稍候',
    scan: '請掃描',
  },
  en: ENGLISH,
  ar: ENGLISH,
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;
