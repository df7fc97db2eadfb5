import { createCipheriv, createDecipheriv } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import type { BankAccess } from '../start-sandbox.ts';

// A terminal in little, written from PROFILE.md alone and sharing nothing with the host's codec.

type Fields = Record<number, string>;

const BCD: Fields = {
  3: '6',
  4: '12',
  11: '6',
  12: '6',
  13: '4',
  14: '4',
  15: '4',
  22: '3',
  25: '2',
  26: '2',
  53: '16',
};
const ASCII: Fields = { 37: '12', 38: '6', 39: '2', 41: '8', 42: '15', 49: '3' };
const BCD_LL = [2, 32, 35];
const BCD_LLL = [48, 60, 61];
const ASCII_LL = [44];
const ASCII_LLL = [54, 63];
const BYTES_LLL = [55, 62];
const BYTES_8 = [52, 64];

const evenLeft = (digits: string): string => (digits.length % 2 === 1 ? `${digits}0` : digits);
const asciiHex = (text: string): string => Buffer.from(text, 'latin1').toString('hex');
const head = (length: number, digits: number): string => String(length).padStart(digits, '0');

function fieldHex(field: number, value: string): string {
  if (field === 23) return `0${value}`;
  if (BCD[field] !== undefined) return evenLeft(value);
  if (ASCII[field] !== undefined) return asciiHex(value);
  if (BCD_LL.includes(field)) return head(value.length, 2) + evenLeft(value);
  if (BCD_LLL.includes(field)) return head(value.length, 4) + evenLeft(value);
  if (ASCII_LL.includes(field)) return head(value.length, 2) + asciiHex(value);
  if (ASCII_LLL.includes(field)) return head(value.length, 4) + asciiHex(value);
  if (BYTES_LLL.includes(field)) return head(value.length / 2, 4) + value;
  return value;
}

export function encode(mti: string, fields: Fields): Buffer {
  let bits = 0n;
  let body = '';
  for (const field of Object.keys(fields).map(Number)) {
    bits |= 1n << BigInt(64 - field);
    body += fieldHex(field, fields[field]!);
  }
  return Buffer.from(mti + bits.toString(16).padStart(16, '0') + body, 'hex');
}

export interface Decoded {
  readonly mti: string;
  readonly fields: Fields;
}

export function decode(bytes: Buffer): Decoded {
  const hex = bytes.toString('hex').toUpperCase();
  const bits = BigInt(`0x${hex.slice(4, 20)}`);
  const fields: Fields = {};
  let at = 20;
  const take = (count: number): string => {
    const part = hex.slice(at, at + count);
    if (part.length !== count) throw new Error('truncated');
    at += count;
    return part;
  };
  const text = (part: string): string => Buffer.from(part, 'hex').toString('latin1');
  const even = (digits: number): number => digits + (digits % 2);
  for (let field = 2; field <= 64; field += 1) {
    if ((bits & (1n << BigInt(64 - field))) === 0n) continue;
    const fixed = Number(BCD[field] ?? 0);
    if (fixed > 0) fields[field] = take(even(fixed)).slice(0, fixed);
    else if (ASCII[field] !== undefined) fields[field] = text(take(Number(ASCII[field]) * 2));
    else if (BYTES_8.includes(field)) fields[field] = take(16);
    else if ([...BCD_LL, ...BCD_LLL].includes(field)) {
      const length = Number(take(BCD_LL.includes(field) ? 2 : 4));
      fields[field] = take(even(length)).slice(0, length);
    } else if ([...ASCII_LL, ...ASCII_LLL].includes(field)) {
      fields[field] = text(take(Number(take(ASCII_LL.includes(field) ? 2 : 4)) * 2));
    } else if (BYTES_LLL.includes(field)) fields[field] = take(Number(take(4)) * 2);
    else throw new Error(`unknown field ${field}`);
  }
  if (at !== hex.length) throw new Error('bytes left over');
  return { mti: hex.slice(0, 4), fields };
}

const ede = (key: string): Buffer =>
  Buffer.from(key.length === 16 ? key.repeat(3) : key + key.slice(0, 16), 'hex');

export function tdes(key: string, data: string, decrypt = false): string {
  const cipher = (decrypt ? createDecipheriv : createCipheriv)('des-ede3', ede(key), null);
  cipher.setAutoPadding(false);
  return cipher.update(data, 'hex', 'hex').toUpperCase();
}

/** X9.19 by way of the library's CBC mode. */
export function x919(key: string, data: Buffer): string {
  const padded = Buffer.concat([data, Buffer.alloc((8 - (data.length % 8)) % 8)]);
  const cbc = createCipheriv('des-ede3-cbc', ede(key.slice(0, 16)), Buffer.alloc(8)).setAutoPadding(false);
  const last = cbc.update(padded).subarray(-8).toString('hex');
  return tdes(key.slice(0, 16), tdes(key.slice(16), last, true));
}

