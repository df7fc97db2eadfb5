import { expect, type Locator, type Page } from '@playwright/test';

export const PIN = '908172';

/** The till as a cashier uses it: one method per thing a person does. */
export class TillPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  by(testId: string): Locator {
    return this.page.getByTestId(testId);
  }

  /** First run: name, trade, PIN twice. The server on the same machine offers the code. */
  async setUp(name = '小面馆'): Promise<void> {
    await this.by('set-up').click();
    await this.by('shop-name').fill(name);
    await this.by('trade-catering').click();
    await this.by('continue').click();
    await this.pin();
    await this.pin();
    await expect(this.by('charge')).toBeVisible();
  }

  async pin(pin = PIN): Promise<void> {
    await expect(this.by('pin-0')).toBeEnabled();
    for (const digit of pin) await this.by(`pin-${digit}`).click();
  }

  /** Resolves when the page could start without the network: every file of the app is kept. */
  async installed(): Promise<void> {
    await this.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  }

  async unlock(): Promise<void> {
    await this.pin();
    await expect(this.by('nav-till')).toBeVisible();
  }

  async keys(keys: string): Promise<void> {
    for (const key of keys) await this.by(`key-${key}`).click();
  }

  /** To the page that says 'paid'. Resolves to the receipt number. */
  async sell(amount: string): Promise<string> {
    await this.keys(amount);
    await this.by('charge').click();
    await this.by('confirm-cash').click();
    await expect(this.by('done')).toBeVisible();
    return (await this.by('number').textContent()) ?? '';
  }

  async next(): Promise<void> {
    await this.by('next').click();
    await expect(this.by('charge')).toBeVisible();
  }

  async go(place: 'till' | 'orders' | 'devices' | 'settings'): Promise<void> {
    await this.by(`nav-${place}`).click();
  }

  /** Through the browser's chooser, which a simulated `navigator.usb` answers by itself. Leaves the devices page open. */
  async connectPrinter(): Promise<void> {
    await this.go('devices');
    await this.by('pair-usb').click();
    await expect(this.by('printer-link')).toHaveAttribute('data-link', 'connected');
  }

  /** A till that lost its key, and an owner who opens the office from the console: a re-key code puts it right. */
  async restoreByCode(officeLink: string): Promise<void> {
    const office = await this.page.context().newPage();
    await office.goto(officeLink);
    await office.getByRole('button', { name: '换钥匙' }).click();
    const shown = (await office.locator('body').textContent()) ?? '';
    const code = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(shown)?.[0] ?? '';
    await office.close();
    await this.by('rejoin').click();
    await this.by('code').fill(code.toLowerCase());
    await this.by('person').fill('店主');
    await this.by('continue').click();
    await this.pin();
    await this.pin();
    await expect(this.by('nav-till')).toBeVisible();
    await expect(this.by('key-lost')).toHaveCount(0);
  }

  /** Resolves when the strip says that the server holds everything. */
  async synced(): Promise<void> {
    await expect(this.by('unsynced')).toHaveText('0', { timeout: 30_000 });
  }

  /** Collects what the page complains about: uncaught errors, CSP and Trusted Types refusals. The network may be gone. */
  watch(): readonly string[] {
    const problems: string[] = [];
    this.page.on('pageerror', (error) => problems.push(`pageerror ${error.message}`));
    this.page.on('console', (message) => {
      if (
        message.type() === 'error' &&
        !/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION|net::/.test(message.text())
      ) {
        problems.push(`console ${message.text()}`);
      }
    });
    return problems;
  }
}
