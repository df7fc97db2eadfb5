import type { Random } from '../../../domain/clock.ts';

/** A card for tests: what a simulated reader reads, and then encrypts. */
export interface TestCard {
  readonly number: string;
  /** YYMM. */
  readonly expiry: string;
  /** Three digits; 2 or 6 in front: it has a chip. */
  readonly serviceCode: string;
  readonly discretionary: string;
  /** Application, upper-case hex. */
  readonly application: string;
  readonly label: string;
  readonly pin: string;
}

/** Numbers that EMVCo's and the schemes' own documents publish for tests. Nobody has an account behind them. */
export const TEST_CARDS = {
  mastercard: {
    number: '5413330089010434',
    expiry: '3012',
    serviceCode: '201',
    discretionary: '0000000000000',
    application: 'A0000000041010',
    label: 'MASTERCARD',
    pin: '1234',
  },
  /** A stripe without a chip. */
  visa: {
    number: '4761739001010010',
    expiry: '3012',
    serviceCode: '101',
    discretionary: '0000000000000',
    application: 'A0000000031010',
    label: 'VISA CREDIT',
    pin: '1234',
  },
} as const satisfies Readonly<Record<string, TestCard>>;

/** Track 2 as digits, D between number and expiry. */
export const trackDigits = ({ number, expiry, serviceCode, discretionary }: TestCard): string =>
  `${number}D${expiry}${serviceCode}${discretionary}`;

/** Track 2 as a stripe has it. */
export const trackText = (card: TestCard): string => `;${trackDigits(card).replace('D', '=')}?`;

/** Tag and value, both upper-case hex. */
export type HexObject = readonly [tag: string, value: string];

/** What a chip and its reader know of one transaction, in the order of a request. */
export interface ChipRun {
  /** Minor units. */
  readonly amount: number;
  /** Numeric, ISO 4217. */
  readonly currency: number;
  readonly transactionType: number;
  readonly counter: number;
  /** YYMMDD. */
  readonly date: string;
  readonly random: Random;
}

/** Card data, which leaves a reader encrypted only. */
export const secretObjects = (card: TestCard): readonly HexObject[] => [
  ['57', whole(`${trackDigits(card)}F`)],
  ['5A', whole(card.number.length % 2 === 0 ? card.number : `${card.number}F`)],
  ['5F20', hex(new TextEncoder().encode('TEST CARD'))],
];

/** What a host needs of the chip. */
export const openObjects = (card: TestCard, run: ChipRun): readonly HexObject[] => [
  ['84', card.application],
  ['50', hex(new TextEncoder().encode(card.label))],
  ['9F26', hex(run.random.bytes(8))],
  ['9F27', '80'],
  ['9F10', '0110A00003220000000000000000000000FF'],
  ['9F37', hex(run.random.bytes(4))],
  ['9F36', run.counter.toString(16).padStart(4, '0').toUpperCase()],
  ['95', '0000008000'],
  ['9A', run.date],
  ['9C', run.transactionType.toString(16).padStart(2, '0')],
  ['9F02', digits(run.amount, 12)],
  ['9F03', digits(0, 12)],
  ['5F2A', digits(run.currency, 4)],
  ['5F34', '01'],
  ['82', '3900'],
  ['9F1A', '0156'],
  ['9F33', 'E0F8C8'],
  ['9F34', '1F0302'],
];

const digits = (value: number, length: number): string => String(value).padStart(length, '0');
const whole = (nibbles: string): string => (nibbles.length % 2 === 0 ? nibbles : nibbles.slice(0, -1));
const hex = (bytes: Uint8Array): string =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
    .join('')
    .toUpperCase();

/** An object as BER-TLV, upper-case hex. */
export function hexTlv(tag: string, value: string): string {
  const size = value.length / 2;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return tag + hex(Uint8Array.from(length)) + value;
}

/** Objects one after the other. */
export const hexTlvs = (objects: readonly HexObject[]): string =>
  objects.map(([tag, value]) => hexTlv(tag, value)).join('');
