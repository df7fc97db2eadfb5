import { expect, type Page } from '@playwright/test';
import { test } from './fixtures.ts';
import { everyPage } from './page-models/every-page.ts';

/** Runs in the page: every element that moves by itself, or would when it changes; of every shadow root. */
function movements(): string[] {
  const found: string[] = [];
  const isOver = (durations: string): boolean =>
    durations.split(',').every((each) => Number.parseFloat(each) === 0);
  const look = (element: Element, pseudo?: '::before' | '::after'): void => {
    const style = getComputedStyle(element, pseudo);
    const name = `${element.localName}.${element.getAttribute('class') ?? ''}${pseudo ?? ''}`;
    if (style.animationName !== 'none' && !isOver(style.animationDuration))
      found.push(`animation of ${name}`);
    if (!isOver(style.transitionDuration)) found.push(`transition of ${name}`);
    if (style.scrollBehavior === 'smooth') found.push(`smooth scrolling of ${name}`);
  };
  const walk = (root: Document | ShadowRoot): void => {
    for (const element of root.querySelectorAll('*')) {
      look(element);
      look(element, '::before');
      look(element, '::after');
      if (element.shadowRoot !== null) walk(element.shadowRoot);
    }
  };
  walk(document);
  return [...new Set(found)];
}

async function movementsOf(page: Page, seen: string[], name: string): Promise<void> {
  seen.push(...(await page.evaluate(movements)).map((each) => `${name}: ${each}`));
}

test('nothing moves by itself for somebody who asked for less motion', async ({ counter }) => {
  const till = await counter.open({ reducedMotion: 'reduce' });
  const seen: string[] = [];
  await everyPage(till, (name) => movementsOf(till.page, seen, name));
  expect(seen).toEqual([]);
});

test('without that wish the slip is fed out of its mouth: the test above can see motion', async ({
  counter,
}) => {
  const till = await counter.open({ reducedMotion: 'no-preference' });
  await till.setUp();
  await till.sell('5');
  const seen: string[] = [];
  await expect
    .poll(async () => {
      await movementsOf(till.page, seen, 'done');
      return seen;
    })
    .toContainEqual(expect.stringContaining('part-slip'));
});
