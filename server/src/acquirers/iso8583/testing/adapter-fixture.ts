import { afterEach, beforeEach } from 'vitest';
import type { Approval } from '../../../../../src/domain/approval.ts';
import type { Purpose } from '../../../../../src/domain/attempt.ts';
import type { CardData } from '../../../../../src/domain/card-data.ts';
import { type Minor, minor } from '../../../../../src/domain/money.ts';
import type { BookView } from '../../../../sandbox/books.ts';
import {
  type Sandbox,
  type SandboxOptions,
  sandboxKeys,
  startSandbox,
} from '../../../../sandbox/start-sandbox.ts';
import { ManualWorld } from '../../../../sandbox/testing/manual-world.ts';
import type { Outcome, PayOrder } from '../../acquirer.ts';
import { type BankAcquirer, createIso8583 } from '../adapter.ts';
import type { Iso8583Config } from '../config.ts';
import { tdesDukpt } from '../keys/dukpt-tdes.ts';
import { tdesCbcEncrypt, tdesEncrypt } from '../keys/tdes.ts';
import { MemoryTerminalStore } from './memory-terminal-store.ts';

const BASE_KEY = '0123456789ABCDEFFEDCBA9876543210';
const KSN = 'FFFF9876543210E00001';
/** A card number of a range that schemes publish for tests; service code 101: no chip. */
const CARD_NUMBER = '4761739001010010';
const TRACK = `;${CARD_NUMBER}=30121010000000000000?`;

/** Waits, without sleeping, until the condition holds: sockets of this process need a few turns of the loop. */
export async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20_000; turn += 1) {
    if (condition()) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  throw new Error('it did not come to that');
}

/** A sandbox bank, a store that survives restarts, and an adapter with a clock of its own. */
export class AdapterFixture {
  host = new ManualWorld();
  /** The adapter's time: the host's answers can be late without it. */
  shop = new ManualWorld();
  store = new MemoryTerminalStore();
  #sandbox: Sandbox | undefined;
  #bank: BankAcquirer | undefined;
  #orders = 0;
  #over: Partial<Iso8583Config> = {};

  get sandbox(): Sandbox {
    return this.#sandbox!;
  }

  get bank(): BankAcquirer {
    return this.#bank!;
  }

  get terminal(): string {
    return this.sandbox.bank.terminals[0]!.terminal;
  }

  get never(): AbortSignal {
    return new AbortController().signal;
  }

  async start(options: Pick<SandboxOptions, 'keys' | 'mac'>): Promise<void> {
    this.host = new ManualWorld();
    this.shop = new ManualWorld();
    this.store = new MemoryTerminalStore();
    this.#orders = 0;
    const { clock, random, timer } = this.host;
    this.#sandbox = await startSandbox({ clock, random, timer, ...options });
    await this.restart({});
  }

