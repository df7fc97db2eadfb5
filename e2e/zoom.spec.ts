import { test } from './fixtures.ts';
import { everyPage } from './page-models/every-page.ts';
import { expectWhole } from './page-models/layout.ts';

// Zoom makes the same screen smaller in CSS pixels: a tablet of 1280 × 800 at 200 %, and at 400 % (reflow, 320 px wide).
for (const [name, size, locale] of [
  ['200 %', { width: 640, height: 400 }, 'zh-CN'],
  ['400 %', { width: 320, height: 480 }, 'en'],
] as const) {
  test.describe(`a tablet enlarged to ${name}`, () => {
    test.use({ viewport: size, locale });

    test(`in ${locale} nothing is cut off and everything can be reached`, async ({ counter }) => {
      const till = await counter.open({ deviceScaleFactor: 2 });
      await everyPage(till, (page) => expectWhole(till.page, page));
    });
  });
}
