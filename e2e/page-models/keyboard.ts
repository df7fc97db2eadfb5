import { expect, type Locator, type Page } from '@playwright/test';

/** More presses of Tab than any page has stops. */
const STOPS_MAX = 60;

/** Where the focus is, as somebody sees it who has no other way to know. */
interface Stop {
  readonly name: string;
  readonly hasOutline: boolean;
  readonly isInSight: boolean;
}

/** Runs in the page. */
function stopNow(): Stop | undefined {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  if (!(at instanceof HTMLElement) || at === document.body) return undefined;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  const { left, top, width, height } = at.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  let hit: Element | null = document.elementFromPoint(x, y);
  while (hit?.shadowRoot?.elementFromPoint(x, y)) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (inner === hit) break;
    hit = inner;
  }
  let part: Node | null = hit;
  while (part !== null && part !== at) {
    part = (part as Element).assignedSlot ?? part.parentNode ?? (part as ShadowRoot).host ?? null;
  }
  const words = at.getAttribute('aria-label') ?? at.textContent ?? '';
  return {
    name: `${at.localName} ${at.dataset['testid'] ?? ''} ${words.replace(/\s+/g, ' ').trim()}`,
    hasOutline: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
    isInSight: part === at,
  };
}

/** Somebody who has a keyboard and nothing else. Every stop on the way must show the focus, and be in sight. */
export class Keyboard {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** The keys of the till, one after another; slower than a scanner. */
  async type(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key, { delay: 60 });
  }

  /** From a password manager, which needs no memory. */
  async paste(text: string): Promise<void> {
    await this.#page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text', pasted);
      document.body.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData, bubbles: true, composed: true, cancelable: true }),
      );
    }, text);
  }

  /** Every stop of a walk through the page by Tab, until the focus leaves it. */
  async walk(): Promise<readonly string[]> {
    const names: string[] = [];
    for (let count = 0; count < STOPS_MAX; count += 1) {
      await this.#page.keyboard.press('Tab');
      const stop = await this.#page.evaluate(stopNow);
      if (stop === undefined) return names;
      expect(stop).toMatchObject({ name: stop.name, hasOutline: true, isInSight: true });
      names.push(stop.name);
    }
    throw new Error(`the focus cannot leave the page: ${names.join(' | ')}`);
  }

  /** Presses Tab until the focus is on `target`. */
  async to(target: Locator): Promise<void> {
    const seen: string[] = [];
    for (let count = 0; count < STOPS_MAX; count += 1) {
      await this.#page.keyboard.press('Tab');
      const stop = await this.#page.evaluate(stopNow);
      if (stop === undefined) continue; // The browser's own controls; the next press comes back in.
      expect(stop).toMatchObject({ name: stop.name, hasOutline: true, isInSight: true });
      seen.push(stop.name);
      if (await target.evaluate((element) => element.matches(':focus'))) return;
    }
    throw new Error(`Tab never comes to ${target}: ${seen.join(' | ')}`);
  }

  /** Tab to it, then press it. */
  async press(target: Locator, key: 'Enter' | 'Space' = 'Enter'): Promise<void> {
    await this.to(target);
    // A page takes no press in its first moment.
    await expect(target).not.toHaveAttribute('aria-disabled', 'true');
    await this.#page.keyboard.press(key);
  }
}
