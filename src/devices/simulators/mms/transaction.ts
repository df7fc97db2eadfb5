import type { Random } from '../../../domain/clock.ts';
import type { Timers } from '../../timers.ts';
import type { ReaderKeys } from '../card-reader/reader-keys.ts';
import { TEST_CARDS, type TestCard } from '../card-reader/test-cards.ts';
import { type CardRead, requestOfCard } from './request.ts';
import { objectsOf, sized } from './wire.ts';

/** What a customer does with a card, and what goes wrong with it. */
export interface MmsPlay {
  readonly entry: 'swipe' | 'chip' | 'contactless';
  readonly card?: TestCard;
  readonly pin?: boolean;
  /**
   * `chip-fails`: a technical failure. `use-stripe`: the reader gives the chip up. `use-other`: a contactless card that wants
   * the chip. `offline`: the chip approves without its bank.
   */
  readonly fault?:
    | 'chip-declines'
    | 'chip-refuses'
    | 'chip-fails'
    | 'use-stripe'
    | 'use-other'
    | 'collision'
    | 'offline';
  /** The customer leaves the card in the slot. */
  readonly stays?: boolean;
}

export interface TransactionOptions {
  readonly timers: Timers;
  readonly random: Random;
  readonly keys: ReaderKeys;
  /** How long each step takes, ms. */
  readonly stepMs: number;
  readonly encryption: CardRead['encryption'];
  readonly showsServiceCode: boolean;
  /** Stripes and contactless cards end without the host's word, as some firmware has it. */
  readonly endsAlone: boolean;
}

export type Tell = (number: number, detail: readonly number[], data?: readonly number[]) => void;

const SOURCES = { swipe: 0x08, chip: 0x10, contactless: 0x20 } as const;
const ENTRY_FLAGS = { swipe: 0x81, chip: 0x82, contactless: 0x83 } as const;
const SEEN = { swipe: 0x01, chip: 0x02, contactless: 0x04 } as const;
/** How long a reader waits for the host's word, ms. */
const HOST_MS = 120_000;

/** One transaction in the reader, from the start to its last notification. */
export class MmsTransaction {
  readonly #options: TransactionOptions;
  readonly #tell: Tell;
  readonly #ended: () => void;
  readonly #entries: ReadonlyMap<number, Uint8Array>;
  readonly #money: ReadonlyMap<string, string>;
  readonly #counter: number;
  #state: 'waiting' | 'reading' | 'host' | 'over' = 'waiting';
  #play: MmsPlay | undefined;
  #stopWaiting: () => void;

  constructor(
    start: ReadonlyMap<number, Uint8Array>,
    counter: number,
    options: TransactionOptions,
    { tell, ended }: { readonly tell: Tell; readonly ended: () => void },
  ) {
    this.#options = options;
    this.#tell = tell;
    this.#ended = ended;
    this.#counter = counter;
    this.#entries = objectsOf(start.get(0xa3) ?? new Uint8Array());
    this.#money = moneyOf(start.get(0x86) ?? new Uint8Array());
    const seconds = start.get(0x82)?.[0] ?? 0;
    this.#stopWaiting = options.timers.after(seconds * 1_000, () => this.#end([0x00, 0x01, 0x00, 0x00]));
  }

  get wantsCard(): boolean {
    return this.#state === 'waiting';
  }

  /** False: this way in is closed. */
  takes({ entry }: MmsPlay): boolean {
    return this.wantsCard && this.#entries.get(ENTRY_FLAGS[entry])?.[0] !== 0x00;
  }

