import { deviceProblem } from './device-problems.ts';
import { type Parameters, sayIn } from './speaker.ts';
import { type Article, type Translator, wordsOf } from './translator.ts';
import type { CounterKey } from './zh-cn-counter.ts';

/** Speaks of the counter's devices, in the language of a translator. */
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
  const words = wordsOf(translator, 'counter');
  const has = (key: string): key is CounterKey => Object.hasOwn(words, key);
  const t = (key: CounterKey, parameters?: Parameters): string => say(words[key], parameters);
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
        ...wordsOf(translator, 'deviceProblems')[problem],
        money: translator.t('safety.money.apart'),
        data: translator.t('safety.data.kept'),
        retry: translator.t(code === 'unsupported' ? 'safety.retry.useless' : 'safety.retry.safe'),
      };
    },
  };
}
