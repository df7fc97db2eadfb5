import { type CounterSpeaker, counterSpeaker } from '../../i18n/counter-words.ts';
import type { Parameters } from '../../i18n/speaker.ts';
import type { CounterKey } from '../../i18n/zh-cn-counter.ts';
import { Page } from './page.ts';

/** A page that speaks of the counter's devices: its words come with it. */
export abstract class CounterPage extends Page {
  #speaker: CounterSpeaker | undefined;

  protected get speaker(): CounterSpeaker {
    if (this.#speaker?.of !== this.translator) this.#speaker = counterSpeaker(this.translator);
    return this.#speaker;
  }

  protected c(key: CounterKey, parameters?: Parameters): string {
    return this.speaker.t(key, parameters);
  }
}
