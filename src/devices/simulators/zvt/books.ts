/** A payment as the terminal stores it. */
export interface ZvtRecord {
  readonly kind: 'sale' | 'refund' | 'reservation' | 'booking' | 'reversal';
  readonly amount: number;
  readonly receipt: number;
  readonly trace: number;
  /** HHMMSS and MMDD of the terminal's clock. */
  readonly time: string;
  readonly date: string;
  isReversed: boolean;
}

const two = (value: number): string => String(value).padStart(2, '0');
const packed = (digits: string): number[] =>
  digits.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
const ascii = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));

/** Terminal 52500041 of a merchant in the terminal's books. A test card of a public range. */
const TERMINAL = '52500041';
const CONTRACT = '455600000001   ';
/** 4761 73EE EEEE 0119: the number as terminals hide it. */
const MASKED_PAN = [0x47, 0x61, 0x73, 0xee, 0xee, 0xee, 0x01, 0x19];
/** The same, when a terminal does not hide it. */
const CLEAR_PAN = [0x47, 0x61, 0x73, 0x90, 0x01, 0x01, 0x01, 0x19];
const CLEAR_TRACK = [0x47, 0x61, 0x73, 0x90, 0x01, 0x01, 0x01, 0x19, 0xd2, 0x81, 0x22, 0x01];

export class ZvtBooks {
  readonly records: ZvtRecord[] = [];
  /** Fault: the terminal shows what it must hide. */
  showsCard = false;
  readonly #now: () => number;
  #receipt = 0;
  #trace = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Payments the shop has money of. */
  get charged(): number {
    return this.records.filter(({ kind, isReversed }) => kind === 'sale' && !isReversed).length;
  }

  get last(): ZvtRecord | undefined {
    return this.records.at(-1);
  }

  byReceipt(receipt: number): ZvtRecord | undefined {
    return this.records.findLast((record) => record.receipt === receipt && record.kind !== 'reversal');
  }

  book(kind: ZvtRecord['kind'], amount: number): ZvtRecord {
    this.#receipt = (this.#receipt % 9_999) + 1;
    this.#trace = (this.#trace % 999_999) + 1;
    const at = new Date(this.#now());
    const record: ZvtRecord = {
      kind,
      amount,
      receipt: this.#receipt,
      trace: this.#trace,
      time: `${two(at.getHours())}${two(at.getMinutes())}${two(at.getSeconds())}`,
      date: `${two(at.getMonth() + 1)}${two(at.getDate())}`,
      isReversed: false,
    };
    this.records.push(record);
    return record;
  }

  /** The books are handed in: nothing is stored any more. */
  endOfDay(): void {
    this.records.length = 0;
  }

  /** 04 0F for a stored payment. */
  status(record: ZvtRecord): number[] {
    const card = this.showsCard
      ? [0x22, 0xf0, 0xf8, ...CLEAR_PAN, 0x23, 0xf1, 0xf2, ...CLEAR_TRACK]
      : [0x22, 0xf0, 0xf8, ...MASKED_PAN];
    const name = ascii('Visa');
    return withLength(
      [0x04, 0x0f],
      [
        0x27,
        0x00,
        0x04,
        ...packed(String(record.amount).padStart(12, '0')),
        0x49,
        0x01,
        0x56,
        0x0b,
        ...packed(String(record.trace).padStart(6, '0')),
        0x87,
        ...packed(String(record.receipt).padStart(4, '0')),
        0x0c,
        ...packed(record.time),
        0x0d,
        ...packed(record.date),
        ...card,
        0x29,
        ...packed(TERMINAL),
        0x2a,
        ...ascii(CONTRACT),
        0x3b,
        ...ascii('482913\0\0'),
        0x8b,
        0xf0,
        0xf0 + name.length,
        ...name,
      ],
    );
  }

  /** 04 0F for a payment that was not made. */
  refusal(code: number, amount: number): number[] {
    return withLength(
      [0x04, 0x0f],
      [0x27, code, 0x04, ...packed(String(amount).padStart(12, '0')), 0x29, ...packed(TERMINAL)],
    );
  }
}

export const withLength = (command: readonly number[], data: readonly number[]): number[] => [
  ...command,
  ...(data.length < 255 ? [data.length] : [255, data.length % 256, Math.floor(data.length / 256)]),
  ...data,
];
