import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromiumArgs, chromiumPath } from '../scripts/chromium.mjs';
import { ROOT } from '../scripts/pinned.mjs';
import { plugSimulatedPrinter } from './fakes/simulated-usb.ts';
import { Counter } from './fixtures.ts';
import { counterPages, firstRun, type Look, otherPages } from './page-models/whole-day.ts';
import { freePort } from './payments/free-port.ts';
import { SandboxClient } from './payments/sandbox-client.ts';
import { shortenWindows } from './payments/short-windows.ts';
import { ServerProcess } from './server-process.ts';
import { paymentShots } from './shots-payments.ts';
import { smallPng } from './visual/small-png.ts';

// Writes a picture of every page, in both languages, on a tablet and a phone, light and dark, to shots/ (git-ignored).
// Names as arguments narrow it down (`zh-CN-phone`); `--keep` also renews the pictures kept in the repository.

const OUT = join(ROOT, 'shots');
const SIZES = {
  tablet: { viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
  phone: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2 },
} as const;

/** The best six are kept: in the README and in the install dialog (public/manifest.webmanifest). */
const KEPT = [
  ['zh-CN-tablet-light/05-till-basket', 'till-wide'],
  ['zh-CN-tablet-light/07-done', 'done-wide'],
  ['zh-CN-tablet-light/13-today', 'today-wide'],
  ['zh-CN-phone-light/05-till-basket', 'till-narrow'],
  ['zh-CN-phone-light/26-waiting-qr', 'code-narrow'],
  ['zh-CN-phone-light/31-unknown', 'unknown-narrow'],
] as const;
/** More makes an install slow, bytes: a picture above it is kept with fewer shades. */
const KEPT_BYTES_MAX = 120_000;

interface Form {
  readonly language: 'zh-CN' | 'en';
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
}

async function shootAll(form: Form): Promise<void> {
  const folder = join(OUT, `${form.language}-${form.size}-${form.theme}`);
  mkdirSync(folder, { recursive: true });
  const port = await freePort();
  const server = new ServerProcess(process.env['DIST_DIR'], { XIAOJI_SANDBOX_ADMIN_PORT: String(port) });
  await server.start();
  const profile = mkdtempSync(join(tmpdir(), 'xiaoji-shots-'));
  const executablePath = chromiumPath();
  const launch = { args: [...chromiumArgs], headless: true, ...(executablePath ? { executablePath } : {}) };
  const page = {
    locale: form.language,
    ...SIZES[form.size],
    colorScheme: form.theme,
    timezoneId: 'Asia/Shanghai',
  };
  const counter = new Counter(profile, { ...launch, ...page }, () => server.url);
  try {
    await plugSimulatedPrinter(counter);
    await counter.prepare((context) => context.route('**/api/rails', shortenWindows));
    const till = await counter.open();
    const shoot: Look = async (name) => {
      // Animations are over and fonts are there: a picture of a page at rest.
      await till.page.evaluate(async () => void (await document.fonts.ready));
      await till.page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
    };
    await firstRun(till, shoot, form.language === 'en' ? 'Corner Noodles' : '街角面馆');
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
  for (const [from, name] of KEPT) {
    const picture = readFileSync(join(OUT, `${from}.png`));
    const kept = picture.length > KEPT_BYTES_MAX ? smallPng(picture) : picture;
    writeFileSync(join(ROOT, 'public', 'screenshots', `${name}.png`), kept);
  }
}
