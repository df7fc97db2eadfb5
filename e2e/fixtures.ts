import {
  type BrowserContext,
  type BrowserContextOptions,
  test as base,
  chromium,
  type Page,
} from '@playwright/test';
import { TillPage } from './page-models/till-page.ts';
import { ServerProcess } from './server-process.ts';

/** A browser as it stands on a counter: a profile of its own that survives closing. */
export class Counter {
  context: BrowserContext | undefined;
  readonly #profile: string;
  readonly #launch: Parameters<typeof chromium.launchPersistentContext>[1];
  readonly #prepare: ((context: BrowserContext) => Promise<unknown>)[] = [];
  readonly url: () => string;

  constructor(
    profile: string,
    launch: Parameters<typeof chromium.launchPersistentContext>[1],
    url: () => string,
  ) {
    this.#profile = profile;
    this.#launch = launch;
    this.url = url;
  }

  /** Runs on every context before its first page is opened: fakes at the edge of the machine. */
  async prepare(step: (context: BrowserContext) => Promise<unknown>): Promise<void> {
    this.#prepare.push(step);
    if (this.context !== undefined) await step(this.context);
  }

  async open(options: BrowserContextOptions = {}): Promise<TillPage> {
    if (this.context === undefined) {
      this.context = await chromium.launchPersistentContext(this.#profile, { ...this.#launch, ...options });
      for (const step of this.#prepare) await step(this.context);
    }
    const page: Page =
      this.context.pages().find((each) => each.url() === 'about:blank') ?? (await this.context.newPage());
    await page.goto(this.url());
    return new TillPage(page);
  }

  async close(): Promise<void> {
    await this.context?.close();
    this.context = undefined;
  }
}

interface Fixtures {
  server: ServerProcess;
  counter: Counter;
  /** Set up, unlocked, at the keypad. */
  till: TillPage;
}

export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants the pattern.
  server: async ({}, use) => {
    const server = new ServerProcess();
    await server.start();
    await use(server);
    await server.stop();
  },
  counter: async ({ server, launchOptions, locale, timezoneId, viewport }, use, info) => {
    const look = {
      ...(locale ? { locale } : {}),
      ...(timezoneId ? { timezoneId } : {}),
      viewport: viewport ?? null,
    };
    const counter = new Counter(
      info.outputPath('profile'),
      { ...launchOptions, ...look, headless: true },
      () => server.url,
    );
    await use(counter);
    await counter.close();
  },
  till: async ({ counter }, use) => {
    const till = await counter.open();
    await till.setUp();
    await use(till);
  },
});
