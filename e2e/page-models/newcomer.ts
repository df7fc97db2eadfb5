import { expect } from '@playwright/test';
import type { Counter } from '../fixtures.ts';
import type { TillPage } from './till-page.ts';

/**
 * How slow a person is who has never seen the till, ms, by the keystroke-level model (Card, Moran and Newell 1980): pointing at
 * a new place 1.1 s and the press 0.1 s; the next key of the same pad, and a key of a phone's keyboard, as for random letters,
 * 0.5 s; a look at a screen that is new, two decisions of 1.35 s. The model's mouse stands for a finger, which is quicker.
 */
export const PACE = { place: 1_200, key: 500, screen: 2_700 } as const;

/** Keys of a pad lie side by side. */
const PAD = /^(?:key|pin)-/;

/** Runs in the page: counts presses across reloads. */
function countPresses(): void {
  addEventListener(
    'pointerdown',
    () => sessionStorage.setItem('presses', `${Number(sessionStorage.getItem('presses') ?? 0) + 1}`),
    true,
  );
}

/** Somebody at a till for the first time. The time a person takes is added up, not slept; that of the machine runs. */
export class Newcomer {
  readonly till: TillPage;
  readonly #started: number;
  #human = 0;

  private constructor(till: TillPage, started: number) {
    this.till = till;
    this.#started = started;
  }

  /** Opens a browser that was never here, on a phone, and goes to the address. */
  static async opens(counter: Counter): Promise<Newcomer> {
    const started = performance.now();
    await counter.prepare((context) => context.addInitScript(countPresses));
    return new Newcomer(await counter.open({ hasTouch: true }), started);
  }

  /** Looks at a screen until its next step is understood. */
  async reads(testId: string): Promise<void> {
    await expect(this.till.by(testId)).toBeVisible();
    this.#human += PACE.screen;
  }

  async taps(...testIds: readonly string[]): Promise<void> {
    for (const [index, testId] of testIds.entries()) {
      const place = this.till.by(testId);
      // A person does not press what does not take a press yet.
      await expect(place).not.toHaveAttribute('aria-disabled', 'true');
      await place.tap();
      const isBeside = PAD.test(testId) && PAD.test(testIds[index - 1] ?? '');
      this.#human += isBeside ? PACE.key : PACE.place;
    }
  }

  /** Into the field that was tapped. An input method takes more keys than it makes characters: `keys` of them. */
  async types(text: string, keys: number): Promise<void> {
    await this.till.page.keyboard.insertText(text);
    this.#human += keys * PACE.key;
  }

  presses(): Promise<number> {
    return this.till.page.evaluate(() => Number(sessionStorage.getItem('presses')));
  }

  /** Since the browser was started, ms: the person's time and the machine's, one after the other, so never too little. */
  get elapsed(): number {
    return this.#human + (performance.now() - this.#started);
  }
}
