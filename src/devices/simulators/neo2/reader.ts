import type { Random } from '../../../domain/clock.ts';
import type { Timers } from '../../timers.ts';
import { type HidCore, hidCollection, type SerialCore } from '../browser/cores.ts';
import type { ReaderKeys } from '../card-reader/reader-keys.ts';
import { TEST_CARDS, type TestCard } from '../card-reader/test-cards.ts';
import { type CardRead, resultOf } from './result.ts';
import { answerFrame, answerReports, bytesOf, type Command, CommandReader, hexOf } from './wire.ts';

/** What a customer does with a card, and what goes wrong with it. */
export interface Neo2Play {
  readonly entry: 'swipe' | 'chip' | 'contactless';
  readonly card?: TestCard;
  readonly pin?: boolean;
  /** `chip-fails`: a technical failure. `use-stripe`: the reader gives the chip up. `use-other`: a contactless card that fails. */
  readonly fault?: 'chip-declines' | 'chip-refuses' | 'chip-fails' | 'use-stripe' | 'use-other' | 'offline';
}

export interface Neo2ReaderOptions {
  readonly timers: Timers;
  readonly random: Random;
  readonly keys: ReaderKeys;
  readonly stepMs?: number;
  readonly encryption?: CardRead['encryption'];
  readonly format?: CardRead['format'];
  /** No data key was loaded: the key slot is empty. */
  readonly hasNoKey?: boolean;
  readonly showsServiceCode?: boolean;
  /** A supply of its own: a pulled cable does not end the transaction. */
  readonly hasBattery?: boolean;
}

/**
 * What is wrong with the reader or its cable. `mute`: says nothing. `lost-answer`: the next answer is lost. `bad-crc`: the next
 * answer is damaged. `late-result`: a card's data comes when the next activate runs. `twice`: every answer twice. `babble`:
 * noise before every answer. `busy`: refuses the first activate.
 */
export type Neo2Fault = 'mute' | 'lost-answer' | 'bad-crc' | 'late-result' | 'twice' | 'babble' | 'busy';

type Activation = {
  readonly interfaces: number;
  readonly objects: ReadonlyMap<string, string>;
  readonly stop: () => void;
  isReading: boolean;
};

const STEP_MS = 300;
const OK = 0x00;
const [UNKNOWN, BAD_CRC, TIMEOUT, FAILED, NOT_ALLOWED, ONLINE] = [0x02, 0x04, 0x08, 0x0a, 0x0b, 0x23];
const INTERFACES = { swipe: 0x01, contactless: 0x02, chip: 0x04 } as const;
/** DFEE25 of an answer without card data. */
const FAILURES: Readonly<Record<string, string>> = {
  'chip-fails': '0006',
  'use-stripe': '0007',
  'use-other': '0006',
};
const KEY_PRESENT = '01443054453030';
const FIRMWARE = 'VP3300 NEO v1.01.165';

/** A VP3300 at the end of a cable. */
export class Neo2Reader implements HidCore, SerialCore {
  readonly vendorId = 0x0acd;
  readonly productId = 0x3530;
  readonly productName = 'VP3300';
  readonly collections = [
    hidCollection({
      usagePage: 0xff00,
      usage: 0x01,
      input: [1, 2, 3, 4].map((id) => [id, 63] as const),
      output: [1, 2, 3, 4].map((id) => [id, 63] as const),
    }),
  ];
  fault: Neo2Fault | undefined;
  readonly #options: Neo2ReaderOptions;
  readonly #reportListeners = new Set<(id: number, bytes: Uint8Array<ArrayBuffer>) => void>();
  readonly #byteListeners = new Set<(bytes: Uint8Array<ArrayBuffer>) => void>();
  readonly #script: Neo2Play[] = [];
  readonly #commands = new CommandReader();
  #activation: Activation | undefined;
  /** The card whose chip waits for the host's word, and how its last answer read. */
  #inside: { readonly play: Neo2Play; readonly read: CardRead } | undefined;
  #last: Uint8Array | undefined;
  #late: Uint8Array<ArrayBuffer> | undefined;
  #counter = 0;

