import type { Language } from '../domain/shop.ts';
import { DEVICE_PROBLEMS, deviceProblem } from './device-problems.ts';
import { EN_COUNTER } from './en-counter.ts';
import type { Message } from './message.ts';
import { type Parameters, sayIn } from './speaker.ts';
import type { Article, Translator } from './translator.ts';
import { type CounterKey, ZH_CN_COUNTER } from './zh-cn-counter.ts';

const WORDS: Readonly<Record<Language, Readonly<Record<CounterKey, Message>>>> = {
  'zh-CN': ZH_CN_COUNTER,
  en: EN_COUNTER,
};

const has = (key: string): key is CounterKey => Object.hasOwn(ZH_CN_COUNTER, key);

/** Speaks of the counter's devices, in the language of a translator. Both languages come with the page that uses it. */
export interface CounterSpeaker {
  readonly of: Translator;
  t(key: CounterKey, parameters?: Parameters): string;
  /** The name of a driver; its id where nobody gave it one. */
  driver(id: string): string;
  /** What to do at the device before it is connected; undefined where there is nothing to do. */
  prepare(id: string): string | undefined;
  /** Why a device cannot be used. No money hangs on it. */
  problem(code: string, way?: 'camera' | 'nfc'): Article;
}

export function counterSpeaker(translator: Translator): CounterSpeaker {
  const { language } = translator;
  const say = sayIn(language);
  const t = (key: CounterKey, parameters?: Parameters): string => say(WORDS[language][key], parameters);
  return {
    of: translator,
    t,
    driver: (id) => {
      const key = `driver.${id}`;
      return has(key) ? t(key) : id;
    },
    prepare: (id) => {
      const key = `prepare.${id}`;
      return has(key) ? t(key) : undefined;
    },
    problem: (code, way) => {
      const problem = deviceProblem(code, way);
      if (problem === undefined) return translator.article(code, 'print');
      return {
        code: `device.${problem}`,
        ...DEVICE_PROBLEMS[language][problem],
        money: translator.t('safety.money.apart'),
        data: translator.t('safety.data.kept'),
        retry: translator.t(code === 'unsupported' ? 'safety.retry.useless' : 'safety.retry.safe'),
      };
    },
  };
}
