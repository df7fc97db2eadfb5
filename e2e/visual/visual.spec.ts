import AxeBuilder from '@axe-core/playwright';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { buildGallery, Gallery } from './gallery.ts';
import { drawerHere, incomparable, recordDrawer } from './made-with.ts';
import { bandOf, differenceOf } from './seen-from-afar.ts';
import { SHOTS, type Shot, SIZES } from './shots.ts';

// One worker, one build of the gallery for all.
test.describe.configure({ mode: 'default' });
// A film of every picture would take longer than the pictures.
test.use({ trace: 'off' });
// Half a minute on two cores of one's own; what else runs there may take its time.
test.setTimeout(300_000);

/** A Saturday morning in Shanghai: what counts down stands still. */
const NOW = new Date('2026-03-14T02:26:07Z');

let gallery: Gallery;

test.beforeAll(async () => {
  await buildGallery();
  gallery = await Gallery.start();
});

test.afterAll(() => gallery.stop());

/** A page for each size, on which one address after another is opened. */
class Screens {
  readonly #browser: Browser;
  readonly #pages = new Map<Shot['size'], Page>();
  /** What the browser refused or the pages complained of. */
  readonly said: string[] = [];

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  async open(query: string, size: Shot['size']): Promise<Page> {
    const page = this.#pages.get(size) ?? (await this.#newPage(size));
    await page.goto(`${gallery.url}?${query}`);
    await expect(page.locator('gallery-page, pos-app main > :not(.loading)').first()).toBeAttached();
    await page.evaluate(async () => void (await document.fonts.ready));
    return page;
  }

  async close(): Promise<void> {
    for (const page of this.#pages.values()) await page.context().close();
  }

  async #newPage(size: Shot['size']): Promise<Page> {
    const context = await this.#browser.newContext({
      ...SIZES[size],
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    await page.clock.setFixedTime(NOW);
    page.on('console', (message) => {
      if (message.type() === 'error') this.said.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.said.push(`${page.url()}: ${error.message}`));
    this.#pages.set(size, page);
    return page;
  }
}

test('every element and every main page looks as it did', async ({ browser }, info) => {
  const isUpdate = ['all', 'changed'].includes(info.config.updateSnapshots);
  const here = drawerHere(browser.version());
  const note = isUpdate ? undefined : incomparable(here);
  if (note !== undefined) console.error(`No pictures are compared: ${note}.`);
  test.skip(note !== undefined, note);
  const screens = new Screens(browser);
  for (const { name, query, size, whole = false } of SHOTS) {
    const page = await screens.open(query, size);
    await expect.soft(page).toHaveScreenshot(`${name}.png`, { fullPage: whole, scale: 'device' });
  }
  await screens.close();
  // The gallery stands under the policy of the real pages.
  expect(screens.said).toEqual([]);
  if (isUpdate) recordDrawer(here);
});

test('every element passes axe in both themes and both contrasts, its colours included', async ({
  browser,
}) => {
  const screens = new Screens(browser);
  for (const look of ['theme=light', 'theme=dark', 'contrast=more', 'theme=dark&contrast=more']) {
    const page = await screens.open(`only=all&${look}`, 'board');
    const axe = new AxeBuilder({ page });
    // Names and roles are the same in every look.
    const isFirst = look === 'theme=light';
    const checked = isFirst
      ? axe.withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      : axe.withRules('color-contrast');
    const { violations } = await checked.analyze();
    const found = violations.map(
      ({ id, nodes }) => `${look}: ${id} ${nodes.map((node) => node.target.join(' ')).join(', ')}`,
    );
    expect.soft(found).toEqual([]);
  }
  await screens.close();
});

/** As seen by an eye that sees all, and by those that miss most (Machado, Oliveira and Fernandes 2009, as Chromium has it). */
const EYES = ['none', 'protanopia', 'deuteranopia', 'tritanopia', 'achromatopsia'] as const;
const RESULTS = ['approved', 'declined', 'unknown', 'reversed', 'manager'] as const;
/** How far two bands are apart, from 0 to 1, when only 36 by 19 dots of light and dark are left of them. */
const APART_LEAST = 0.1;

test('no result looks like another from afar, to no eye', async ({ browser }) => {
  const screens = new Screens(browser);
  const page = await screens.open('only=pos-verdict', 'board');
  const session = await page.context().newCDPSession(page);
  for (const type of EYES) {
    await session.send('Emulation.setEmulatedVisionDeficiency', { type });
    const bands: { readonly result: string; readonly seen: readonly number[] }[] = [];
    for (const result of RESULTS) {
      const band = page.locator('pos-stage', { has: page.locator(`pos-verdict[result=${result}]`) });
      bands.push({ result, seen: bandOf(await band.screenshot()) });
    }
    const alike = bands.flatMap((one, index) =>
      bands.slice(index + 1).map((other) => ({
        pair: `${one.result} and ${other.result}`,
        apart: differenceOf(one.seen, other.seen),
      })),
    );
    expect
      .soft(
        alike.filter(({ apart }) => apart < APART_LEAST),
        `to ${type}`,
      )
      .toEqual([]);
  }
  await screens.close();
});
