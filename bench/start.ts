import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type BrowserContext, chromium } from 'playwright';
import { TillPage } from '../e2e/page-models/till-page.ts';
import { chromiumArgs, chromiumPath } from '../scripts/chromium.mjs';
import { startTestServer, type TestServer } from '../server/src/testing/test-server.ts';
import { scriptBytes } from './start/script.ts';
import { forget, type Probe, type Visit, visit } from './start/visit.ts';
import { percentile, print, round } from './support/browser.ts';

/**
 * How long until a till can be used: `cold`, an enrolled till whose files, compiled code and service worker are gone, over a
 * slow network; `offline`, its next visit with the server gone. Usable is the frame in which a pressed key shows: of the PIN
 * pad on our lock screen, of the keypad on the floor. `-open` is the frame from which on the database behind it is open: a
 * PIN is looked at, the floor's worker has read its entries. Both by the same server, in the same browser, taking turns.
 * npm run bench -- start [--rounds 7]
 */
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '7' } } });
const rounds = Number(values.rounds);

/** Most gzipped script that the first paint may need, and that a till may need before it sells, bytes. */
const SCRIPT_LIMIT = { firstPaint: 60_000, till: 90_000 };

interface Side {
  readonly probe: Probe;
  readonly dist: string;
  readonly dataDir: string;
  server: TestServer;
  readonly cold: Visit[];
  readonly offline: Visit[];
}

const work = await mkdtemp(join(tmpdir(), 'xiaoji-bench-'));
const dist = process.env['DIST_DIR'] ?? fileURLToPath(new URL('../dist', import.meta.url));
const site = join(work, 'site');

async function side(name: string, folder: string, probe: Probe): Promise<Side> {
  const dataDir = join(work, name);
  const server = await startTestServer({ dist: folder, dataDir });
  return { probe, dist: folder, dataDir, server, cold: [], offline: [] };
}

/** A visit whose page has finished what it does besides, so that nothing of it runs into the next one. */
async function quietVisit(context: BrowserContext, { server, probe }: Side, slow: boolean): Promise<Visit> {
  const { page, figures } = await visit(context, server.url, probe, slow);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await page.close();
  return figures;
}

async function roundOf(context: BrowserContext, sides: readonly Side[]): Promise<void> {
  await forget(
    context,
    sides.map(({ server }) => server.url),
  );
  for (const each of sides) each.cold.push(await quietVisit(context, each, true));
  for (const each of sides) await each.server.stop();
  for (const each of sides) each.offline.push(await quietVisit(context, each, false));
  for (const each of sides) {
    const { dist: folder, dataDir } = each;
    each.server = await startTestServer({ dist: folder, dataDir, port: each.server.port });
  }
}

const median = (visits: readonly Visit[], key: keyof Visit): number =>
  round(
    percentile(
      visits.map((each) => each[key]),
      0.5,
    ),
    0,
  );

function figures(metric: 'cold' | 'offline', ours: Side, floor: Side): void {
  const [mine, theirs] = [ours[metric], floor[metric]];
  for (const key of ['usable', 'open'] as const) {
    const [ms, floorMs] = [median(mine, key), median(theirs, key)];
    print({
      bench: 'start',
      metric: key === 'usable' ? metric : `${metric}-open`,
      unit: 'ms p50',
      ours: ms,
      peer: 'floor',
      theirs: floorMs,
      ratio: round(floorMs / ms),
      times: round(ms / floorMs),
      rounds,
      firstPaint: [median(mine, 'firstPaint'), median(theirs, 'firstPaint')],
      blocked: [median(mine, 'blocked'), median(theirs, 'blocked')],
      requests: [median(mine, 'requests'), median(theirs, 'requests')],
    });
  }
}

function scripts(): void {
  const bytes = scriptBytes(dist);
  for (const key of ['firstPaint', 'till'] as const) {
    print({
      bench: 'start',
      metric: key === 'firstPaint' ? 'script' : 'script-till',
      unit: 'kB gzip',
      ours: round(bytes[key] / 1_000, 1),
      peer: 'limit',
      theirs: SCRIPT_LIMIT[key] / 1_000,
      ratio: round(bytes[key] / SCRIPT_LIMIT[key]),
    });
  }
}

let context: BrowserContext | undefined;
const sides: Side[] = [];
try {
  scripts();
  const builder = fileURLToPath(new URL('./start/site.ts', import.meta.url));
  const built = spawnSync(process.execPath, [builder, site], { stdio: ['ignore', 2, 'inherit'] });
  if (built.status !== 0) throw new Error('the floor could not be built');
  const floor = await side('floor', site, {
    key: ['floor-till', 'button:enabled'],
    proof: ['floor-till', 'output:not(:empty)'],
    open: 'floor-till[open]',
  });
  const pad = ['pos-app', 'page-lock', 'pos-pin-pad'];
  const ours = await side('ours', dist, {
    key: [...pad, 'button:enabled'],
    proof: [...pad, '.dot.full'],
    open: 'pos-app[ready]',
  });
  sides.push(floor, ours);
  const executablePath = chromiumPath();
  context = await chromium.launchPersistentContext(join(work, 'profile'), {
    headless: true,
    locale: 'zh-CN', // The language that the till speaks first.
    args: [...chromiumArgs],
    ...(executablePath === undefined ? {} : { executablePath }),
  });
  const page = await context.newPage();
  await page.goto(ours.server.url);
  await new TillPage(page).setUp();
  await page.close();
  for (let at = 0; at < rounds; at += 1) {
    await roundOf(context, at % 2 === 0 ? [floor, ours] : [ours, floor]);
    process.stderr.write(`round ${at + 1}/${rounds}\n`);
  }
  figures('cold', ours, floor);
  figures('offline', ours, floor);
} finally {
  await context?.close();
  for (const { server } of sides) await server.stop().catch(() => undefined);
  await rm(work, { recursive: true, force: true });
}
