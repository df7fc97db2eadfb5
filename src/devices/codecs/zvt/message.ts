import type { ZvtApdu } from './apdu.ts';
import { type Bmp, decodeBmps, encodeBmps, SECRET_BMPS } from './bmp.ts';

/** Commands of the till and of the terminal (facts: devices 3.5; 06 22, 06 24 and 06 25: contents of the ZVT 13.06 manual). */
export const ZVT = {
  register: 0x0600,
  authorise: 0x0601,
  logOff: 0x0602,
  repeatReceipt: 0x0620,
  reserve: 0x0622,
  bookReservation: 0x0624,
  dropReservation: 0x0625,
  reverse: 0x0630,
  refund: 0x0631,
  endOfDay: 0x0650,
  diagnose: 0x0670,
  abort: 0x06b0,
  askStatus: 0x0501,
  intermediate: 0x04ff,
  status: 0x040f,
  printLine: 0x06d1,
  printText: 0x06d3,
  completed: 0x060f,
  aborted: 0x061e,
  /** Reply: accepted. */
  ok: 0x8000,
} as const;

/** Reply: accepted. */
export const ZVT_OK: ZvtApdu = { command: ZVT.ok, data: new Uint8Array() };
/** Reply: a command that is not known here. */
export const ZVT_UNSUPPORTED: ZvtApdu = { command: 0x8483, data: new Uint8Array() };

/** Result codes (BMP 27, 06 1E) that are told apart. */
export const ZVT_RESULTS = {
  ok: 0x00,
  aborted: 0x6c,
  notRegistered: 0x6b,
  pleaseWait: 0x9c,
  alreadyReversed: 0xb4,
} as const;

/** Result codes that mean that the terminal's own host was not reached. */
export const ZVT_OFFLINE_RESULTS: readonly number[] = [0x7d, 0x9b, 0xa1, 0xa3];

/** `digits` packed two to a byte; the amount of digits must be even. */
export const bcd = (digits: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: digits.length / 2 }, (_, at) =>
    Number.parseInt(digits.slice(at * 2, at * 2 + 2), 16),
  );

/** Undefined when it holds anything but decimal digits. */
export function digitsOf(value: Uint8Array): string | undefined {
  let text = '';
  for (const byte of value) text += byte.toString(16).padStart(2, '0');
  return /^\d*$/.test(text) ? text : undefined;
}

const field = (id: number, value: Uint8Array<ArrayBuffer>): Bmp => ({ id, value });
export const amountField = (amount: number): Bmp => field(0x04, bcd(String(amount).padStart(12, '0')));
export const currencyField = (numeric: string): Bmp => field(0x49, bcd(numeric.padStart(4, '0')));
export const receiptField = (receipt: string): Bmp => field(0x87, bcd(receipt));

/** A command with fields, after a password where the command wants one. */
export function zvtCommand(command: number, fields: readonly Bmp[], password = ''): ZvtApdu {
  return { command, data: Uint8Array.from([...bcd(password), ...encodeBmps(fields)]) };
}

/** `config`: 08 intermediate status wanted, 10 no payment is begun at the terminal by hand. */
export const ZVT_CONFIG = 0x18;

export const registration = (password: string, numericCurrency: string): ZvtApdu => ({
  command: ZVT.register,
  data: Uint8Array.from([...bcd(password), ZVT_CONFIG, ...bcd(numericCurrency.padStart(4, '0'))]),
});

/** What a terminal says of a payment (04 0F). Digits are text, without the card but its masked number. */
export interface ZvtStatus {
  /** 0 is approved. Undefined when it is missing. */
  readonly result?: number;
  readonly amount?: number;
  readonly currency?: string;
  readonly trace?: string;
  readonly receipt?: string;
  /** HHMMSS and MMDD of the terminal's clock. */
  readonly time?: string;
  readonly date?: string;
  readonly terminal?: string;
  readonly contract?: string;
  readonly authorisation?: string;
  readonly cardName?: string;
  /** First six and last four digits at most, stars between. */
  readonly card?: string;
}

/** Reads 04 0F. The card's data is wiped from `data` on the way; of its number only the ends are kept. Never throws. */
export function takeStatus(data: Uint8Array<ArrayBuffer>): ZvtStatus {
  const { fields } = decodeBmps(data);
  const of = (id: number) => fields.find((each) => each.id === id)?.value;
  const digits = (id: number) => {
    const value = of(id);
    return value === undefined ? undefined : digitsOf(value);
  };
  const amount = digits(0x04);
  const result = of(0x27)?.[0];
  const status = {
    result,
    amount: amount === undefined ? undefined : Number(amount),
    currency: digits(0x49)?.slice(-3),
    trace: digits(0x0b),
    receipt: digits(0x87),
    time: digits(0x0c),
    date: digits(0x0d),
    terminal: digits(0x29),
    contract: textOf(of(0x2a)),
    authorisation: textOf(of(0x3b)),
    cardName: textOf(of(0x8b)),
    card: maskedNumber(of(0x22)),
  };
  for (const { id, value } of fields) if (SECRET_BMPS.includes(id)) value.fill(0);
  data.fill(0);
  return Object.fromEntries(Object.entries(status).filter(([, value]) => value !== undefined));
}

/** Printable ASCII, without padding. */
function textOf(value: Uint8Array | undefined): string | undefined {
  if (value === undefined) return undefined;
  const text = String.fromCharCode(...value)
    .replace(/[^\x20-\x7e]/g, '')
    .trim();
  return text === '' ? undefined : text;
}

/** Nibbles of BMP 22: digits, E for a hidden one, F for padding. Terminals mask; one that does not is masked here. */
function maskedNumber(value: Uint8Array | undefined): string | undefined {
  if (value === undefined || value.length > 10) return undefined;
  let nibbles = '';
  for (const byte of value) nibbles += byte.toString(16).padStart(2, '0');
  const signs = nibbles.replace(/f+$/, '');
  const last = /\d{4}$/.exec(signs)?.[0];
  if (last === undefined || signs.length < 12) return undefined;
  const first = /^\d{0,6}/.exec(signs)?.[0] ?? '';
  return `${first}${'*'.repeat(Math.max(4, signs.length - first.length - 4))}${last}`;
}

/** The result code of 06 1E. */
export const abortCode = (data: Uint8Array): number => data[0] ?? 0xff;
