import { DeviceError } from '../../errors.ts';

/** Messages of PAX terminals in semi-integrated mode, inside `stx-link` frames (facts: devices 3.7; public demos). */

export const FS = 0x1c;
export const US = 0x1f;

/**
 * Everything a till may ask. It is an allow-list: A30 makes a terminal answer with the clear card number, so there is no way to write
 * it here.
 */
export const PAX_COMMANDS = ['A00', 'A14', 'T00', 'T02', 'B00', 'R02'] as const;
export type PaxCommand = (typeof PAX_COMMANDS)[number];

export const PAX_VERSION = '1.28';

/** Transaction types of T00. Those beyond sale, return and void are from the vendor's class names (docs: pax). */
export const PAX_TYPES = { sale: '01', return: '02', authorise: '03', complete: '04', void: '16' } as const;

/** A field is text, or sub-fields of text. */
export type PaxField = string | readonly string[];

const TEXT = /^[\x20-\x7e]*$/;

/**
 * The body of a request: command, version and fields. Throws DeviceError `refused` for a command that is not allowed, and
 * `unsupported` for text that would break the frame.
 */
export function encodePax(command: PaxCommand, fields: readonly PaxField[] = []): Uint8Array<ArrayBuffer> {
  // Types are gone at run time: whatever reaches this line is checked.
  if (!PAX_COMMANDS.includes(command)) throw new DeviceError('refused', 'a command that no till may send');
  const texts = [
    command,
    PAX_VERSION,
    ...fields.map((field) => (typeof field === 'string' ? [field] : field)),
  ];
  if (!texts.flat().every((text) => TEXT.test(text)))
    throw new DeviceError('unsupported', 'text that is not ASCII');
  const joined = texts.map((text) => (typeof text === 'string' ? text : text.join(String.fromCharCode(US))));
  return Uint8Array.from(joined.join(String.fromCharCode(FS)), (letter) => letter.charCodeAt(0));
}

export interface PaxOrder {
  readonly type: (typeof PAX_TYPES)[keyof typeof PAX_TYPES];
  /** Minor units; absent for a void. */
  readonly amount?: number;
  /** The till's own reference, 16 characters at most. */
  readonly ecrRef: string;
  /** The terminal's number of the transaction that is undone or completed. */
  readonly transaction?: string;
}

/** ECR references are so long at most: "length more than 16" is refused by terminals. */
export const PAX_ECR_REF_MAX = 16;

/** T00: type, amounts, account (always empty: the terminal reads the card), trace, AVS, cashier, commercial, MOTO, extra. */
export function encodePaxOrder({ type, amount, ecrRef, transaction }: PaxOrder): Uint8Array<ArrayBuffer> {
  const trace = transaction === undefined ? [ecrRef] : [ecrRef, '', '', transaction];
  return encodePax('T00', [type, amount === undefined ? '' : String(amount), '', trace, '', '', '', '', '']);
}

/** R02, local detail report: every card type, searched by the till's own reference. */
export const encodePaxQuestion = (ecrRef: string): Uint8Array<ArrayBuffer> =>
  encodePax('R02', ['00', '', '', '', ecrRef, '', '', '']);

/** Codes of replies that are told apart (the processor's public code lists; docs: pax). */
export const PAX_CODES = {
  ok: '000000',
  offline: '000001',
  partial: '000002',
  withoutSurcharge: '000003',
  declined: '000100',
  timeout: '100001',
  aborted: '100002',
  notFound: '100023',
} as const;

/** What a terminal answered, without the card but its masked number. Absent: not said. */
export interface PaxReply {
  /** A01, T01, R03 … the odd number after the command's. */
  readonly command: string;
  /** Six digits. */
  readonly code: string;
  readonly isNotFound: boolean;
  /** R03: how many records were found. */
  readonly total?: number;
  readonly type?: string;
  readonly originalType?: string;
  readonly amount?: number;
  readonly authCode?: string;
  readonly hostReference?: string;
  readonly batch?: string;
  /** First six and last four digits at most. */
  readonly card?: string;
  readonly entry?: string;
  readonly transaction?: string;
  readonly ecrRef?: string;
  /** A01. */
  readonly serial?: string;
  readonly model?: string;
}

/** Where the groups stand, counted from the field after the message text. */
const PLACES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  T01: { host: 0, type: 1, amount: 2, account: 3, trace: 4 },
  T03: { host: 0, type: 1, amount: 2, account: 3, trace: 4 },
  R03: { total: 0, host: 2, type: 4, originalType: 5, amount: 6, account: 7, trace: 8 },
  A01: { serial: 0, model: 1 },
};

/**
 * Reads a reply and wipes its bytes: only what is listed above is kept, whatever else it brought. Undefined when it is no reply.
 * Never throws.
 */
export function takePaxReply(body: Uint8Array<ArrayBuffer>): PaxReply | undefined {
  const fields = split(body, FS);
  const [status, command, , code, message] = fields.slice(0, 5).map(textOf);
  if (status === undefined || !/^[A-Z]\d\d$/.test(command ?? '') || !/^\d{6}$/.test(code ?? '')) {
    body.fill(0);
    return undefined;
  }
  const places = PLACES[command ?? ''] ?? {};
  const group = (name: string): readonly Uint8Array[] => {
    const place = places[name];
    const field = place === undefined ? undefined : fields[5 + place];
    return field === undefined ? [] : split(field, US);
  };
  const part = (name: string, at: number): string | undefined => {
    const sub = group(name)[at];
    const text = sub === undefined ? '' : textOf(sub);
    return text === '' ? undefined : text;
  };
  const said = {
    total: wholeOf(part('total', 0)),
    type: part('type', 0),
    originalType: part('originalType', 0),
    amount: wholeOf(part('amount', 0)),
    authCode: part('host', 2),
    hostReference: part('host', 3),
    batch: part('host', 5),
    card: maskedOf(group('account')[0]),
    entry: part('account', 1)?.slice(0, 1),
    transaction: part('trace', 0),
    ecrRef: part('trace', 1),
    serial: part('serial', 0),
    model: part('model', 0),
  };
  body.fill(0);
  return {
    command: command ?? '',
    code: code ?? '',
    isNotFound: code === PAX_CODES.notFound || /not found/i.test(message ?? ''),
    ...Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
  };
}

function split(bytes: Uint8Array<ArrayBuffer>, separator: number): readonly Uint8Array<ArrayBuffer>[] {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let from = 0;
  for (let at = 0; at <= bytes.length; at += 1)
    if (at === bytes.length || bytes[at] === separator) {
      parts.push(bytes.subarray(from, at));
      from = at + 1;
    }
  return parts;
}

const textOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 256)).trim();

const wholeOf = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,12}$/.test(text) ? Number(text) : undefined;

/** The account as it came is never made a text: its ends are picked from the bytes. */
function maskedOf(account: Uint8Array | undefined): string | undefined {
  if (account === undefined) return undefined;
  const signs = [...account].filter((byte) => byte !== 0x20 && byte !== 0x2d);
  const isDigit = (byte: number) => byte >= 0x30 && byte <= 0x39;
  if (signs.length < 4 || !signs.slice(-4).every(isDigit)) return undefined;
  const last = String.fromCharCode(...signs.slice(-4));
  if (signs.length < 13) return `****${last}`;
  const end = signs.slice(0, 6).findIndex((byte) => !isDigit(byte));
  return `${String.fromCharCode(...signs.slice(0, end < 0 ? 6 : end))}****${last}`;
}
