import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What a checker of WCAG 2.2 rules, A and AA, finds on the page as it stands, in words. */
export async function violationsOf(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