/** AES-CMAC by way of the library's CBC mode. */
export function cmac(key: string, data: Buffer): string {
  const bytes = Buffer.from(key, 'hex');
  const cbc = (input: Buffer): Buffer =>
    createCipheriv('aes-128-cbc', bytes, Buffer.alloc(16)).setAutoPadding(false).update(input);
  const twice = (value: bigint): bigint => {
    const shifted = (value << 1n) & ((1n << 128n) - 1n);
    return value >> 127n === 1n ? shifted ^ 0x87n : shifted;
  };
  const k1 = twice(BigInt(`0x${cbc(Buffer.alloc(16)).toString('hex')}`));
  const whole = data.length > 0 && data.length % 16 === 0;
  const padded = whole
    ? data
    : Buffer.concat([data, Buffer.from([0x80]), Buffer.alloc((31 - (data.length % 16)) % 16)]);
  const last = BigInt(`0x${padded.subarray(-16).toString('hex')}`) ^ (whole ? k1 : twice(k1));
  const input = Buffer.concat([
    padded.subarray(0, -16),
    Buffer.from(last.toString(16).padStart(32, '0'), 'hex'),
  ]);
  return cbc(input).subarray(-16).toString('hex').toUpperCase();
}

/** One terminal with one open line. */
export class BankClient {
  readonly #access: BankAccess;
  readonly #index: number;
  #socket: Socket | undefined;
  #bytes = Buffer.alloc(0);
  readonly #frames: Buffer[] = [];
  #closed = false;
  #wake: (() => void) | undefined;
  keys = { pin: '', mac: '', data: '' };
  batch = '';
  trace = 0;

  constructor(access: BankAccess, index = 0) {
    this.#access = access;
    this.#index = index;
  }

  get terminal(): string {
    return this.#access.terminals[this.#index]!.terminal;
  }

  async open(): Promise<void> {
    const socket = connect(this.#access.port, this.#access.host);
    this.#socket = socket;
    this.#closed = false;
    socket.on('data', (chunk) => {
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
      while (this.#bytes.length >= 2 && this.#bytes.length >= 2 + this.#bytes.readUInt16BE()) {
        const length = this.#bytes.readUInt16BE();
        this.#frames.push(this.#bytes.subarray(2, 2 + length));
        this.#bytes = this.#bytes.subarray(2 + length);
      }
      this.#wake?.();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.#closed = true;
      this.#wake?.();
    });
    await new Promise<void>((done) => socket.once('connect', () => done()));
  }

  close(): void {
    this.#socket?.destroy();
  }

  get framesWaiting(): number {
    return this.#frames.length;
  }

  raw(bytes: Uint8Array): void {
    this.#socket?.write(bytes);
  }

  send(message: Buffer, envelope = '6000030000603100310000'): void {
    const frame = Buffer.concat([Buffer.from(envelope, 'hex'), message]);
    const length = Buffer.alloc(2);
    length.writeUInt16BE(frame.length);
    this.raw(Buffer.concat([length, frame]));
  }

  /** The next frame, or 'closed' when the host hung up. */
  async frame(): Promise<Buffer | 'closed'> {
    while (this.#frames.length === 0) {
      if (this.#closed) return 'closed';
      await new Promise<void>((done) => {
        this.#wake = done;
      });
    }
    return this.#frames.shift()!;
  }

  async answer(): Promise<Decoded> {
    const frame = await this.frame();
    if (frame === 'closed') throw new Error('closed');
    return decode(frame.subarray(11));
  }

  async signIn(): Promise<Decoded> {
    this.send(this.plain('0800', { 60: '00000000004', 63: '01 ' }));
    const answer = await this.answer();
    const master = this.#access.terminals[this.#index]!.masterKey;
    const field = answer.fields[62] ?? '';
    if (field === '') return answer;
    const key = (at: number): string => tdes(master, field.slice(at, at + 32), true);
    this.keys = { pin: key(0), mac: key(40), data: key(80) };
    this.batch = answer.fields[60]!.slice(2, 8);
    return answer;
  }

  /** A management message: terminal, merchant and a new trace are added. */
  plain(mti: string, fields: Fields): Buffer {
    this.trace += 1;
    return encode(mti, {
      11: String(this.trace).padStart(6, '0'),
      41: this.terminal,
      42: this.#access.merchant,
      ...fields,
    });
  }

  /** A financial message with its MAC. `type` is 60.1. */
  financial(mti: string, type: string, fields: Fields): Buffer {
    this.trace += 1;
    const all: Fields = {
      11: String(this.trace).padStart(6, '0'),
      22: '012',
      41: this.terminal,
      42: this.#access.merchant,
      49: '156',
      60: `${type}${this.batch}00050`,
      ...fields,
    };
    return this.seal(mti, all);
  }

  seal(mti: string, fields: Fields): Buffer {
    const message = encode(mti, { ...fields, 64: '0000000000000000' });
    return Buffer.concat([message.subarray(0, -8), Buffer.from(this.mac(message.subarray(0, -8)), 'hex')]);
  }

  mac(mab: Buffer): string {
    return this.#access.mac === 'x9.19' ? x919(this.keys.mac, mab) : cmac(this.keys.mac, mab).slice(0, 16);
  }

  sale(amount: number, fields: Fields = {}): Buffer {
    return this.financial('0200', '22', { 2: PAN, 3: '000000', 4: amountOf(amount), 25: '00', ...fields });
  }

  /** 0400 for the trade with `trace`. */
  reversal(amount: number, trace: string, fields: Fields = {}): Buffer {
    return this.financial('0400', '22', {
      3: '000000',
      4: amountOf(amount),
      11: trace,
      25: '00',
      39: '98',
      ...fields,
    });
  }

  async ask(message: Buffer): Promise<Decoded> {
    this.send(message);
    return this.answer();
  }
}

/** A public test card. */
export const PAN = '4761739001010010';
export const amountOf = (amount: number): string => String(amount).padStart(12, '0');
