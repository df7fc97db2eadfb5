import type { Language } from '../domain/shop.ts';

/** What the customer's screen says. Few words, in a chunk of their own. */
export const DISPLAY_WORDS = {
  'zh-CN': {
    welcome: '欢迎光临',
    due: '应付',
    scan: '请用手机扫码付款',
    left: '剩余',
    waiting: '正在确认付款，请稍候，请勿重复付款',
    paid: '已收到，谢谢',
    change: '找零',
  },
  en: {
    welcome: 'Welcome',
    due: 'To pay',
    scan: 'Scan to pay',
    left: 'Left',
    waiting: 'Confirming the payment. Please wait, and do not pay again',
    paid: 'Received, thank you',
    change: 'Change',
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;
