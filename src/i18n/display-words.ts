import type { Language } from '../domain/language.ts';

/** What the customer's screen says. Few words, in a chunk of their own. */
export const DISPLAY_WORDS = {
  'zh-CN': {
    welcome: '欢迎光临',
    amount: '金额',
    due: '应付',
    scan: '请用手机扫码付款',
    left: '剩余 {seconds} 秒',
    waiting: '正在确认付款，请稍候，请勿重复付款',
    paid: '已收到，谢谢',
    change: '找零',
  },
  en: {
    welcome: 'Welcome',
    amount: 'Amount',
    due: 'To pay',
    scan: 'Scan to pay',
    left: '{seconds} s left',
    waiting: 'Confirming the payment. Please wait, and do not pay again',
    paid: 'Received, thank you',
    change: 'Change',
  },
  'zh-TW': {
    welcome: '歡迎光臨',
    amount: '金額',
    due: '應付',
    scan: '請用手機掃描付款',
    left: '剩餘 {seconds} 秒',
    waiting: '正在確認付款，請稍候，請勿重複付款',
    paid: '已收到，謝謝',
    change: '找零',
  },
  ar: {
    welcome: 'أهلًا وسهلًا',
    amount: 'المبلغ',
    due: 'المستحق',
    scan: 'امسح للدفع',
    left: 'بقيت {seconds} ث',
    waiting: 'جارٍ تأكيد الدفع. انتظر من فضلك ولا تدفع مرة أخرى',
    paid: 'وصل المبلغ، شكرًا',
    change: 'الباقي',
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, string>>>>;
