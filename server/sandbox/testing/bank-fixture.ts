import { afterEach, beforeEach } from 'vitest';
import type { BookView } from '../books.ts';
import { type Sandbox, type SandboxOptions, sandboxKeys, startSandbox } from '../start-sandbox.ts';
import { BankClient, type Decoded, decode } from './bank-client.ts';
import { ManualWorld } from './manual-world.ts';

/** A sandbox and a signed-in terminal, fresh for every test of a file. */
export class BankFixture {
  world = new ManualWorld();
  #sandbox: Sandbox | undefined;
  #till: BankClient | undefined;

  get sandbox(): Sandbox {
    return this.#sandbox!;
  }

  get till(): BankClient {
    return this.#till!;
  }

  async start(options: Pick<SandboxOptions, 'keys' | 'mac'>): Promise<void> {
    this.world = new ManualWorld();
    const { clock, random, timer } = this.world;
    this.#sandbox = await startSandbox({ clock, random, timer, ...options });
    this.#till = new BankClient(this.sandbox.bank);
    await this.till.open();
    await this.till.signIn();
  }

  async stop(): Promise<void> {
    this.till.close();
    await this.sandbox.close();
  }

  get lastTrace(): string {
    return String(this.till.trace).padStart(6, '0');
  }

  books(): readonly BookView[] {
    return this.sandbox.admin.books();
  }

  book(trace: string): BookView | undefined {
    return this.books().find((each) => each.order === `${this.till.terminal}-${this.till.batch}-${trace}`);
  }

  /** Field 61 for a trade of this batch. */
  original(sale: Decoded, date = ''): string {
    return `${this.till.batch}${sale.fields[11]!}${date}`;
  }

  /** True when the MAC of an answer is right. */
  verified(frame: Buffer): boolean {
    const body = frame.subarray(11);
    return this.till.mac(body.subarray(0, -8)) === body.subarray(-8).toString('hex').toUpperCase();
  }

  async frame(): Promise<Buffer> {
    const frame = await this.till.frame();
    if (frame === 'closed') throw new Error('closed');
    return frame;
  }

  /** Waits until the host has handled everything sent before. */
  async settled(): Promise<void> {
    await this.till.ask(this.till.plain('0820', { 60: `00${this.till.batch}301` }));
  }
}

/** Sets the fixture up and takes it down around each test of the file. */
export function useBank(options: Pick<SandboxOptions, 'mac'> = {}): BankFixture {
  const fixture = new BankFixture();
  const keys = sandboxKeys(new ManualWorld());
  beforeEach(() => fixture.start({ ...options, keys }));
  afterEach(() => fixture.stop());
  return fixture;
}

export const code = (answer: Decoded): string | undefined => answer.fields[39];
export const read = (frame: Buffer): Decoded => decode(frame.subarray(11));