  /** A new adapter over the same store, as after a crash. */
  async restart(over: Partial<Iso8583Config> = this.#over): Promise<void> {
    this.#over = over;
    await this.#bank?.stop();
    this.#bank = createIso8583(this.config(over), {
      clock: this.shop.clock,
      timer: this.shop.timer,
      store: this.store,
    });
  }

  config(over: Partial<Iso8583Config> = {}): Iso8583Config {
    const { host, port, merchant, mac, terminals } = this.sandbox.bank;
    return {
      host,
      port,
      merchantNumber: merchant,
      mac,
      terminals: terminals.slice(0, 1),
      readerKeys: [{ scheme: 'dukpt-tdes', ksnPrefix: 'FFFF', key: BASE_KEY }],
      ...over,
    };
  }

  async stop(): Promise<void> {
    await this.bank.stop();
    await this.sandbox.close();
  }

  order(amount: number, over: Partial<PayOrder> = {}): PayOrder {
    this.#orders += 1;
    return {
      reference: String(this.#orders).padStart(32, '0'),
      amount: minor(amount),
      currency: 'CNY',
      tender: 'card',
      method: 'reader',
      purpose: 'sale',
      at: this.shop.clock.now(),
      subject: '',
      till: 'T1',
      card: swiped(),
      ...over,
    };
  }

  /** An order about an earlier one, which was approved. */
  about(earlier: PayOrder, approval: Approval, purpose: Purpose, amount: number = earlier.amount): PayOrder {
    const { card: _, ...order } = this.order(amount, { purpose });
    const { reference, at } = earlier;
    return {
      ...order,
      original: { reference, at, amount: earlier.amount, purpose: earlier.purpose, approval },
    };
  }

  pay(order: PayOrder, signal = this.never): Promise<Outcome> {
    const isBack = order.purpose === 'refund' || order.purpose === 'void';
    return isBack ? this.bank.refund(order, signal) : this.bank.pay(order, signal);
  }

  async paid(order: PayOrder): Promise<Approval> {
    const outcome = await this.pay(order);
    if (outcome.state !== 'approved') throw new Error(`not approved: ${JSON.stringify(outcome)}`);
    return outcome.approval;
  }

  /** Pays, and lets the adapter's patience run out as soon as the host has the request and has said nothing. */
  async unanswered(order: PayOrder, work = () => this.pay(order)): Promise<Outcome> {
    const before = this.shop.pending;
    const outcome = work();
    let isDone = false;
    void outcome.finally(() => {
      isDone = true;
    });
    // Whatever can still happen by itself happens first; then only the answer is missing.
    await until(
      () => isDone || (this.store.records.get(order.reference) !== undefined && this.shop.pending > before),
    );
    for (let turn = 0; turn < 1_000 && !isDone; turn += 1) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    this.shop.advance(45_000);
    return outcome;
  }

  books(): readonly BookView[] {
    return this.sandbox.admin.books();
  }

  net(): Minor {
    return minor(this.books().reduce((sum, book) => sum + book.net, 0));
  }
}

/** A swiped card as an encrypting reader hands it over. */
export function swiped(over: Partial<CardData> = {}): CardData {
  const clear = Buffer.from(TRACK.padEnd(Math.ceil(TRACK.length / 8) * 8, '\0'));
  const track = tdesCbcEncrypt(tdesDukpt(Buffer.from(BASE_KEY, 'hex'), Buffer.from(KSN, 'hex')).data, clear);
  return {
    entry: 'swipe',
    scheme: 'dukpt-tdes',
    ksn: KSN,
    track: track.toString('hex').toUpperCase(),
    ...over,
  };
}

/** A PIN typed on the reader, ISO 9564 format 0. */
export function typedPin(pin: string): NonNullable<CardData['pin']> {
  const field = `0${pin.length.toString(16)}${pin}`.padEnd(16, 'f');
  const account = `0000${CARD_NUMBER.slice(-13, -1)}`;
  const clear = Buffer.from(field, 'hex').map((byte, index) => byte ^ Buffer.from(account, 'hex')[index]!);
  const key = tdesDukpt(Buffer.from(BASE_KEY, 'hex'), Buffer.from(KSN, 'hex')).pin;
  return { ksn: KSN, block: tdesEncrypt(key, clear).toString('hex').toUpperCase() };
}

/** A tapped chip with field 55 for an amount. */
export const tapped = (amount: number): CardData =>
  swiped({
    entry: 'contactless',
    sequence: '001',
    emv: `4F07A00000033301019F0607A0000003330101500A554E494F4E50415920209F260811223344556677889F360201579F0206${String(amount).padStart(12, '0')}950500000000009B02E80082027C00`,
  });

/** Sets the fixture up and takes it down around each test of the file. */
export function useAdapter(options: Pick<SandboxOptions, 'mac'> = {}): AdapterFixture {
  const fixture = new AdapterFixture();
  const keys = sandboxKeys(new ManualWorld());
  beforeEach(() => fixture.start({ ...options, keys }));
  afterEach(() => fixture.stop());
  return fixture;
}
