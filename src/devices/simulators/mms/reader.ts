import type { Random } from '../../../domain/clock.ts';
import type { Timers } from '../../timers.ts';
import { type HidCore, hidCollection } from '../browser/cores.ts';
import type { ReaderKeys } from '../card-reader/reader-keys.ts';
import type { CardRead } from './request.ts';
import { type MmsPlay, MmsTransaction } from './transaction.ts';
import {
  bytesOfHex,
  hexOfBytes,
  notification,
  ReportReader,
  type Request,
  reportsOf,
  requestOf,
  response,
} from './wire.ts';

export interface MmsReaderOptions {
  readonly timers: Timers;
  readonly random: Random;
  /** What it encrypts with; without any it would not be sold. */
  readonly keys: ReaderKeys;
  /** How long each step of a dialogue takes, ms. */
  readonly stepMs?: number;
  /** How it was set up in the factory. */
  readonly encryption?: CardRead['encryption'];
  readonly showsServiceCode?: boolean;
  readonly endsAlone?: boolean;
  /** A battery inside: a pulled cable does not end the transaction. */
  readonly hasBattery?: boolean;
}

/**
 * What is wrong with the reader or its cable. `mute`: takes commands and says nothing. `lost-response`: the next answer is
 * lost. `late-response`: the next answer comes behind the one after it. `duplicate-reports`: every report twice. `babble`: noise before
 * every message. `cut-message`: long messages lose their tail. `battery-low`: refuses to start. `busy`: refuses the first start.
 */
export type MmsFault =
  | 'mute'
  | 'lost-response'
  | 'late-response'
  | 'duplicate-reports'
  | 'babble'
  | 'cut-message'
  | 'battery-low'
  | 'busy';

const STEP_MS = 300;
const DONE = [0x00, 0x00, 0x00, 0x00] as const;
const RUNNING = [0x01, 0x00, 0x00, 0x00] as const;
const REFUSED = [0x80, 0x01, 0x01, 0x02] as const;
const BATTERY_LOW = [0x80, 0x02, 0x03, 0x16] as const;
/** Answers to D101, by the path that is asked for: serial number, firmware, tamper status. */
const PROPERTIES: Readonly<Record<string, string>> = {
  E208E106E104E102C100: 'B6032260',
  E108E206E204E202C200: hexOfBytes(new TextEncoder().encode('1000007384-AL1')),
  E308E106E104E202C300: '00',
};

/** A DynaFlex at the end of a USB cable. */
export class MmsReader implements HidCore {
  readonly vendorId = 0x0801;
  readonly productId = 0x2020;
  readonly productName = 'DynaFlex II PED';
  readonly collections = [
    hidCollection({ usagePage: 0xff00, usage: 0x20, input: [[0, 64]], output: [[0, 64]] }),
  ];
  fault: MmsFault | undefined;
  readonly #options: MmsReaderOptions;
  readonly #listeners = new Set<(id: number, bytes: Uint8Array<ArrayBuffer>) => void>();
  /** Cards played before anybody asked for one. */
  readonly #script: MmsPlay[] = [];
  #reports = new ReportReader();
  #transaction: MmsTransaction | undefined;
  #isSubscribed = true;
  #late: Uint8Array | undefined;
  #counter = 0;

  constructor(options: MmsReaderOptions) {
    this.#options = options;
  }

  /** True while it waits for a card. */
  get wantsCard(): boolean {
    return this.#transaction?.wantsCard ?? false;
  }

  /** Presents a card now, or to whoever asks next. */
  present(play: MmsPlay): void {
    const transaction = this.#transaction;
    if (transaction?.takes(play)) void transaction.present(play);
    else this.#script.push(play);
  }

  /** The customer takes the card that was left. */
  remove(): void {
    this.#notify(0x0101, [0x10, 0x01, 0x03, 0x00]);
  }

  /** Says a message of a test's own. */
  say(message: Uint8Array): void {
    this.#say(message);
  }

