import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { BookView } from '../books.ts';
import { type Sandbox, sandboxKeys, startSandbox } from '../start-sandbox.ts';
import { ManualWorld } from './manual-world.ts';
import { type CaughtNotice, catchNotices } from './notice-catcher.ts';

/** A fresh sandbox for every test of a file, and one notify address for all of them. */
export class SandboxFixture {
  world = new ManualWorld();
  #sandbox: Sandbox | undefined;
  notify!: Awaited<ReturnType<typeof catchNotices>>;
  readonly #keys = sandboxKeys(new ManualWorld());

  get sandbox(): Sandbox {
    return this.#sandbox!;
  }

  get caught(): readonly CaughtNotice[] {
    return this.notify.caught;
  }

  now = (): number => this.world.clock.now();

  books(): readonly BookView[] {
    return this.sandbox.admin.books();
  }

  async start(): Promise<void> {
    this.world = new ManualWorld();
    const { clock, random, timer } = this.world;
    this.#sandbox = await startSandbox({ clock, random, timer, keys: this.#keys });
    this.notify.caught.length = 0;
    this.notify.answer = { status: 200, body: 'success' };
  }
}

export function useSandbox(): SandboxFixture {
  const fixture = new SandboxFixture();
  beforeAll(async () => {
    fixture.notify = await catchNotices();
  });
  afterAll(() => fixture.notify.close());
  beforeEach(() => fixture.start());
  afterEach(() => fixture.sandbox.close());
  return fixture;
}
