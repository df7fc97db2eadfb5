import { type Bytes, type HidCore, hidCollection } from '../browser/cores.ts';
import {
  bytesOfHex,
  bytesOfText,
  type ClearStripe,
  type Stripe,
  type StripeCard,
  type StripeRead,
} from '../msr/stripe.ts';
import { publishedSecureMag } from './published-stripe.ts';

const REPORT_BYTES = 521;
const FRAME_AT = 9;

export interface SecureMagOptions {
  readonly stripe?: Stripe;
  /** `original` needs a stripe with both tracks in one block. */
  readonly structure?: 'enhanced' | 'original';
}

/** An ID TECH SecureMag in HID mode (ID TECH structure) without metal, exact to the byte. */
export class SecureMagReader implements HidCore {
  readonly vendorId = 0x0acd;
  readonly productId = 0x2010;
  readonly productName = 'IDTECH SecureMag';
  readonly collections = [hidCollection({ usagePage: 0xff00, usage: 1, input: [[0, REPORT_BYTES]] })];
  readonly #stripe: Stripe;
  readonly #structure: 'enhanced' | 'original';
  readonly #listeners = new Set<(id: number, bytes: Bytes) => void>();

  constructor(options: SecureMagOptions = {}) {
    this.#stripe = options.stripe ?? publishedSecureMag();
    this.#structure = options.structure ?? 'enhanced';
  }

  onReport(listener: (id: number, bytes: Bytes) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  receiveReport(): void {
    throw new Error('this reader takes no output reports');
  }

  receiveFeature(): void {
    throw new Error('no feature report is simulated');
  }

  readFeature(): Bytes {
    throw new Error('no feature report is simulated');
  }

  /** A card through the slot. */
  swipe(card: StripeCard = 'magstripe'): void {
    const read = this.#stripe(card);
    this.#report(this.#structure === 'enhanced' ? enhanced(read) : original(read), read);
  }

  /** Track 2 was not decoded: the frame has track 1 only. */
  swipeBadly(): void {
    const read = this.#stripe('magstripe');
    const { track1, ksn } = read;
    const card = [0x80, 0x19, track1.length, 0, 0, 0x01, 0x89];
    this.#report(
      [
        ...card,
        ...bytesOfText(track1.masked),
        ...bytesOfHex(track1.encrypted),
        ...hash(1),
        ...bytesOfHex(ksn),
      ],
      read,
    );
  }

  /** Fault: security level 1 or 2, where nothing is encrypted and there is no key serial number. */
  swipeClear({ track1, track2 }: ClearStripe, structure: 'enhanced' | 'original' = 'original'): void {
    const lengths = [track1.length, track2.length, 0];
    const head = structure === 'enhanced' ? [0x80, 0x1b, ...lengths, 0x03, 0x00] : [0x00, 0x1b, ...lengths];
    this.#report([...head, ...bytesOfText(track1), ...bytesOfText(track2)]);
  }

  /** Fault: a byte of the frame changed on the way. */
  swipeDamaged(): void {
    const read = this.#stripe('magstripe');
    const report = reportOf(enhanced(read), read);
    report[FRAME_AT + 20] = (report[FRAME_AT + 20] ?? 0) ^ 0x04;
    this.#emit(report);
  }

  /** Fault: any bytes as a report. */
  babble(bytes: Bytes): void {
    this.#emit(bytes);
  }

  #report(card: readonly number[], read?: StripeRead): void {
    this.#emit(reportOf(card, read));
  }

  #emit(bytes: Bytes): void {
    for (const listener of [...this.#listeners]) listener(0, bytes);
  }
}

/** Stands for the hash of a track: the page never looks at it. */
const hash = (track: number): readonly number[] =>
  Array.from({ length: 20 }, (_, at) => (track * 37 + at * 11) % 256);

function enhanced({ ksn, track1, track2 }: StripeRead): readonly number[] {
  return [
    ...[0x80, 0x1b, track1.length, track2.length, 0],
    ...[0x03, 0x9b], // Masked: 1 and 2. Encrypted: 1 and 2, their hashes, and the KSN.
    ...bytesOfText(track1.masked),
    ...bytesOfText(track2.masked),
    ...bytesOfHex(track1.encrypted),
    ...bytesOfHex(track2.encrypted),
    ...hash(1),
    ...hash(2),
    ...bytesOfHex(ksn),
  ];
}

function original({ ksn, track1, track2, both = '' }: StripeRead): readonly number[] {
  return [
    ...[0x00, 0x1b, track1.length, track2.length, 0],
    ...bytesOfText(track1.masked),
    ...bytesOfText(track2.masked),
    ...bytesOfHex(both),
    ...hash(1),
    ...hash(2),
    ...bytesOfHex(ksn),
  ];
}

function reportOf(card: readonly number[], read?: StripeRead): Bytes {
  let [xor, sum] = [0, 0];
  for (const byte of card) {
    xor ^= byte;
    sum = (sum + byte) % 256;
  }
  const frame = [0x02, card.length % 256, Math.floor(card.length / 256), ...card, xor, sum, 0x03];
  const report = new Uint8Array(REPORT_BYTES);
  report.set([
    0,
    0,
    1,
    read?.track1.length ?? 0,
    read?.track2.length ?? 0,
    0,
    0,
    frame.length % 256,
    frame.length >> 8,
  ]);
  report.set(frame, FRAME_AT);
  return report;
}
