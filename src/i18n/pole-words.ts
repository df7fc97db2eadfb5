import type { Language } from '../domain/shop.ts';

/** What a pole of two lines says: ten columns at most, so that a figure fits beside it. English is plain ASCII, for poles without a font. */
export const POLE_WORDS = {
  'zh-CN': {
    welcome: '欢迎光临',
    total: '应付',
    received: '实收',
    change: '找零',
    paid: '已收款',
    waiting: '请稍候',
    scan: '请扫码',
  },
  en: {
    welcome: 'WELCOME',
    total: 'TOTAL',
    received: 'RECEIVED',
    change: 'CHANGE',
    paid: 'PAID',
    waiting: 'ONE MOMENT',
    scan: 'SCAN CODE',
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;
