import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { prependToJournalWorker } from './fakes/worker-prelude.ts';
import { test } from './fixtures.ts';
import type { TillPage } from './page-models/till-page.ts';

const NO_SERVICE_WORKER = { serviceWorkers: 'block' } as const;

interface Line {
  readonly entry: { readonly type: string; readonly seq: number };
}

/** The file that a press of the button saves, line by line. */
async function exported(till: TillPage): Promise<readonly Line[]> {
  const saved = till.page.waitForEvent('download');
  await till.by('export').click();
  const file = await saved;
  expect(file.suggestedFilename()).toMatch(
    /^xiaoji-journal-[A-Z0-9]+-[0-9A-Z]{6}-\d+-\d{4}-\d\d-\d\d[.]jsonl$/,
  );
  const text = readFileSync(await file.path(), 'utf8').trimEnd();
  return text.split('\n').map((line) => JSON.parse(line) as Line);
}

const open = (page: Page, hash: string): Promise<unknown> => page.goto(`${page.url().split('#')[0]}${hash}`);

test('a sale is found again, its story is told, and the day adds up, without a network', async ({ till }) => {
  const { page } = till;
  await till.installed();
  await page.context().setOffline(true);
  const numbers: string[] = [];
  for (const amount of ['12.5', '33.8', '7.5', '12.5']) {
    numbers.push(await till.sell(amount));
    await till.next();
  }
  await till.go('orders');
  await expect(till.by('order')).toHaveCount(4);
  await page.keyboard.press('/');
  await page.keyboard.type('12.5');
  await expect(till.by('order')).toHaveCount(2);
  await till.by('find').fill((numbers[1] ?? '').slice(-6));
  await expect(till.by('order')).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(till.by('order-total')).toContainText('33.80');
  const story = till.by('timeline').locator('li[data-type]');
  await expect(story.first()).toContainText('开单');
  await expect(till.by('timeline').locator('li[data-type="attempt.approved"]')).toContainText('现金 ¥33.80');
  // Where the shortcut of the installed app leads.
  await open(page, '#/today');
  await expect(till.by('day-net')).toContainText('66.30');
  await expect(till.by('day-sales')).toHaveText('4');
  await expect(till.by('day-drawer')).toContainText('66.30');
  await expect(till.by('day-open')).toHaveAttribute('data-count', '0');
  await till.by('day-before').click();
  await expect(till.by('day-empty')).toBeVisible();
});

test('the health of the books tells what waits; all of it can be saved as a file; the icon shows how many', async ({
  counter,
}) => {
  await counter.prepare((context) =>
    context.addInitScript(() => {
      const badges: (number | 'clear')[] = [];
      Object.assign(globalThis, { badges });
      Object.assign(Navigator.prototype, {
        setAppBadge: async (count: number) => void badges.push(count),
        clearAppBadge: async () => void badges.push('clear'),
      });
    }),
  );
  const till = await counter.open();
  await till.setUp();
  await till.synced();
  const { page } = till;
  const badges = () => page.evaluate(() => (globalThis as unknown as { badges: unknown[] }).badges);
  await till.installed();
  await page.context().setOffline(true);
  await till.sell('8');
  await open(page, '#/health');
  await expect(till.by('verdict')).toHaveAttribute('data-verdict', 'waits');
  await expect(till.by('health-oldest')).toBeVisible();
  expect(typeof (await badges()).at(-1)).toBe('number');
  await till.by('check').click();
  await expect(till.by('health-outcome')).toContainText('都核对过');
  const lines = await exported(till);
  expect(lines.map(({ entry }) => entry.seq)).toEqual(lines.map((_, at) => at + 1));
  expect(lines.map(({ entry }) => entry.type)).toContain('sale.completed');
  expect(JSON.stringify(lines)).not.toMatch(/pin|secret|private/i);
  await page.context().setOffline(false);
  await expect(till.by('verdict')).toHaveAttribute('data-verdict', 'fine', { timeout: 60_000 });
  await expect(till.by('health-confirmed-at')).not.toHaveText(/还没有过|–/);
  await expect.poll(async () => (await badges()).at(-1)).toBe('clear');
});

