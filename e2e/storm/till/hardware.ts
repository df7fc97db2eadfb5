import type {
  CardReader,
  PaymentTerminal,
  PrintJob,
  PrintOutcome,
  ReceiptPrinter,
} from '../../../src/devices/ports.ts';
import { SimulatedReader } from '../../../src/devices/simulators/card-reader/simulated-reader.ts';
import {
  SimulatedTerminal,
  type TerminalPlay,
} from '../../../src/devices/simulators/terminal/simulated-terminal.ts';
import { hex } from '../../../src/domain/ids.ts';
import type { Counted } from '../sim/counted.ts';
import { never } from '../sim/never.ts';
import type { Rng } from '../sim/rng.ts';
import type { Time } from '../sim/time.ts';
import type { Life } from './life.ts';

/** Stands in every pay code and every encrypted track: what is found of it where nothing of a card may be, is a leak. */
export const CANARY = '77007700';

/** A slip that came out. */
export interface Paper {
  readonly saleId: string;
  readonly duplicate: boolean;
}

/** What is plugged into a till. It outlives the page. */
export class Hardware {
  readonly terminal: SimulatedTerminal;
  readonly reader: SimulatedReader;
  readonly papers: Paper[] = [];
  isCalm = false;
  readonly #rng: Rng;
  readonly #time: Time;
  readonly #faults: Counted;

  constructor(time: Time, rng: Rng, faults: Counted) {
    this.#time = time;
    this.#rng = rng;
    this.#faults = faults;
    this.terminal = new SimulatedTerminal({
      timers: time,
      random: rng.fork('terminal'),
      storesOffline: true,
    });
    this.#plugAgain();
    let counter = 0;
    this.reader = new SimulatedReader({
      timers: time,
      random: rng.fork('reader'),
      cipher: () => {
        counter += 1;
        const ksn = `FFFF9876543210${counter.toString(16).padStart(6, '0').toUpperCase()}`;
        return { scheme: 'dukpt-tdes', ksn, track: `${CANARY}${hex(rng.bytes(20)).toUpperCase()}` };
      },
    });
  }

  /** The page has gone: its dialogue with the reader has too. */
  unhand(): void {
    this.reader.unplug();
    this.reader.plug();
  }

  /** Somebody sees a loose cable, sooner or later. */
  #plugAgain(): void {
    this.#time.after(this.#rng.between(10_000, 90_000), () => {
      for (const device of [this.terminal, this.reader]) if (device.link === 'absent') device.plug();
      this.#plugAgain();
    });
  }

  /** What the next customer does with a card at the reader. */
  play(rng: Rng): void {
    const entry = rng.pick(['chip', 'contactless', 'swipe'] as const);
    const faults = [
      'chip-declines',
      'chip-refuses',
      'cut-before',
      'cut-after',
      'read-error-once',
      'hiccup-waiting',
      'hiccup-final',
    ] as const;
    const fault = this.isCalm || !rng.chance(0.12) ? undefined : rng.pick(faults);
    if (fault !== undefined) this.#faults.add(`reader-${fault}`);
    this.reader.present({ entry, pin: rng.chance(0.3), ...(fault === undefined ? {} : { fault }) });
  }

  /** How the next order at the terminal goes. */
  plan(rng: Rng): void {
    if (this.isCalm || !rng.chance(0.2)) return;
    const truth = rng.pick(['approved', 'declined'] as const);
    const play = rng.pick<TerminalPlay>([
      { as: 'decline' },
      { as: 'cancel' },
      { as: 'lose-answer', truth: rng.pick(['approved', 'declined', 'not-found'] as const) },
      { as: 'cut', truth },
    ]);
    this.#faults.add(`terminal-${play.as}`);
    this.terminal.plan(play);
  }

  terminalOf(life: Life, leaves: (reference: string, what: 'pay' | 'reverse') => void): PaymentTerminal {
    const { terminal } = this;
    const call = <T>(work: () => Promise<T>): Promise<T> => (life.alive ? life.live(work()) : never());
    return {
      get link() {
        return terminal.link;
      },
      storesOffline: terminal.storesOffline,
      subscribe: (listener) => terminal.subscribe(listener),
      pay: (order, signal) => {
        if (!life.alive || !life.reach('K3')) return never();
        leaves(order.reference, 'pay');
        const paid = terminal.pay(order, signal);
        if (!life.reach('K5')) return never();
        return call(() => paid);
      },
      inquire: (reference) => call(() => terminal.inquire(reference)),
      reverse: (reference) => {
        leaves(reference, 'reverse');
        return call(() => terminal.reverse(reference));
      },
    };
  }

  readerOf(life: Life): CardReader {
    const { reader } = this;
    return {
      get link() {
        return reader.link;
      },
      subscribe: (listener) => reader.subscribe(listener),
      start: (request, prompt, signal) =>
        life.alive ? life.live(reader.start(request, prompt, signal)) : never(),
      resume: (result, prompt) => (life.alive ? life.live(reader.resume(result, prompt)) : never()),
      recover: (orderKey) => (life.alive ? life.live(reader.recover(orderKey)) : never()),
    };
  }

  printerOf(life: Life): ReceiptPrinter {
    return {
      columns: 32,
      status: {
        link: 'connected',
        name: 'simulated',
        paper: 'ok',
        cover: 'closed',
        drawerPin: 'unknown',
        job: 'idle',
      },
      subscribe: () => () => undefined,
      print: async (job) => {
        if (!life.alive) return never();
        const outcome = this.#print(job);
        if (!life.reach('K10')) return never();
        await this.#time.wait(this.#rng.between(200, 1_500));
        return life.live(Promise.resolve(outcome));
      },
    };
  }

  #print({ document }: PrintJob): PrintOutcome {
    const end = this.isCalm ? 'confirmed' : this.#rng.weighted({ confirmed: 90, unconfirmed: 6, failed: 4 });
    const [block] = document.blocks;
    const isOut = end === 'confirmed' || (end === 'unconfirmed' && this.#rng.chance(0.7));
    if (isOut && block?.kind === 'pair')
      this.papers.push({ saleId: block.left, duplicate: block.right === 'duplicate' });
    if (end === 'confirmed') return { kind: 'confirmed' };
    this.#faults.add(`paper-${end}`);
    return { kind: end, reason: end === 'failed' ? 'no-printer' : 'lost' };
  }
}
