import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumArgs, chromiumPath } from '../scripts/chromium.mjs';
import { ROOT } from '../scripts/pinned.mjs';
import { plugSimulatedPrinter } from './fakes/simulated-usb.ts';
import { Counter } from './fixtures.ts';
import type { TillPage } from './page-models/till-page.ts';
import { freePort } from './payments/free-port.ts';
import { SandboxClient } from './payments/sandbox-client.ts';
import { shortenWindows } from './payments/short-windows.ts';
import { ServerProcess } from './server-process.ts';
import { paymentShots } from './shots-payments.ts';

// Writes a picture of every page, in both languages, on a tablet and a phone, light and dark, to shots/ (git-ignored).
// Names as arguments narrow it down (`zh-CN-phone`); `--keep` also renews the pictures kept in the repository.

const OUT = join(ROOT, 'shots');
const SIZES = {
  tablet: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
} as const;

/** Pictures that are kept in the repository: the README's two, and those of the install dialog. */
const KEPT = [
  ['zh-CN-tablet-light/05-till-basket', 'docs/images/till'],
  ['zh-CN-tablet-light/07-done', 'docs/images/done'],
  ['zh-CN-tablet-light/05-till-basket', 'public/screenshots/till-wide'],
  ['zh-CN-tablet-light/07-done', 'public/screenshots/done-wide'],
  ['zh-CN-phone-light/05-till-basket', 'public/screenshots/till-narrow'],
  ['zh-CN-phone-light/07-done', 'public/screenshots/done-narrow'],
] as const;

interface Look {
  readonly language: 'zh-CN' | 'en';
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
}

type Shoot = (name: string) => Promise<void>;

async function firstRun(till: TillPage, shoot: Shoot, { language }: Look): Promise<void> {
  await till.by('set-up').waitFor();
  await shoot('01-welcome');
  await till.by('set-up').click();
  await till.by('shop-name').fill(language === 'en' ? 'Corner Noodles' : '街角面馆');
  await till.by('trade-catering').click();
  await shoot('02-shop');
  await till.by('continue').click();
  await till.by('pin-1').waitFor();
  await shoot('03-pin');
  await till.pin();
  await till.pin();
  await till.by('charge').waitFor();
}

async function counterPages(till: TillPage, shoot: Shoot): Promise<void> {
  await shoot('04-till-empty');
  await till.connectPrinter();
  await till.go('till');
  await till.keys('18+12.5×2');
  await till.by('key-add').click();
  await till.keys('6.5');
  await shoot('05-till-basket');
  await till.by('charge').click();
  await till.keys('50');
  await shoot('06-tender');
  await till.by('confirm-cash').click();
  await till.page.locator('[data-testid=slip][data-state=printed]').waitFor();
  await shoot('07-done');
  await till.next();
}

async function otherPages(till: TillPage, shoot: Shoot): Promise<void> {
  for (const amount of ['12', '33.8', '7.5']) {
    await till.sell(amount);
    await till.next();
  }
  await till.synced();
  await till.go('orders');
  await till.by('order').first().waitFor();
  await shoot('08-orders');
  await till.by('order').first().click();
  await till.by('timeline').waitFor();
  await shoot('09-order');
  await till.go('devices');
  await till.by('simulated').click();
  await till.by('test-slip').click();
  await till.by('paper').waitFor();
  await shoot('10-devices');
  await till.go('settings');
  await shoot('11-settings');
  await till.by('status').click();
  await till.by('dialog-close').first().waitFor();
  await shoot('12-status');
  await till.page.keyboard.press('Escape');
  await till.by('lock-now').click();
  await till.by('pin-1').waitFor();
  await shoot('13-lock');
}

async function shootAll(look: Look): Promise<void> {
  const folder = join(OUT, `${look.language}-${look.size}-${look.theme}`);
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const server = new ServerProcess(process.env['DIST_DIR'], { XIAOJI_SANDBOX_ADMIN_PORT: String(port) });
  await server.start();
  const profile = mkdtempSync(join(tmpdir(), 'xiaoji-shots-'));
  const executablePath = chromiumPath();
  const launch = { args: [...chromiumArgs], headless: true, ...(executablePath ? { executablePath } : {}) };
  const page = {
    locale: look.language,
    ...SIZES[look.size],
    colorScheme: look.theme,
    timezoneId: 'Asia/Shanghai',
  };
  const counter = new Counter(profile, { ...launch, ...page }, () => server.url);
  try {
    await plugSimulatedPrinter(counter);
    await counter.prepare((context) => context.route('**/api/rails', shortenWindows));
    const till = await counter.open();
    const shoot: Shoot = async (name) => {
      // Animations are over and fonts are there: a picture of a page at rest.
      await till.page.evaluate(async () => void (await document.fonts.ready));
      await till.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    };
    await firstRun(till, shoot, look);
    await counterPages(till, shoot);
    await otherPages(till, shoot);
    await till.unlock();
    await till.go('till');
    await paymentShots(till, shoot, new SandboxClient(port));
  } finally {
    await counter.close();
    await server.stop();
    rmSync(profile, { recursive: true, force: true });
  }
}

rmSync(OUT, { recursive: true, force: true });
const only = process.argv.slice(2).filter((word) => word !== '--keep');
for (const language of ['zh-CN', 'en'] as const) {
  for (const size of ['tablet', 'phone'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      const name = `${language}-${size}-${theme}`;
      if (only.length > 0 && !only.some((part) => name.includes(part))) continue;
      process.stderr.write(`${name}\n`);
      await shootAll({ language, size, theme });
    }
  }
}
if (process.argv.includes('--keep')) {
  for (const [from, to] of KEPT) copyFileSync(join(OUT, `${from}.png`), join(ROOT, `${to}.png`));
}
