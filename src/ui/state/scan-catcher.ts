import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A scanner that acts as a keyboard types at least this fast, ms between characters; no hand does. */
const SCAN_GAP_MS = 60;
/** Shorter texts are not worth telling apart from a hand; a pay code has 16 to 24 digits. */
const SCAN_MIN = 8;
/** This many characters in a row are no amount of money, however slowly they came. */
const SURELY_SCANNED = 16;
/** After this silence, ms, a text begins anew. */
const SILENCE_MS = 1_500;
/** Longest text kept; a code of ours is a tenth of it. */
const TEXT_MAX = 512;

/**
 * Takes what a keyboard-wedge scanner types, wherever the focus is: characters in one burst, then Enter. That Enter reaches
 * nobody else, or a scan would confirm cash or press the button that has the focus. Fields keep what is typed into them.
 */
export class ScanCatcher implements ReactiveController {
  readonly #take: (text: string) => void;
  #text = '';
  #lastAt = 0;
  #slowest = 0;

  constructor(host: ReactiveControllerHost, take: (text: string) => void) {
    this.#take = take;
    host.addController(this);
  }

  hostConnected(): void {
    this.#text = '';
    addEventListener('keydown', this.#typed, { capture: true });
  }

  hostDisconnected(): void {
    removeEventListener('keydown', this.#typed, { capture: true });
  }

  readonly #typed = (event: KeyboardEvent): void => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event)) return;
    if (event.key === 'Enter' || event.key === 'Tab') {
      const text = this.#text;
      const isScan =
        text.length >= SURELY_SCANNED || (text.length >= SCAN_MIN && this.#slowest <= SCAN_GAP_MS);
      this.#text = '';
      if (!isScan) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      this.#take(text);
      return;
    }
    const character = characterOf(event);
    if (character === undefined) return;
    const gap = event.timeStamp - this.#lastAt;
    this.#lastAt = event.timeStamp;
    if (this.#text === '' || gap > SILENCE_MS) {
      this.#text = character;
      this.#slowest = 0;
      return;
    }
    this.#slowest = Math.max(this.#slowest, gap);
    this.#text = (this.#text + character).slice(-TEXT_MAX);
  };
}

/** With a Chinese input method switched on the browser hides the character, but not which key it was. */
function characterOf(event: KeyboardEvent): string | undefined {
  if (event.key.length === 1) return event.key;
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  return event.key === 'Process' || event.key === 'Unidentified' ? digit : undefined;
}

const isElsewhere = (event: KeyboardEvent): boolean =>
  event.composedPath().some((each) => each instanceof HTMLInputElement || each instanceof HTMLDialogElement);