  onReport(listener: (id: number, bytes: Uint8Array<ArrayBuffer>) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  receiveReport(_id: number, bytes: Uint8Array<ArrayBuffer>): void {
    const message = this.#reports.push(bytes);
    const request = message === undefined ? undefined : requestOf(message);
    if (request !== undefined) this.#options.timers.after(0, () => this.#answer(request));
  }

  receiveFeature(): void {
    throw new Error('no feature reports');
  }

  readFeature(): Uint8Array<ArrayBuffer> {
    throw new Error('no feature reports');
  }

  powered(isOn: boolean): void {
    this.#reports = new ReportReader();
    if (isOn || this.#options.hasBattery) return;
    this.#transaction?.drop();
    this.#transaction = undefined;
    this.#isSubscribed = true;
  }

  #answer(request: Request): void {
    switch (request.command) {
      case 0x1f02:
        this.#isSubscribed = request.objects.get(0x81)?.[0] === 0x01;
        return this.#respond(request, DONE);
      case 0xd101:
        return this.#property(request);
      case 0xdf01:
        return this.#respond(request, DONE, [...(request.objects.get(0x81) ?? [])]);
      case 0x1001:
        return this.#start(request);
      case 0x1004:
        return this.#resume(request);
      case 0x1008:
        if (this.#transaction === undefined) return this.#respond(request, REFUSED);
        this.#respond(request, DONE);
        return this.#transaction.cancel();
      default:
        return this.#respond(request, REFUSED);
    }
  }

  #resume(request: Request): void {
    const transaction = this.#transaction;
    if (!transaction?.waitsForHost) return this.#respond(request, REFUSED);
    this.#respond(request, RUNNING);
    void transaction.resume(request.objects.get(0x84) ?? new Uint8Array());
  }

  #property(request: Request): void {
    const path = hexOfBytes(request.objects.get(0x89) ?? new Uint8Array());
    const value = PROPERTIES[path];
    if (value === undefined) return this.#respond(request, REFUSED);
    // The same path, every length grown by the value in the leaf.
    const tags = [0, 4, 8, 12, 16].map((at) => path.slice(at, at + 2));
    const tree = tags.reduceRight(
      (inside, tag) => tag + (inside.length / 2).toString(16).padStart(2, '0') + inside,
      value,
    );
    this.#respond(request, DONE, [0x89, tree.length / 2, ...bytesOfHex(tree)]);
  }

  #start(request: Request): void {
    if (this.fault === 'battery-low') return this.#respond(request, BATTERY_LOW);
    if (this.#transaction !== undefined || this.fault === 'busy') {
      if (this.fault === 'busy') this.fault = undefined;
      return this.#respond(request, REFUSED);
    }
    const { timers, random, keys, stepMs = STEP_MS } = this.#options;
    this.#counter += 1;
    this.#transaction = new MmsTransaction(
      request.objects,
      this.#counter,
      {
        timers,
        random,
        keys,
        stepMs,
        encryption: this.#options.encryption ?? 'on',
        showsServiceCode: this.#options.showsServiceCode ?? false,
        endsAlone: this.#options.endsAlone ?? false,
      },
      {
        tell: (number, detail, data) => this.#notify(number, detail, data),
        ended: () => {
          this.#transaction = undefined;
        },
      },
    );
    this.#respond(request, RUNNING);
    this.#notify(0x1803, [0, 0, 0, 0], [0x83, 0x0c, ...new TextEncoder().encode('PRESENT CARD')]);
    const next = this.#script.findIndex((play) => this.#transaction?.takes(play));
    const [play] = next < 0 ? [] : this.#script.splice(next, 1);
    if (play !== undefined) void this.#transaction.present(play);
  }

  #respond(request: Request, status: readonly number[], data?: readonly number[]): void {
    const message = response(request, status, data);
    if (this.fault === 'lost-response' || this.fault === 'late-response') {
      if (this.fault === 'late-response') this.#late = message;
      this.fault = undefined;
      return;
    }
    const late = this.#late;
    this.#late = undefined;
    if (late !== undefined) this.#say(late);
    this.#say(message);
  }

  #notify(number: number, detail: readonly number[], data?: readonly number[]): void {
    if (this.#isSubscribed) this.#say(notification(number, detail, data));
  }

  #say(message: Uint8Array): void {
    if (this.fault === 'mute') return;
    const reports = reportsOf(message);
    const noise = this.#options.random.bytes(64);
    noise[0] = 0x55;
    const said = this.fault === 'cut-message' && reports.length > 1 ? reports.slice(0, -1) : reports;
    if (this.fault === 'babble') this.#emit(noise);
    for (const report of said) {
      this.#emit(report);
      if (this.fault === 'duplicate-reports') this.#emit(report);
    }
  }

  #emit(report: Uint8Array<ArrayBuffer>): void {
    for (const listener of [...this.#listeners]) listener(0, Uint8Array.from(report));
  }
}
