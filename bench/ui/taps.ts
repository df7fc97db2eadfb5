import type { CDPSession, Page } from 'playwright';

/** What a press changes: selectors, one for each shadow root, and whether its text or its children count. */
export interface Shown {
  readonly path: readonly string[];
  readonly what: 'text' | 'children';
}

export interface Tap {
  /** From the moment the finger goes down until the page has painted what it changed, ms. */
  readonly paint: number;
  /** The browser's own figure (Event Timing): steps of 8 ms, and 16 for anything faster. */
  readonly event: number;
}

interface Watch {
  tapWatch?: { watch(shown: Shown): void; taken(): Promise<Tap> };
}

/** Longest that a press may take before the bench gives up, ms. */
const LOST_MS = 5_000;

/**
 * Runs in the page. The clock starts at the `timeStamp` of `pointerdown`, which the browser sets before the page hears of it.
 * It stops in the first task after the frame (requestAnimationFrame, then a message) in which the change is there: what was
 * drawn late in the frame counts, and a press that changed nothing is never counted as fast.
 */
function install(lostMs: number): void {
  let shown: Shown | undefined;
  let paint: Promise<number> | undefined;
  const events: PerformanceEntry[] = [];
  const reach = (): Element | undefined => {
    let root: ParentNode = document;
    let found: Element | null = null;
    for (const selector of shown?.path ?? []) {
      found = root.querySelector(selector);
      if (found === null) return undefined;
      root = found.shadowRoot ?? found;
    }
    return found ?? undefined;
  };
  const state = (): string => {
    const found = reach();
    return shown?.what === 'children' ? `${found?.childElementCount}` : (found?.textContent ?? '');
  };
  const painted = (): Promise<number> =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        resolve(performance.now());
      };
      port2.postMessage(undefined);
    });
  const changed = async (down: number, before: string): Promise<number> => {
    while (performance.now() - down < lostMs) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      if (state() !== before) return (await painted()) - down;
    }
    throw new Error(`a press changed nothing in ${shown?.path.join(' ')}: ${before}`);
  };
  const down = ({ timeStamp }: Event): void => {
    paint = changed(timeStamp, state());
  };
  const observer = new PerformanceObserver((list) => void events.push(...list.getEntries()));
  observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  (globalThis as Watch).tapWatch = {
    watch(next) {
      removeEventListener('pointerdown', down, true);
      shown = next;
      addEventListener('pointerdown', down, true);
    },
    async taken() {
      const taken = await paint;
      if (taken === undefined) throw new Error('there was no press');
      // Event Timing tells of an event some time after its frame was shown.
      await new Promise((resolve) => setTimeout(resolve, 20));
      events.push(...observer.takeRecords());
      const event = events.find(({ name }) => name === 'pointerdown')?.duration ?? 16;
      events.length = 0;
      paint = undefined;
      return { paint: taken, event };
    },
  };
}

/** A finger on one page. */
export class Finger {
  readonly #page: Page;
  readonly #session: CDPSession;

  private constructor(page: Page, session: CDPSession) {
    this.#page = page;
    this.#session = session;
  }

  static async on(page: Page): Promise<Finger> {
    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 });
    await page.evaluate(install, LOST_MS);
    return new Finger(page, session);
  }

  /** 1 is this machine as it is. */
  async throttle(rate: number): Promise<void> {
    await this.#session.send('Emulation.setCPUThrottlingRate', { rate });
  }

  watch(shown: Shown): Promise<void> {
    return this.#page.evaluate((next) => (globalThis as Watch).tapWatch?.watch(next), shown);
  }

  /** Down and up, through the browser's own hit testing. */
  async tap(testId: string): Promise<void> {
    const box = await this.#page.getByTestId(testId).boundingBox();
    if (box === null) throw new Error(`${testId} is not to be seen`);
    const touchPoints = [{ x: box.x + box.width / 2, y: box.y + box.height / 2 }];
    await this.#session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints });
    await this.#session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }

  async timedTap(testId: string): Promise<Tap> {
    await this.tap(testId);
    const tap = await this.#page.evaluate(() => (globalThis as Watch).tapWatch?.taken());
    if (tap === undefined) throw new Error('nobody watched');
    return tap;
  }
}
