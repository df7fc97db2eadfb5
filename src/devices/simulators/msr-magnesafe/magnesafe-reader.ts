import { type Bytes, type HidCore, hidCollection } from '../browser/cores.ts';
import {
  bytesOfHex,
  bytesOfText,
  type ClearStripe,
  type Stripe,
  type StripeCard,
  type StripeRead,
} from '../msr/stripe.ts';
import { publishedMagneSafe } from './published-stripe.ts';

const SOFTWARE_ID = '21042840C01';
const SERIAL_NUMBER = 'B0008A1';
const FEATURE_BYTES = 24;
/** Result codes: done, bad parameter, not known here (99875475, "Result codes"). */
const [OK, BAD_PARAMETER, UNKNOWN] = [0x00, 0x02, 0x01];

export interface MagneSafeOptions {
  readonly stripe?: Stripe;
  /** 2: keys may be there, nothing is encrypted. */
  readonly securityLevel?: 2 | 3;
  readonly productId?: number;
}

/** A MagTek swipe reader (Dynamag, MagneSafe V5) without metal, exact to the byte. */
export class MagneSafeReader implements HidCore {
  readonly vendorId = 0x0801;
  readonly productId: number;
  readonly productName = 'MagTek USB Swipe Reader';
  readonly collections = [
    hidCollection({ usagePage: 0xff00, usage: 1, input: [[0, 856]], feature: [[0, FEATURE_BYTES]] }),
  ];
  readonly #stripe: Stripe;
  readonly #level: 2 | 3;
  readonly #listeners = new Set<(id: number, bytes: Bytes) => void>();
  #answer: Bytes = new Uint8Array(FEATURE_BYTES);
  #ksn = 'FFFF9876543211E00000';

  constructor(options: MagneSafeOptions = {}) {
    this.#stripe = options.stripe ?? publishedMagneSafe();
    this.#level = options.securityLevel ?? 3;
    this.productId = options.productId ?? 0x0002;
  }

  onReport(listener: (id: number, bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  receiveReport(): void {
    throw new Error('this reader takes no output reports');
  }

  receiveFeature(_id: number, bytes: Bytes): void {
    const [command, length = 0, property] = bytes;
    const said = this.#said(command, length, property);
    const answer = new Uint8Array(FEATURE_BYTES);
    answer.set(typeof said === 'number' ? [said, 0] : [OK, said.length, ...said]);
    this.#answer = answer;
  }

  readFeature(): Bytes {
    return this.#answer;
  }

  /** A card through the slot. */
  swipe(card: StripeCard = 'magstripe'): void {
    this.#emit(encryptedReport(this.#read(card)));
  }

  /** Through the slot too fast: track 2 is marked as not decoded and empty. */
  swipeBadly(): void {
    const report = encryptedReport(this.#read('magstripe'));
    report[1] = 1;
    report[4] = 0;
    report.fill(0, 119, 231);
    report[506] = 0;
    report.fill(0, 620, 732);
    this.#emit(report);
  }

  /** Fault: a reader without encryption. `mt-211`: a model that has none; otherwise why it does not encrypt. */
  swipeClear({ track1, track2 }: ClearStripe, why: 'mt-211' | 'no-key' | 'switched-off'): void {
    const report = new Uint8Array(why === 'mt-211' ? 337 : 856);
    const [one, two] = [bytesOfText(track1), bytesOfText(track2)];
    const at = why === 'mt-211' ? [7, 117] : [7, 119];
    report.set([0, 0, 0, one.length, two.length]);
    report.set(one, at[0]);
    report.set(two, at[1]);
    if (why === 'switched-off') report[494] = 0x02;
    this.#emit(report);
  }

  /** Fault: the reader says that its keys are used up. */
  swipeExhausted(): void {
    const report = encryptedReport(this.#read('magstripe'));
    report[494] = 0x07;
    this.#emit(report);
  }

  /** Fault: any bytes as a report. */
  babble(bytes: Bytes): void {
    this.#emit(bytes);
  }

  #read(card: StripeCard): StripeRead {
    const read = this.#stripe(card);
    this.#ksn = read.ksn;
    return read;
  }

  #said(command: number | undefined, length: number, property: number | undefined): Bytes | number {
    if (command === 0x00 && length !== 1) return BAD_PARAMETER;
    if (command === 0x00 && property === 0x00) return bytesOfText(SOFTWARE_ID);
    if (command === 0x00 && property === 0x03) return bytesOfText(SERIAL_NUMBER);
    if (command === 0x09) return bytesOfHex(this.#ksn);
    if (command === 0x15 && length === 0) return Uint8Array.of(this.#level);
    return UNKNOWN;
  }

  #emit(bytes: Bytes): void {
    for (const listener of [...this.#listeners]) listener(0, bytes);
  }
}

/** The 856 bytes of the table "Card data (HID)"; MagnePrint is switched off, as on readers that have none. */
function encryptedReport({ ksn, track1, track2 }: StripeRead): Bytes {
  const report = new Uint8Array(856);
  for (const [index, { encrypted, masked, length }] of [track1, track2].entries()) {
    const ciphertext = bytesOfHex(encrypted);
    report[3 + index] = ciphertext.length;
    report.set(ciphertext, 7 + 112 * index);
    report[505 + index] = masked.length;
    report.set(bytesOfText(masked), 508 + 112 * index);
    report[852 + index] = length;
  }
  report[2] = 1; // No track 3 on this card.
  report.set(bytesOfText(SERIAL_NUMBER), 477);
  report[494] = 0x06; // A key is injected, encryption is on.
  report.set(bytesOfHex(ksn), 495);
  return report;
}
