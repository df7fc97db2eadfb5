import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';
import { plugSimulatedPrinter } from './fakes/simulated-usb.ts';
import { test as base, Counter } from './fixtures.ts';
import { counterPages, firstRun, type Look, otherPages } from './page-models/whole-day.ts';
import { freePort } from './payments/free-port.ts';
import { SandboxClient } from './payments/sandbox-client.ts';
import { shortenWindows } from './payments/short-windows.ts';
import { ServerProcess } from './server-process.ts';
import { paymentShots } from './shots-payments.ts';

// Nothing that a checker of WCAG 2.2 AA rules can find, on every page, driven end to end: each language walks through a day, and each
// page is looked at in several themes and sizes where it stands. Every run takes two of the eight, another two on each page and in
// each language, so that a language meets all of them several times, and the payments in the first language only. AXE=all takes
// every page in every language in all eight (docs/accessibility.md).

const ALL = process.env['AXE'] === 'all';
const LANGUAGES = ['zh-CN', 'zh-TW', 'en', 'ar'] as const;
const THEMES = [
  { colorScheme: 'light', contrast: 'no-preference' },
  { colorScheme: 'dark', contrast: 'no-preference' },
  { colorScheme: 'light', contrast: 'more' },
  { colorScheme: 'dark', contrast: 'more' },
] as const;
const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
] as const;
const FORMS = THEMES.flatMap((theme) => SIZES.map((size) => ({ theme, size })));
/** Looks at a page in one run, and how far the next page's are from them: every form has its turn. */
const EACH = ALL ? FORMS.length : 2;
const STEP = 3;

/** The checker's own script: the one that the kept package for browsers brings with it. */
const required = createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright'));
const { source } = required('axe-core') as { readonly source: string };

interface Axe {
  run(context: Document, options: object): Promise<{ readonly violations: readonly Violation[] }>;
}
interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[] }[];
}

/** Runs in the page. */
async function violationsHere(): Promise<readonly string[]> {
  const { axe } = globalThis as typeof globalThis & { readonly axe: Axe };
  const { violations } = await axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] },
    // Only these are put into words, which is most of the work. Style sheets are the page's own: none is fetched again.
    resultTypes: ['violations'],
    preload: false,
  });
  return violations.map(({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** Looks at the page as it stands, in the forms whose turn it is. */
class Checker {
  readonly #page: Page;
  readonly found: string[] = [];
  checks = 0;
  pages = 0;
  #turn: number;

  constructor(page: Page, turn: number) {
    this.#page = page;
    this.#turn = turn;
  }

  readonly look: Look = async (name) => {
    this.pages += 1;
    for (let at = 0; at < EACH; at += 1) {
      const form = FORMS[(this.#turn + at * STEP) % FORMS.length];
      if (form !== undefined) await this.#check(name, form);
    }
    this.#turn += 1;
  };

  async #check(name: string, { theme, size }: (typeof FORMS)[number]): Promise<void> {
    await this.#page.emulateMedia(theme);
    await this.#page.setViewportSize(size);
    await this.#page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn))));
    const form = `${theme.colorScheme}${theme.contrast === 'more' ? ' with more contrast' : ''}, ${size.width} px`;
    const violations = await this.#page.evaluate(violationsHere);
    this.checks += 1;
    this.found.push(...violations.map((each) => `${name}, ${form}: ${each}`));
  }
}

interface Fixtures {
  shop: { readonly counter: Counter; readonly sandbox: SandboxClient };
}

const test = base.extend<Fixtures>({
  shop: async ({ launchOptions, locale, timezoneId }, use, info) => {
    const port = await freePort();
    const server = new ServerProcess(process.env['DIST_DIR'], { XIAOJI_SANDBOX_ADMIN_PORT: String(port) });
    await server.start();
    const look = { locale: locale ?? 'zh-CN', timezoneId: timezoneId ?? 'Asia/Shanghai', viewport: SIZES[0] };
    const launch = { ...launchOptions, ...look, reducedMotion: 'reduce', headless: true } as const;
    const counter = new Counter(info.outputPath('profile'), launch, () => server.url);
    await plugSimulatedPrinter(counter);
    await counter.prepare((context) => context.route('**/api/rails', shortenWindows));
    await counter.prepare((context) => context.addInitScript({ content: source }));
    await use({ counter, sandbox: new SandboxClient(port) });
    await counter.close();
    await server.stop();
  },
});

// What is found is told in words; a film of it would cost more than finding it.
test.use({ trace: 'off' });
test.setTimeout(ALL ? 1_200_000 : 240_000);

for (const [at, language] of LANGUAGES.entries()) {
  test.describe(language, () => {
    test.use({ locale: language });

    test(`every page of a day at the counter passes axe in ${language}`, async ({ shop }, info) => {
      const till = await shop.counter.open();
      const checker = new Checker(till.page, at * 2);
      await firstRun(till, checker.look, '街角面馆');
      await counterPages(till, checker.look);
      await otherPages(till, checker.look);
      await till.unlock();
      await till.go('till');
      if (ALL || at === 0) await paymentShots(till, checker.look, shop.sandbox);
      info.annotations.push({
        type: 'checks',
        description: `${checker.pages} pages, ${checker.checks} checks`,
      });
      expect(checker.found).toEqual([]);
    });
  });
}