  async present(play: MmsPlay): Promise<void> {
    this.#state = 'reading';
    this.#play = play;
    const source = SOURCES[play.entry];
    if (play.fault === 'collision') {
      this.#tell(0x0101, [source, 0x01, 0x05, 0x00]);
      this.#state = 'waiting';
      return;
    }
    this.#stopWaiting();
    this.#tell(0x0101, [source, 0x01, SEEN[play.entry], 0x00]);
    await this.#step();
    if (play.pin) this.#screen('ENTER PIN');
    if (play.pin) await this.#step();
    const early = EARLY_ENDS[play.fault ?? ''];
    if (early !== undefined) return this.#end([source, ...early]);
    if (this.#state !== 'reading') return;
    this.#state = 'host';
    this.#tell(0x0101, [source, 0x08, 0x02, 0x02], sized(0x84, [...this.#request(play)]));
    if (play.entry !== 'chip' && this.#options.endsAlone) return this.#end([source, 0x02, 0x06, 0x00]);
    this.#stopWaiting = this.#options.timers.after(HOST_MS, () => this.#end([source, 0x01, 0x00, 0x00]));
  }

  get waitsForHost(): boolean {
    return this.#state === 'host';
  }

  /** The host's word: objects of FF74. */
  async resume(blob: Uint8Array): Promise<void> {
    const play = this.#play;
    if (play === undefined) return;
    this.#stopWaiting();
    this.#state = 'reading';
    await this.#step();
    const text = Array.from(blob, (byte) => byte.toString(16).padStart(2, '0')).join('');
    const isApproved = text.includes('8a023030') && play.fault !== 'chip-refuses';
    this.#end([SOURCES[play.entry], 0x02, isApproved ? 0x06 : 0x80, 0x00]);
  }

  cancel(): void {
    this.#end([0x00, 0x03, 0x01, 0x00]);
  }

  /** Power is gone: nothing is said any more. */
  drop(): void {
    this.#stopWaiting();
    this.#state = 'over';
  }

  #end(detail: readonly number[]): void {
    if (this.#state === 'over') return;
    this.drop();
    this.#ended();
    this.#tell(0x0105, detail);
    if (this.#play?.entry !== 'chip') return;
    this.#screen('REMOVE CARD');
    if (this.#play.stays) return;
    const removed = (): void => this.#tell(0x0101, [SOURCES.chip, 0x01, 0x03, 0x00]);
    this.#options.timers.after(this.#options.stepMs, removed);
  }

  #request(play: MmsPlay): Uint8Array {
    const { random, keys, encryption, showsServiceCode } = this.#options;
    const number = (tag: string): number => Number(this.#money.get(tag) ?? 0);
    return requestOfCard({
      card: play.card ?? (play.entry === 'swipe' ? TEST_CARDS.visa : TEST_CARDS.mastercard),
      entry: play.entry,
      run: {
        amount: number('9f02'),
        currency: number('5f2a'),
        transactionType: Number.parseInt(this.#money.get('9c') ?? '00', 16),
        counter: this.#counter,
        date: '261122',
        random,
      },
      keys: keys(),
      isFallback: false,
      withPin: play.pin ?? false,
      showsServiceCode,
      encryption,
    });
  }

  #screen(text: string): void {
    this.#tell(0x1803, [0x00, 0x00, 0x00, 0x00], sized(0x83, [...new TextEncoder().encode(text)]));
  }

  #step(): Promise<void> {
    return new Promise((resolve) => this.#options.timers.after(this.#options.stepMs, resolve));
  }
}

/** Reason, detail, more of the ends that come before the bank is asked. */
const EARLY_ENDS: Readonly<Record<string, readonly number[]>> = {
  'chip-declines': [0x02, 0x80, 0x00],
  'chip-fails': [0x02, 0x00, 0x02],
  'use-stripe': [0x02, 0x08, 0x03],
  'use-other': [0x02, 0x01, 0x00],
  offline: [0x02, 0x02, 0x00],
};

/** The transaction's objects, all with values of packed digits. */
function moneyOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const values = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const tagSize = /^[0-9a-f][f]/.test(text.slice(at, at + 2)) && text.charAt(at + 1) === 'f' ? 4 : 2;
    const tag = text.slice(at, at + tagSize);
    const size = Number.parseInt(text.slice(at + tagSize, at + tagSize + 2), 16) * 2;
    values.set(tag, text.slice(at + tagSize + 2, at + tagSize + 2 + size));
    at += tagSize + 2 + size;
  }
  return values;
}
