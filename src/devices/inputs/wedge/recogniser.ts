import { characterOf, isModifier, isTerminator } from './characters.ts';
import type { WedgeKey } from './wedge-key.ts';

export interface WedgeSettings {
  /** Most time between two keys of the scanner, ms. 35 fits most; 60 is for slow ones, also over Bluetooth. */
  readonly maxGapMs: number;
  /** Keys at that speed before anything counts as scanned. */
  readonly minKeys: number;
}

/** No hand types four keys 35 ms apart (facts of the trade: fast typists need 60 to 100 ms a key). */
export const WEDGE_SETTINGS: WedgeSettings = { maxGapMs: 35, minKeys: 4 };

/** Once it is surely a scanner, one late key does not end the code, ms. Longer than a radio hiccup, shorter than a hand's pause. */
export const TAIL_MS = 150;
/** Keys of one code. The longest QR code that a till reads is a few hundred. */
export const WEDGE_KEYS_MAX = 2_048;

/** What becomes of a key. */
export interface WedgeVerdict<Key> {
  /** Nobody else may see the event. */
  readonly swallow: boolean;
  /** Keys held back that a person typed: to be given to where they were meant for, before this event goes on. */
  readonly giveBack: readonly Key[];
  /**
   * `unclear`: a code came right behind other keys, so its beginning may be missing; it must be scanned again. `leaked` is the
   * beginning of the code that had been given back already.
   */
  readonly outcome?:
    | { readonly kind: 'scan'; readonly text: string; readonly leaked: string }
    | { readonly kind: 'unclear' };
  /** A new run of keys begins with this one. */
  readonly starts: boolean;
  /** Call `rest` when no key came for so long, ms. Undefined: nothing is held. */
  readonly restAfterMs: number | undefined;
}

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Tells a scanner that acts as a keyboard from a person. Keys are held back until that is clear: at the speed of a scanner
 * up to the end of the code, otherwise for the length of one gap, which nobody notices. Pure: time comes with the keys.
 */
export class WedgeRecogniser<Key extends WedgeKey = WedgeKey> {
  readonly #settings: WedgeSettings;
  #held: { readonly key: Key; readonly character: string }[] = [];
  /** Characters given back that may turn out to be the beginning of a code. */
  #head = '';
  #isUnclear = false;
  #run = 0;
  #isBurst = false;
  #lastAt = NEVER;

  constructor(settings: WedgeSettings = WEDGE_SETTINGS) {
    this.#settings = settings;
  }

  press(key: Key): WedgeVerdict<Key> {
    if (isModifier(key)) return this.#verdict(false, []);
    const character = characterOf(key);
    const isOurs = !key.chord && !(key.repeat && this.#held.length === 0);
    if (isOurs && isTerminator(key)) return this.#end(key);
    if (!isOurs || character === undefined || (character === ' ' && this.#held.length === 0)) {
      const giveBack = this.rest();
      this.#forget();
      return this.#verdict(false, giveBack);
    }
    return this.#take(key, character);
  }

  /** Nothing came for as long as the last verdict said: the held keys were a person's. */
  rest(): readonly Key[] {
    const held = this.#held;
    this.#head = (this.#head + held.map(({ character }) => character).join('')).slice(-WEDGE_KEYS_MAX);
    this.#held = [];
    this.#isBurst = false;
    return held.map(({ key }) => key).filter(({ ime }) => !ime);
  }

  #take(key: Key, character: string): WedgeVerdict<Key> {
    const { maxGapMs, minKeys } = this.#settings;
    const gap = key.at - this.#lastAt;
    const isLate = gap > this.#patience || this.#held.length >= WEDGE_KEYS_MAX;
    const giveBack = isLate ? this.rest() : [];
    // Two gaps: one for the wait, one for a page so busy that the wait ended before a key that was already there.
    const starts = this.#held.length === 0 && gap > 2 * maxGapMs;
    if (starts) {
      this.#head = '';
      this.#isUnclear = gap <= TAIL_MS;
    }
    this.#held.push({ key, character });
    this.#run = gap <= maxGapMs ? this.#run + 1 : 1;
    this.#isBurst ||= this.#run >= minKeys;
    this.#lastAt = key.at;
    return this.#verdict(!key.ime, giveBack, starts);
  }

  #end(key: Key): WedgeVerdict<Key> {
    if (!this.#isBurst || key.at - this.#lastAt > TAIL_MS) {
      const giveBack = this.rest();
      this.#forget();
      return this.#verdict(false, giveBack);
    }
    const leaked = this.#head;
    const text = leaked + this.#held.map(({ character }) => character).join('');
    const isUnclear = this.#isUnclear;
    this.#held = [];
    this.#isBurst = false;
    this.#forget();
    const outcome = isUnclear ? ({ kind: 'unclear' } as const) : ({ kind: 'scan', text, leaked } as const);
    return { ...this.#verdict(true, []), outcome };
  }

  #forget(): void {
    this.#head = '';
    this.#run = 0;
    this.#isUnclear = false;
    this.#lastAt = NEVER;
  }

  get #patience(): number {
    return this.#isBurst ? TAIL_MS : this.#settings.maxGapMs;
  }

  #verdict(swallow: boolean, giveBack: readonly Key[], starts = false): WedgeVerdict<Key> {
    return {
      swallow,
      giveBack,
      starts,
      restAfterMs: this.#held.length === 0 ? undefined : this.#patience,
    };
  }
}
