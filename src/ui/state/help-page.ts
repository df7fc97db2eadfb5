import { type HelpSpeaker, helpSpeaker } from '../../i18n/help-words.ts';
import type { Parameters } from '../../i18n/speaker.ts';
import type { HelpKey } from '../../i18n/zh-cn-help.ts';
import { Page } from './page.ts';

/** A page that says how the till is used: its words come with it. */
export abstract class HelpPage extends Page {
  #speaker: HelpSpeaker | undefined;

  protected h(key: HelpKey, parameters?: Parameters): string {
    if (this.#speaker?.of !== this.translator) this.#speaker = helpSpeaker(this.translator);
    return this.#speaker.t(key, parameters);
  }
}
