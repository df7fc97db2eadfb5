import { type Language, localeOf } from '../domain/language.ts';
import { type Currency, DEFAULT_CURRENCY, type Minor } from '../domain/money.ts';
import { toDecimal } from '../domain/money-format.ts';
import type { Tender } from '../domain/tender.ts';

/** What a voice says of money. `{amount}` is said with its unit. */
interface VoiceWords {
  readonly received: Readonly<Partial<Record<Tender, string>>> & { readonly other: string };
  readonly refunded: string;
  /** Before the rest, where the money is not real. */
  readonly play: string;
  readonly yuan: string;
}

/** By language. */
export const VOICE_WORDS: Readonly<Record<Language, VoiceWords>> = {
  'zh-CN': {
    received: {
      wechat: '微信收款 {amount}',
      alipay: '支付宝到账 {amount}',
      'unionpay-qr': '云闪付收款 {amount}',
      card: '银行卡收款 {amount}',
      'stored-value': '储值卡收款 {amount}',
      other: '收款成功 {amount}',
    },
    refunded: '已退款 {amount}',
    play: '不是真钱，',
    yuan: '{amount} 元',
  },
  'zh-TW': {
    received: {
      wechat: '微信收款 {amount}',
      alipay: '支付寶入帳 {amount}',
      'unionpay-qr': '雲閃付收款 {amount}',
      card: '信用卡收款 {amount}',
      'stored-value': '儲值卡收款 {amount}',
      other: '收款成功 {amount}',
    },
    refunded: '已退款 {amount}',
    play: '不是真錢，',
    yuan: '{amount} 元',
  },
  en: {
    received: {
      wechat: 'WeChat Pay received, {amount}',
      alipay: 'Alipay received, {amount}',
      'unionpay-qr': 'UnionPay received, {amount}',
      card: 'Card payment received, {amount}',
      'stored-value': 'Stored value received, {amount}',
      other: 'Payment received, {amount}',
    },
    refunded: 'Refunded, {amount}',
    play: 'Not real money. ',
    yuan: '{amount} yuan',
  },
  ar: {
    received: {
      wechat: 'وصلت دفعة عبر ويتشات، {amount}',
      alipay: 'وصلت دفعة عبر أليباي، {amount}',
      'unionpay-qr': 'وصلت دفعة عبر يونيون باي، {amount}',
      card: 'وصلت دفعة بالبطاقة، {amount}',
      'stored-value': 'خُصم من بطاقة الرصيد، {amount}',
      other: 'وصلت دفعة، {amount}',
    },
    refunded: 'أُعيد المبلغ، {amount}',
    play: 'ليست نقودًا حقيقية. ',
    yuan: '{amount} يوان',
  },
};

/** The sentence that announces money, for a voice that reads Arabic figures itself. */
export function voiceSentence(
  spoken: {
    readonly kind: 'received' | 'refunded';
    readonly tender: Tender;
    readonly amount: Minor;
    readonly currency: Currency;
    readonly play: boolean;
  },
  language: Language,
): string {
  const words = VOICE_WORDS[language];
  const text =
    spoken.kind === 'refunded' ? words.refunded : (words.received[spoken.tender] ?? words.received.other);
  return (spoken.play ? words.play : '') + text.replace('{amount}', amountIn(spoken, words, language));
}

function amountIn(
  { amount, currency }: { readonly amount: Minor; readonly currency: Currency },
  { yuan }: VoiceWords,
  language: Language,
): string {
  // A round sum is said without its cents, as people say it.
  const decimal = toDecimal(amount, currency).replace(/[.]0+$/, '');
  if (currency === DEFAULT_CURRENCY) return yuan.replace('{amount}', decimal);
  const named = new Intl.NumberFormat(localeOf(language), {
    style: 'currency',
    currency,
    currencyDisplay: 'name',
  });
  return named.format(decimal as `${number}`);
}
