import type { CustomerDisplay } from '../devices/ports.ts';
import type { DisplayContent } from '../domain/display.ts';
import type { Language } from '../domain/shop.ts';
import { DISPLAY_CHANNEL, DISPLAY_HASH, type DisplayMessage } from './display-channel.ts';

/** The customer's screen as a second window of this browser: on the same tablet, or on a monitor plugged into the counter PC. */
export class WindowDisplay implements CustomerDisplay {
  #link: CustomerDisplay['link'] = 'absent';
  #content: DisplayContent = { show: 'idle' };
  readonly #channel = new BroadcastChannel(DISPLAY_CHANNEL);
  readonly #language: () => Language;

  constructor(language: () => Language) {
    this.#language = language;
    this.#channel.onmessage = ({ data }: MessageEvent<DisplayMessage>) => {
      if (data.kind === 'show') return; // Another tab's till.
      this.#link = data.kind === 'hello' ? 'connected' : 'absent';
      if (data.kind === 'hello') this.#send();
    };
  }

  get link(): CustomerDisplay['link'] {
    return this.#link;
  }

  show(content: DisplayContent): void {
    this.#content = content;
    this.#send();
  }

  /** Must be called straight from a click, or the browser refuses a new window. */
  open(): void {
    globalThis.open(`/${DISPLAY_HASH}`, DISPLAY_CHANNEL, 'popup,width=800,height=600');
  }

  #send(): void {
    const message: DisplayMessage = { kind: 'show', content: this.#content, language: this.#language() };
    this.#channel.postMessage(message);
  }
}

/** The customer may look at several: all of them are told the same. */
export const shownOnAll = (
  first: CustomerDisplay,
  ...others: readonly Pick<CustomerDisplay, 'show'>[]
): CustomerDisplay => ({
  get link() {
    return first.link;
  },
  show: (content) => {
    for (const display of [first, ...others]) display.show(content);
  },
});