  constructor(options: Neo2ReaderOptions) {
    this.#options = options;
  }

  get wantsCard(): boolean {
    return this.#activation?.isReading === false;
  }

  /** Presents a card now, or to whoever asks next. */
  present(play: Neo2Play): void {
    if (this.#takes(play)) void this.#read(play);
    else this.#script.push(play);
  }

  onReport(listener: (id: number, bytes: Uint8Array<ArrayBuffer>) => void): () => void {
    this.#reportListeners.add(listener);
    return () => this.#reportListeners.delete(listener);
  }

  onBytes(listener: (bytes: Uint8Array<ArrayBuffer>) => void): () => void {
    this.#byteListeners.add(listener);
    return () => this.#byteListeners.delete(listener);
  }

  receiveReport(id: number, bytes: Uint8Array<ArrayBuffer>): void {
    if (id === 1 || id === 2) this.#commands.restart();
    this.receive(bytes);
  }

  receive(bytes: Uint8Array<ArrayBuffer>): void {
    for (const command of this.#commands.push(bytes))
      this.#options.timers.after(0, () => this.#answer(command));
  }

  receiveFeature(): void {
    throw new Error('no feature reports');
  }

  readFeature(): Uint8Array<ArrayBuffer> {
    throw new Error('no feature reports');
  }

  powered(isOn: boolean): void {
    this.#commands.restart();
    if (isOn || this.#options.hasBattery) return;
    this.#activation?.stop();
    this.#activation = undefined;
    this.#inside = undefined;
    this.#last = undefined;
  }

  #answer(given: Command): void {
    const { command, sub, data } = given;
    if (!given.isSound) return this.#say(command, BAD_CRC);
    const name = `${hexOf(Uint8Array.of(command))} ${hexOf(Uint8Array.of(sub))}`;
    if (this.#activation !== undefined && name !== '05 01') return this.#say(command, NOT_ALLOWED);
    switch (name) {
      case '18 01':
        return this.#say(command, OK);
      case '29 00':
        return this.#say(command, OK, new TextEncoder().encode(FIRMWARE));
      case '81 04':
        return this.#say(command, OK, bytesOf(this.#options.hasNoKey ? '00' : KEY_PRESENT));
      case '02 40':
        return this.#activate(data);
      case '03 40':
        return this.#last === undefined ? this.#say(command, FAILED) : this.#say(command, OK, this.#last);
      case '05 01':
        this.#activation?.stop();
        this.#activation = undefined;
        this.#inside = undefined;
        return this.#say(command, OK);
      case '60 12':
        return void this.#hostSaid(data);
      default:
        return this.#say(command, UNKNOWN);
    }
  }

  #activate(data: Uint8Array): void {
    if (this.fault === 'busy') {
      this.fault = undefined;
      return this.#say(0x02, NOT_ALLOWED);
    }
    const { timers } = this.#options;
    const objects = objectsOf(hexOf(data.subarray(1)));
    const stop = timers.after((data[0] ?? 0) * 1_000, () => {
      this.#activation = undefined;
      this.#say(0x02, TIMEOUT);
    });
    const interfaces = Number.parseInt(objects.get('DFEF37') ?? '07', 16);
    this.#inside = undefined;
    this.#counter += 1;
    const late = this.#late;
    this.#late = undefined;
    if (late !== undefined) this.#emit(late);
    this.#activation = { interfaces, objects, stop, isReading: false };
    const next = this.#script.findIndex((play) => this.#takes(play));
    const [play] = next < 0 ? [] : this.#script.splice(next, 1);
    if (play !== undefined) void this.#read(play);
  }

  #takes({ entry }: Neo2Play): boolean {
    return this.wantsCard && ((this.#activation?.interfaces ?? 0) & INTERFACES[entry]) !== 0;
  }

  async #read(play: Neo2Play): Promise<void> {
    const activation = this.#activation;
    if (activation === undefined) return;
    activation.isReading = true;
    activation.stop();
    await this.#step();
    if (this.#activation !== activation) return;
    this.#activation = undefined;
    const code = FAILURES[play.fault ?? ''];
    if (code !== undefined) {
      const by = play.entry === 'chip' ? 'E0' : 'E1';
      return this.#say(0x02, FAILED, bytesOf(`${by}FFEE1F0404000000DFEE2502${code}`));
    }
    const read = this.#readOf(play, activation.objects);
    const data = resultOf(read);
    if (play.entry === 'chip' && read.decision === '80') this.#inside = { play, read };
    this.#last = data;
    const isOnline = play.entry !== 'swipe' && read.decision === '80';
    this.#say(0x02, isOnline ? ONLINE : OK, data, this.fault === 'late-result');
  }

  #readOf(play: Neo2Play, objects: ReadonlyMap<string, string>): CardRead {
    const { random, keys, encryption = 'on', format = 'marked', showsServiceCode = false } = this.#options;
    return {
      card: play.card ?? (play.entry === 'swipe' ? TEST_CARDS.visa : TEST_CARDS.mastercard),
      entry: play.entry,
      run: {
        amount: Number(objects.get('9F02') ?? 0),
        currency: Number(objects.get('5F2A') ?? 0),
        transactionType: Number.parseInt(objects.get('9C') ?? '00', 16),
        counter: this.#counter,
        date: objects.get('9A') ?? '000000',
        random,
      },
      time: objects.get('9F21') ?? '000000',
      keys: keys(),
      withPin: play.pin ?? false,
      isFallback: false,
      showsServiceCode,
      decision: play.fault === 'chip-declines' ? '00' : play.fault === 'offline' ? '40' : '80',
      encryption,
      format,
    };
  }

  async #hostSaid(data: Uint8Array): Promise<void> {
    const inside = this.#inside;
    if (inside === undefined) return this.#say(0x60, FAILED);
    this.#say(0x60, 0x63);
    await this.#step();
    if (this.#inside !== inside) return;
    this.#inside = undefined;
    const isApproved = hexOf(data).startsWith('8A023030') && inside.play.fault !== 'chip-refuses';
    const answer = resultOf({ ...inside.read, decision: isApproved ? '40' : '00' });
    this.#last = answer;
    this.#say(0x60, OK, answer);
  }

  #say(command: number, status: number, data: Uint8Array = new Uint8Array(), isLate = false): void {
    const frame = answerFrame(command, status, data);
    if (this.fault === 'mute') return;
    if (isLate || this.fault === 'lost-answer') {
      if (isLate) this.#late = frame;
      this.fault = undefined;
      return;
    }
    if (this.fault === 'bad-crc') {
      this.fault = undefined;
      frame[frame.length - 1] = (frame.at(-1) ?? 0) ^ 0x01;
    }
    if (this.fault === 'babble') this.#emit(Uint8Array.from([0x56, 0x69, ...this.#options.random.bytes(30)]));
    this.#emit(frame);
    if (this.fault === 'twice') this.#emit(frame);
  }

  #emit(frame: Uint8Array<ArrayBuffer>): void {
    for (const listener of [...this.#byteListeners]) listener(Uint8Array.from(frame));
    for (const [id, bytes] of answerReports(frame))
      for (const listener of [...this.#reportListeners]) listener(id, bytes);
  }

  #step(): Promise<void> {
    return new Promise((resolve) => this.#options.timers.after(this.#options.stepMs ?? STEP_MS, resolve));
  }
}

/** The till's objects: tags of one to three bytes, short lengths. */
function objectsOf(hex: string): ReadonlyMap<string, string> {
  const objects = new Map<string, string>();
  for (let at = 0; at < hex.length; ) {
    let end = at + 2;
    if ((Number.parseInt(hex.slice(at, end), 16) & 0x1f) === 0x1f) {
      do end += 2;
      while (Number.parseInt(hex.slice(end - 2, end), 16) >= 0x80);
    }
    const size = Number.parseInt(hex.slice(end, end + 2), 16) * 2;
    objects.set(hex.slice(at, end), hex.slice(end + 2, end + 2 + size));
    at = end + 2 + size;
  }
  return objects;
}
