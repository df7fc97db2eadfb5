import { type ChildProcess, spawn } from 'node:child_process';
import { globSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { chromiumArgs, chromiumPath } from '../../scripts/chromium.mjs';
import type { Backend } from './args.ts';
import { Cdp } from './cdp.ts';
import { until, within } from './deadline.ts';
import { Tab } from './tab.ts';
import type { Undo } from './undo.ts';

const START_MS = 30_000;
const GONE_MS = 15_000;

/** Flag of the SQLite backend of IndexedDB (measured: docs/reliability.md). */
const SQLITE = '--enable-features=IdbSqliteOnDiskRollout:stage/UseSqliteForNewStores';

/** A tab in the background must work as fast as the one in front: both are tills and writers here. */
const EVEN_IN_BACKGROUND = [
  '--disable-background-timer-throttling',
  '--disable-renderer-backgrounding',
  '--disable-backgrounding-occluded-windows',
];

/** A real browser on a profile folder, in a process group of its own, so that it can die all at once. */
export class Chromium {
  readonly #group: number;
  readonly #cdp: Cdp;
  readonly #gone: () => void;
  readonly #exited: Promise<unknown>;

  private constructor(child: ChildProcess, group: number, undo: Undo) {
    this.#group = group;
    this.#cdp = new Cdp(child.stdio[3] as Writable, child.stdio[4] as Readable);
    this.#exited = new Promise((resolve) => child.once('exit', resolve));
    this.#gone = undo.add(() => signalGroup(group, 'SIGKILL'));
  }

  static async start(profile: string, backend: Backend, undo: Undo): Promise<Chromium> {
    const path = chromiumPath();
    if (path === undefined) throw new Error('No Chromium was found. Install one, or set CHROMIUM_PATH.');
    // What a dead browser leaves behind to keep others out: on a copied disk its owner is no process of ours.
    for (const lock of globSync('Singleton*', { cwd: profile })) rmSync(join(profile, lock), { force: true });
    const args = [
      ...chromiumArgs,
      ...EVEN_IN_BACKGROUND,
      '--headless=new',
      '--disable-breakpad',
      '--disk-cache-size=16777216',
      '--window-size=1280,800',
      '--lang=zh-CN',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
      ...(backend === 'sqlite' ? [SQLITE] : []),
      'about:blank',
    ];
    const child = spawn(path, args, {
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
    });
    child.on('error', () => undefined); // Told by the missing process id, and by the pipe that closes.
    if (child.pid === undefined) throw new Error(`${path} did not start.`);
    const browser = new Chromium(child, child.pid, undo);
    await within(START_MS, 'the start of the browser', browser.#cdp.send('Browser.getVersion'));
    return browser;
  }

  tab(): Promise<Tab> {
    return Tab.open(this.#cdp);
  }

  /** Stands still: nothing of it writes any more, nothing of it ends. */
  stop(): void {
    signalGroup(this.#group, 'SIGSTOP');
  }

  /** Dies, with everything it started. Resolves when nothing of it is left. */
  async kill(): Promise<void> {
    this.#gone();
    await within(GONE_MS, 'the death of the browser', this.#exited);
    await until(GONE_MS, 'the death of its children', () => (isGroupAlive(this.#group) ? undefined : true));
  }
}

function signalGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch {
    // Nobody of the group is left: that is what was wanted.
  }
}

function isGroupAlive(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch {
    return false;
  }
}
