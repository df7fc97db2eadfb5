import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { Counter } from '../fixtures.ts';
import { PaymentPage } from '../page-models/payment-page.ts';
import type { TillPage } from '../page-models/till-page.ts';
import { ServerProcess } from '../server-process.ts';
import { expectBooksAgree } from './books.ts';
import { expectNoCanary } from './canary.ts';
import { freePort } from './free-port.ts';
import { SandboxClient } from './sandbox-client.ts';
import { shortenWindows } from './short-windows.ts';

/** A shop with one till, its server, and the hosts behind it. Shared by the tests of a worker; a failed test ends it. */
class DemoShop {
  readonly server: ServerProcess;
  readonly sandbox: SandboxClient;
  readonly counter: Counter;
  /** Every pay code that was shown to the scanner. */
  readonly codes: string[] = [];
  #till: TillPage | undefined;
  #count = 0;

  constructor(server: ServerProcess, sandbox: SandboxClient, counter: Counter) {
    this.server = server;
    this.sandbox = sandbox;
    this.counter = counter;
  }

  get till(): TillPage {
    if (this.#till === undefined) throw new Error('not open');
    return this.#till;
  }

  async setUp(): Promise<void> {
    await this.counter.prepare((context) => context.route('**/api/rails', shortenWindows));
    this.#till = await this.counter.open();
    await this.#till.setUp();
    // The hosts start when the till first asks what the shop can take.
    await expect(() => this.sandbox.books()).toPass();
  }

  /** The browser dies with everything in it, and is opened again. */
  async crash(): Promise<TillPage> {
    const { context } = this.counter;
    if (context === undefined) throw new Error('not open');
    const session = await context.newCDPSession(this.till.page);
    const gone = context.waitForEvent('close');
    // Nobody is left to answer.
    session.send('Browser.crash').catch(() => undefined);
    await gone;
    await this.counter.close();
    this.#till = await this.counter.open();
    await this.#till.unlock();
    return this.#till;
  }

  /** The owner makes a card of the shop's own, and puts money on it. */
  async issueCard(account: string, amount: string): Promise<void> {
    const office = await this.till.page.context().newPage();
    await office.goto(this.server.officeLink());
    const form = office.locator('form', { has: office.getByRole('button', { name: '开新卡' }) });
    await form.locator('[name=account]').fill(account);
    await form.locator('[name=amount]').fill(amount);
    await form.getByRole('button', { name: '开新卡' }).click();
    await expect(office.getByRole('rowheader', { name: account })).toBeVisible();
    await office.close();
  }

  /** A pay code that nobody has used. */
  code(wallet: 'wechat' | 'alipay' | 'unionpay-qr'): string {
    this.#count += 1;
    const { prefix, digits } = CODES[wallet];
    const code = prefix + `${7_351_900 + this.#count}`.padStart(digits - prefix.length, '4');
    this.codes.push(code);
    return code;
  }
}

const CODES = {
  wechat: { prefix: '13', digits: 18 },
  alipay: { prefix: '28', digits: 18 },
  'unionpay-qr': { prefix: '62', digits: 19 },
} as const;

interface Fixtures {
  /** At the keypad. Afterwards all books are compared, and looked through for what must not be in them. */
  till: TillPage;
  pay: PaymentPage;
}

export const test = base.extend<Fixtures, { shop: DemoShop }>({
  shop: [
    async ({ launchOptions }, use) => {
      const port = await freePort();
      const dist = process.env['DIST_DIR'];
      const server = new ServerProcess(dist, { XIAOJI_SANDBOX_ADMIN_PORT: String(port) });
      await server.start();
      const profile = mkdtempSync(join(tmpdir(), 'xiaoji-payments-'));
      const look = { locale: 'zh-CN', timezoneId: 'Asia/Shanghai', viewport: { width: 1280, height: 800 } };
      const counter = new Counter(profile, { ...launchOptions, ...look, headless: true }, () => server.url);
      const shop = new DemoShop(server, new SandboxClient(port), counter);
      await shop.setUp();
      await use(shop);
      await counter.close();
      await server.stop();
      rmSync(profile, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  till: [
    async ({ shop }, use, info) => {
      const problems = shop.till.watch();
      await use(shop.till);
      await shop.sandbox.clearRules();
      if (info.errors.length > 0) return;
      const { till, server, sandbox } = shop;
      const { page } = till;
      await till.synced();
      await expectBooksAgree({ page, server, sandbox });
      await expectNoCanary(page, server, shop.codes);
      expect(problems).toEqual([]);
      if (await till.by('next').isVisible()) await till.next();
      else await till.go('till');
      await expect(till.by('charge')).toBeVisible();
    },
    { auto: true },
  ],
  pay: async ({ till }, use) => {
    await use(new PaymentPage(till));
  },
});
