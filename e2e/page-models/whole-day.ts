import { PaymentPage } from './payment-page.ts';
import type { TillPage } from './till-page.ts';

/** Told at each page, at rest; the number at the head of the name is its place in the day. */
export type Look = (name: string) => Promise<void>;

/** From the first page to the keypad. */
export async function firstRun(till: TillPage, look: Look, shop: string): Promise<void> {
  await till.by('set-up').waitFor();
  await look('01-welcome');
  await till.by('set-up').click();
  await till.by('shop-name').fill(shop);
  await till.by('trade-catering').click();
  await look('02-shop');
  await till.by('continue').click();
  await till.by('pin-1').waitFor();
  await look('03-pin');
  await till.pin();
  await till.pin();
  await till.by('charge').waitFor();
}

/** A cash sale on a simulated printer: `plugSimulatedPrinter` comes first. From the keypad to the keypad. */
export async function counterPages(till: TillPage, look: Look): Promise<void> {
  await look('04-till-empty');
  await till.connectPrinter();
  await till.go('till');
  await till.keys('18+12.5×2');
  await till.by('key-add').click();
  await till.keys('6.5');
  await look('05-till-basket');
  await till.by('charge').click();
  await new PaymentPage(till).armed('confirm-cash');
  await till.keys('50');
  await look('06-tender');
  await till.by('confirm-cash').click();
  await till.page.locator('[data-testid=slip][data-state=printed]').waitFor();
  await look('07-done');
  await till.next();
}

/** What is not a sale: lists, one sale, devices, settings, the day, the shop's health, help, the lock. Ends locked. */
export async function otherPages(till: TillPage, look: Look): Promise<void> {
  for (const amount of ['12', '33.8', '7.5']) {
    await till.sell(amount);
    await till.next();
  }
  await till.synced();
  await till.go('orders');
  await till.by('order').first().waitFor();
  await look('08-orders');
  await till.by('order').first().click();
  await till.by('timeline').waitFor();
  await look('09-order');
  await till.go('devices');
  await till.by('simulated').click();
  await till.by('test-slip').click();
  await till.by('paper').waitFor();
  await look('10-devices');
  for (const place of ['reader', 'scanner']) {
    await openAt(till, `#/devices/${place}`);
    await till.page.locator(`[data-testid=place-${place}][aria-pressed=true]`).waitFor();
    await look(`10-devices-${place}`);
  }
  await till.go('settings');
  await till.by('lock-now').waitFor();
  await look('11-settings');
  await till.by('status').click();
  await till.by('dialog-close').first().waitFor();
  await look('12-status');
  await till.page.keyboard.press('Escape');
  for (const [name, address, shown] of ADDRESSES) {
    await openAt(till, address);
    await till.by(shown).waitFor({ state: 'attached' });
    await look(name);
  }
  await till.go('settings');
  await till.by('lock-now').click();
  await till.by('pin-1').waitFor();
  await look('17-lock');
}

/** By their addresses, as shortcuts and the back key open them; and what is there when they are. */
const ADDRESSES = [
  ['13-today', '#/today', 'day-drawer'],
  ['14-health', '#/health', 'verdict'],
  ['15-help', '#/help', 'help-find'],
  ['16-help-article', '#/help/print.paper-end', 'help-all'],
] as const;

async function openAt({ page }: TillPage, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