test('a till whose books cannot be opened still hands them over', async ({ counter }) => {
  let till = await counter.open(NO_SERVICE_WORKER);
  await till.setUp();
  await till.sell('2');
  await till.next();
  await till.sell('3');
  await counter.close();
  await prependToJournalWorker(
    counter,
    `IDBFactory.prototype.open = () => { throw new DOMException('no', 'UnknownError'); };
     StorageManager.prototype.getDirectory = async () => { throw new DOMException('no', 'SecurityError'); };`,
  );
  till = await counter.open(NO_SERVICE_WORKER);
  await expect(till.by('blocked').first()).toBeVisible();
  const lines = await exported(till);
  expect(lines.filter(({ entry }) => entry.type === 'sale.completed')).toHaveLength(2);
  await expect(till.by('exported')).toContainText('抢救');
  // What the code means can be read here too.
  await till.by('explain-code').click();
  await expect(till.by('help-back')).toBeVisible();
});

test('a sale is announced when it is written down, and not while the disk refuses', async ({ counter }) => {
  await counter.prepare((context) =>
    context.addInitScript(() => {
      const said: string[] = [];
      const notes: number[] = [];
      Object.assign(globalThis, { said, notes });
      const voice = { lang: 'zh-CN', localService: true, name: 'test', default: true, voiceURI: 'test' };
      class Sentence {
        readonly text: string;
        onend: (() => void) | null = null;
        constructor(text: string) {
          this.text = text;
        }
      }
      const synthesis = Object.assign(new EventTarget(), {
        getVoices: () => [voice],
        cancel: () => undefined,
        speak: (sentence: Sentence) => {
          said.push(sentence.text);
          sentence.onend?.();
        },
      });
      Object.defineProperty(globalThis, 'speechSynthesis', { value: synthesis, configurable: true });
      Object.defineProperty(globalThis, 'SpeechSynthesisUtterance', { value: Sentence, configurable: true });
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (when) {
        notes.push(this.frequency.value);
        start.call(this, when);
      };
    }),
  );
  await prependToJournalWorker(
    counter,
    `let refusing = false;
     const guard = (real) => function (value, key) {
       if (refusing && JSON.stringify(value ?? '').includes('sale.completed')) throw new DOMException('disk full', 'QuotaExceededError');
       return real.call(this, ...arguments);
     };
     for (const name of ['add', 'put']) IDBObjectStore.prototype[name] = guard(IDBObjectStore.prototype[name]);
     new BroadcastChannel('e2e-disk').onmessage = ({ data }) => { refusing = data; };`,
  );
  const till = await counter.open(NO_SERVICE_WORKER);
  await till.setUp();
  const { page } = till;
  const heard = () =>
    page.evaluate(() => {
      const { said, notes } = globalThis as unknown as { said: string[]; notes: number[] };
      return { said: [...said], notes: [...notes] };
    });
  const refuse = (on: boolean): Promise<void> =>
    page.evaluate((data) => new BroadcastChannel('e2e-disk').postMessage(data), on);
  // Sound comes a moment after the till.
  await till.go('settings');
  await till.by('sound-try').click();
  await expect.poll(async () => (await heard()).said).toEqual(['不是真钱，微信收款 12.50 元']);
  await till.go('till');
  await till.keys('1');
  await expect.poll(async () => (await heard()).notes).toContain(1_900);
  await refuse(true);
  await till.by('charge').click();
  await till.by('confirm-cash').click();
  await expect(till.by('unsaved')).toBeVisible();
  await expect(till.by('tries')).toContainText('2', { timeout: 15_000 });
  expect((await heard()).said).toHaveLength(1);
  await refuse(false);
  await expect(till.by('done')).toBeVisible({ timeout: 30_000 });
  await expect.poll(async () => (await heard()).said.at(-1)).toBe('收款成功 1 元');
  // A start later, what was paid is not said again.
  await page.reload();
  await till.unlock();
  expect((await heard()).said).toEqual([]);
});
