import { type BrowserContext, expect } from '@playwright/test';
import { test } from './fixtures.ts';
import { serverSales } from './shop-records.ts';

/** Lets the n-th append after the first confirm vanish on its way to the journal: the page stands between two commits. */
async function freezeSecondCommit(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...args: Parameters<typeof post>) {
      const [message] = args as unknown as [{ op?: string; args?: { drafts?: { type: string }[] } }];
      const completes =
        message.op === 'append' && message.args?.drafts?.some((draft) => draft.type === 'sale.completed');
      if (completes && sessionStorage.getItem('freeze') === 'yes') {
        document.documentElement.dataset['frozen'] = 'yes';
        return;
      }
      post.apply(this, args);
    } as typeof post;
  });
}

for (const received of [true, false]) {
  test(`killed between confirm and done: asked, and '${received ? 'yes' : 'no'}' makes ${received ? 'one sale' : 'none'}`, async ({
    counter,
    server,
  }) => {
    await counter.prepare(freezeSecondCommit);
    let till = await counter.open();
    await till.setUp();
    await till.page.evaluate(() => sessionStorage.setItem('freeze', 'yes'));
    await till.keys('66');
    await till.by('charge').click();
    await till.by('confirm-cash').click();
    await expect(till.page.locator('html')).toHaveAttribute('data-frozen', 'yes');
    await expect(till.by('done')).toHaveCount(0);
    await counter.close();

    till = await counter.open();
    await till.unlock();
    await expect(till.by('asking')).toBeVisible();
    await expect(till.page.getByText('66.00').first()).toBeVisible();
    await till.by(received ? 'answer-yes' : 'answer-no').click();
    await expect(till.by(received ? 'done' : 'charge')).toBeVisible();
    await till.synced();
    expect(serverSales(server.dataDir).map((sale) => sale.total)).toEqual(received ? [6600] : []);
    await till.page.reload();
    await till.unlock();
    await expect(till.by('charge')).toBeVisible();
    await expect(till.by('asking')).toHaveCount(0);
  });
}
