import type { BrowserContext, CDPSession, Page } from 'playwright';

/** A phone of a few years ago: the processor four times slower than this one. */
const CPU_SLOWER = 4;
/** Slow 4G as Lighthouse means it: round trip in ms, bytes a second down and up. */
const SLOW_4G = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const VISIT_MS = 60_000;

/**
 * When a page is usable: its first key is there and enabled, and pressing it shows. Selectors, one for each shadow root.
 * `open`: matches something in the document from when its database is open and what was typed can be acted on.
 */
export interface Probe {
  readonly key: readonly string[];
  readonly proof: readonly string[];
  readonly open: string;
}

export interface Visit {
  /** From the start of the navigation to the frame in which the pressed key shows, ms. */
  readonly usable: number;
  /** Until the books are open behind it, ms. */
  readonly open: number;
  readonly firstPaint: number;
  /** Time beyond 50 ms of every long task until both, ms. */
  readonly blocked: number;
  readonly requests: number;
}

interface Watched {
  benchUsable?: Promise<Visit>;
}

/** Runs in the page, before anything of it. */
function watch({ key, proof, open }: Probe): void {
  let blocked = 0;
  const count = (tasks: PerformanceEntryList): void => {
    for (const { duration } of tasks) blocked += duration - 50;
  };
  const observer = new PerformanceObserver((list) => count(list.getEntries()));
  observer.observe({ type: 'longtask', buffered: true });
  const reach = (path: readonly string[]): HTMLElement | null => {
    let root: ParentNode = document;
    let found: HTMLElement | null = null;
    for (const selector of path) {
      found = root.querySelector<HTMLElement>(selector);
      if (found === null) return null;
      root = found.shadowRoot ?? found;
    }
    return found;
  };
  (globalThis as Watched).benchUsable = new Promise((resolve) => {
    let isPressed = false;
    let usable: number | undefined;
    let opened: number | undefined;
    const look = (): void => {
      if (isPressed && reach(proof) !== null) usable ??= performance.now();
      if (document.querySelector(open) !== null) opened ??= performance.now();
      if (usable !== undefined && opened !== undefined) {
        count(observer.takeRecords());
        const paint = performance.getEntriesByName('first-contentful-paint')[0];
        const requests = performance.getEntriesByType('resource').length + 1;
        resolve({ usable, open: opened, firstPaint: paint?.startTime ?? 0, blocked, requests });
        return;
      }
      const pressed = isPressed ? null : reach(key);
      pressed?.click();
      isPressed ||= pressed !== null;
      requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}

/** One visit in a tab of its own, on a slow machine and, when `slow`, a slow network. The tab is left open. */
export async function visit(
  context: BrowserContext,
  url: string,
  probe: Probe,
  slow: boolean,
): Promise<{ readonly page: Page; readonly figures: Visit }> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER });
  if (slow) await slowNetwork(cdp);
  await page.addInitScript(watch, probe);
  await page.goto(url, { waitUntil: 'commit', timeout: VISIT_MS });
  const figures = await page.evaluate(() => (globalThis as Watched).benchUsable);
  if (figures === undefined) throw new Error(`${url} was not watched`);
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  if (slow) await cdp.send('Network.disable');
  return { page, figures };
}

async function slowNetwork(cdp: CDPSession): Promise<void> {
  await cdp.send('Network.enable');
  await cdp.send('Network.emulateNetworkConditions', { offline: false, ...SLOW_4G });
}

/** Forgets what earlier visits brought along: files, compiled code, service worker. Databases stay. */
export async function forget(context: BrowserContext, urls: readonly string[]): Promise<void> {
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  for (const url of urls) {
    const what = { origin: new URL(url).origin, storageTypes: 'service_workers,cache_storage' };
    await cdp.send('Storage.clearDataForOrigin', what);
  }
  await cdp.send('Network.enable');
  await cdp.send('Network.clearBrowserCache');
  await page.close();
}
