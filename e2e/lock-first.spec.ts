import { expect } from '@playwright/test';
import { test } from './fixtures.ts';

interface Held {
  letGo?: () => void;
}

/** Runs in the page before anything of it: the journal's worker hears nothing until somebody says so, then all in its order. */
function holdBooks(): void {
  const post = Worker.prototype.postMessage;
  let held: (() => void)[] | undefined;
  Worker.prototype.postMessage = function (this: Worker, message: unknown, ...rest: unknown[]) {
    const send = () => Reflect.apply(post, this, [message, ...rest]);
    if ((message as { kind?: string }).kind === 'start') held = [];
    if (held === undefined) send();
    else held.push(send);
  };
  (globalThis as Held).letGo = () => {
    for (const send of held ?? []) send();
    held = undefined;
  };
}

test('the lock screen takes a PIN before the books are open; the till opens with them, not before', async ({
  till,
}) => {
  const { page } = till;
  await till.sell('5');
  await till.next();
  await page.addInitScript(holdBooks);
  await page.reload();
  await expect(till.by('pin-0')).toBeEnabled();
  await till.pin();
  await expect(till.by('pin-0')).toBeDisabled(); // Being looked at: no second PIN, and no word of a wrong one.
  await expect(till.by('lock-state')).not.toContainText('PIN');
  await expect(till.by('charge')).toHaveCount(0);
  await page.evaluate(() => (globalThis as Held).letGo?.());
  await expect(till.by('charge')).toBeVisible();
  await till.sell('3');
});

test('what the last visit left is shown until the books are open, and never believed', async ({ till }) => {
  const { page } = till;
  await page.addInitScript(holdBooks);
  await page.reload();
  await expect(till.by('pin-0')).toBeEnabled();
  await page.evaluate(() => {
    const kept = JSON.parse(localStorage.getItem('xiaoji-lock') ?? '{}');
    kept.lock.operators = [];
    kept.lock.shop.name = 'somebody else';
    localStorage.setItem('xiaoji-lock', JSON.stringify(kept));
  });
  await page.reload();
  await expect(page.getByText('somebody else')).toBeVisible();
  await page.evaluate(() => (globalThis as Held).letGo?.());
  await expect(page.getByText('somebody else')).toHaveCount(0);
  await till.unlock();
});

test('a shop looks as it was left, colour and light and contrast, before its books are open and after', async ({
  till,
}) => {
  const { page } = till;
  await till.go('settings');
  for (const choice of ['theme-dark', 'contrast-more', 'accent-sky'])
    await till.by(choice).locator('..').click();
  const asChosen = async (): Promise<void> => {
    const html = page.locator('html');
    await expect(html).toHaveAttribute('data-theme', 'dark');
    await expect(html).toHaveAttribute('data-contrast', 'more');
    await expect(html).toHaveAttribute('data-accent', 'sky');
  };
  await asChosen();
  await page.addInitScript(holdBooks);
  await page.reload();
  await expect(till.by('pin-0')).toBeEnabled();
  await asChosen();
  await page.evaluate(() => (globalThis as Held).letGo?.());
  await till.unlock();
  await asChosen();
});
