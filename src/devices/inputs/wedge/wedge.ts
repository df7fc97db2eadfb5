import type { Timers } from '../../timers.ts';
import { giveKey, rememberField, restoreField } from './field.ts';
import { WEDGE_SETTINGS, WedgeRecogniser, type WedgeSettings } from './recogniser.ts';
import type { WedgeKey } from './wedge-key.ts';

export interface WedgeOptions {
  /** Where keys come by first: the window. */
  readonly target: EventTarget;
  readonly timers: Timers;
  readonly settings?: WedgeSettings;
  /** A whole code. `leaked`: its first characters that the focused element had already, as keys, and nobody can take back. */
  readonly onScan: (text: string, leaked: string) => void;
  /** A code that may have lost its beginning: it must be scanned again. */
  readonly onUnclear?: () => void;
}

interface TypedKey extends WedgeKey {
  readonly event: KeyboardEvent;
  readonly target: EventTarget | undefined;
}

/** What browsers put into `keyCode` while an input method has the key (UI Events, section 8.3). */
const IME_KEY_CODE = 229;
/** Elements with this attribute keep every key for themselves: a terminal emulator, a game, the scanner test itself. */
const OFF = '[data-wedge="off"]';

/**
 * Takes what a keyboard-wedge scanner types out of the page's keys, wherever the focus is, and gives what a person types back
 * to where it belongs. Returns the function that ends it.
 */
export function attachWedge(options: WedgeOptions): () => void {
  const wedge = new Wedge(options);
  // Capture: before every listener of the page, so that a scan never confirms a dialog or types into a field.
  const kinds = ['keydown', 'keyup', 'compositionstart', 'compositionend'] as const;
  for (const kind of kinds) options.target.addEventListener(kind, wedge, { capture: true });
  return () => {
    for (const kind of kinds) options.target.removeEventListener(kind, wedge, { capture: true });
    wedge.end();
  };
}

class Wedge implements EventListenerObject {
  readonly #options: WedgeOptions;
  readonly #recogniser: WedgeRecogniser<TypedKey>;
  /** Keys whose release must not be seen either. At most as many as a keyboard has. */
  readonly #swallowed = new Set<string>();
  #stopResting: () => void = () => undefined;
  #before: ReturnType<typeof rememberField>;
  #isComposing = false;
  #isGiving = false;

  constructor(options: WedgeOptions) {
    this.#options = options;
    this.#recogniser = new WedgeRecogniser(options.settings ?? WEDGE_SETTINGS);
  }

  handleEvent(event: Event): void {
    if (event.type === 'compositionstart') this.#isComposing = true;
    else if (event.type === 'compositionend') this.#isComposing = false;
    else if (event instanceof KeyboardEvent && !this.#isGiving) {
      if (event.type === 'keyup') this.#up(event);
      else this.#down(event);
    }
  }

  end(): void {
    this.#stopResting();
    this.#giveBack(this.#recogniser.rest());
  }

  #down(event: KeyboardEvent): void {
    const [target] = event.composedPath();
    if (target instanceof HTMLSelectElement || (target instanceof Element && target.closest(OFF) !== null))
      return;
    const before = rememberField(target);
    const verdict = this.#recogniser.press(keyOf(event, target));
    this.#stopResting();
    if (verdict.starts) this.#before = before;
    this.#giveBack(verdict.giveBack);
    if (verdict.swallow) {
      this.#swallowed.add(event.code);
      hide(event);
    }
    if (verdict.restAfterMs !== undefined) {
      this.#stopResting = this.#options.timers.after(verdict.restAfterMs, () =>
        this.#giveBack(this.#recogniser.rest()),
      );
    }
    if (verdict.outcome?.kind === 'unclear') this.#options.onUnclear?.();
    if (verdict.outcome?.kind === 'scan') this.#scanned(verdict.outcome.text, verdict.outcome.leaked);
  }

  #scanned(text: string, leaked: string): void {
    const before = this.#before;
    this.#before = undefined;
    const isUndone = before !== undefined && restoreField(before, this.#isComposing);
    this.#options.onScan(text, isUndone ? '' : leaked);
  }

  #up(event: KeyboardEvent): void {
    if (this.#swallowed.delete(event.code)) hide(event);
  }

  #giveBack(keys: readonly TypedKey[]): void {
    if (keys.length === 0) return;
    this.#isGiving = true;
    try {
      for (const { event, target } of keys) giveKey(target ?? this.#options.target, event.key, event);
    } finally {
      this.#isGiving = false;
    }
  }
}

const keyOf = (event: KeyboardEvent, target: EventTarget | undefined): TypedKey => ({
  at: event.timeStamp,
  key: event.key,
  code: event.code,
  shift: event.shiftKey,
  chord: event.ctrlKey || event.altKey || event.metaKey,
  repeat: event.repeat,
  ime: event.isComposing || event.keyCode === IME_KEY_CODE,
  event,
  target,
});

function hide(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
