import type { Language } from '../domain/language.ts';
import type { Message } from './message.ts';

/** What is said before anybody has unlocked, in every language: in the first chunk, while all other words are on their way. */
export const DOOR_WORDS = {
  'zh-CN': {
    'app.starting': '正在打开流水账…',
    'lock.pin': '输入 PIN 解锁',
    'lock.checking': '正在核对…',
    'lock.wrong': 'PIN 不对，已错 {count} 次',
    'lock.wait': '错得太多了，{count} 秒后再试',
    'lock.manager-only': '已连续错 10 次，只有店长或店主的 PIN 能解锁',
    'training.stripe': '培训模式 · 不是真实交易',
    'keypad.back': '退格',
    'settings.leave-training': '离开培训模式',
  },
  en: {
    'app.starting': 'Opening the journal…',
    'lock.pin': 'Enter your PIN',
    'lock.checking': 'Checking…',
    'lock.wrong': { one: 'Wrong PIN, {count} try so far', other: 'Wrong PIN, {count} tries so far' },
    'lock.wait': {
      one: 'Too many tries. Wait {count} second',
      other: 'Too many tries. Wait {count} seconds',
    },
    'lock.manager-only': "Ten wrong PINs in a row: only a manager's or the owner's PIN opens now",
    'training.stripe': 'TRAINING · not real sales',
    'keypad.back': 'Delete',
    'settings.leave-training': 'Leave training mode',
  },
  'zh-TW': {
    'app.starting': '正在開啟流水帳…',
    'lock.pin': '輸入 PIN 解鎖',
    'lock.checking': '正在核對…',
    'lock.wrong': 'PIN 不對，已錯 {count} 次',
    'lock.wait': '錯太多次了，{count} 秒後再試',
    'lock.manager-only': '已連續錯 10 次，只有店長或店主的 PIN 能解鎖',
    'training.stripe': '訓練模式 · 不是真實交易',
    'keypad.back': '退格',
    'settings.leave-training': '離開訓練模式',
  },
  ar: {
    'app.starting': 'جارٍ فتح السجل…',
    'lock.pin': 'أدخل رمز PIN',
    'lock.checking': 'جارٍ التحقق…',
    'lock.wrong': {
      zero: 'رمز PIN خطأ',
      one: 'رمز PIN خطأ، محاولة واحدة حتى الآن',
      two: 'رمز PIN خطأ، محاولتان حتى الآن',
      few: 'رمز PIN خطأ، {count} محاولات حتى الآن',
      many: 'رمز PIN خطأ، {count} محاولة حتى الآن',
      other: 'رمز PIN خطأ، {count} محاولة حتى الآن',
    },
    'lock.wait': {
      zero: 'محاولات كثيرة. انتظر لحظة',
      one: 'محاولات كثيرة. انتظر ثانية واحدة',
      two: 'محاولات كثيرة. انتظر ثانيتين',
      few: 'محاولات كثيرة. انتظر {count} ثوانٍ',
      many: 'محاولات كثيرة. انتظر {count} ثانية',
      other: 'محاولات كثيرة. انتظر {count} ثانية',
    },
    'lock.manager-only': 'عشرة رموز خاطئة متتالية: لا يفتح الآن إلا رمز المدير أو المالك',
    'training.stripe': 'تدريب · ليست مبيعات حقيقية',
    'keypad.back': 'حذف',
    'settings.leave-training': 'ترك وضع التدريب',
  },
} as const satisfies Readonly<Record<Language, Readonly<Record<string, Message>>>>;

export type DoorKey = keyof (typeof DOOR_WORDS)['zh-CN'];
