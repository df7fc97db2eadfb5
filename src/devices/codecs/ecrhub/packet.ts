import { DeviceError } from '../../errors.ts';

/** Packets of the ECRHub serial protocol: `55 AA type ack id length(2, high first) data xor CC 33` (facts: devices 3.6). */

export type EcrHubType = 'data' | 'handshake' | 'confirm';

export interface EcrHubPacket {
  readonly type: EcrHubType;
  /** The id of the last packet that was received well; 0 says nothing. */
  readonly ack: number;
  /** 1…255 for a packet with data; 0 for one without. */
  readonly id: number;
  readonly data: Uint8Array<ArrayBuffer>;
}

/** What a stream holds. `at`: bytes from its beginning. */
export type EcrHubItem =
  | { readonly kind: 'packet'; readonly at: number; readonly packet: EcrHubPacket }
  | { readonly kind: 'noise'; readonly at: number; readonly length: number }
  | {
      readonly kind: 'bad';
      readonly at: number;
      readonly code: 'bad-xor' | 'bad-end' | 'bad-type' | 'too-long' | 'truncated';
    };

export const ECRHUB_DATA_MAX = 1_024;
export const ECRHUB_TYPES: readonly EcrHubType[] = ['data', 'handshake', 'confirm'];

const START = [0x55, 0xaa] as const;
const END = [0xcc, 0x33] as const;
const HEAD_BYTES = 7;
const TAIL_BYTES = 3;

/** Throws DeviceError `unsupported` for more data than a packet holds. */
export function encodeEcrHub({ type, ack, id, data }: EcrHubPacket): Uint8Array<ArrayBuffer> {
  if (data.length > ECRHUB_DATA_MAX) throw new DeviceError('unsupported', `${data.length} bytes in a packet`);
  const bytes = new Uint8Array(HEAD_BYTES + data.length + TAIL_BYTES);
  bytes.set([...START, ECRHUB_TYPES.indexOf(type), ack, id, data.length >> 8, data.length & 0xff]);
  bytes.set(data, HEAD_BYTES);
  bytes.set([xorOf(bytes.subarray(2, HEAD_BYTES + data.length)), ...END], HEAD_BYTES + data.length);
  return bytes;
}

const xorOf = (bytes: Uint8Array): number => bytes.reduce((xor, byte) => xor ^ byte, 0);

/** Takes a stream in any pieces. Packets are cut by their length: data may hold what looks like an end. */
export class EcrHubDecoder {
  #kept: Uint8Array<ArrayBuffer> = new Uint8Array();
  /** Where `#kept` begins in the stream. */
  #from = 0;

  push(bytes: Uint8Array): readonly EcrHubItem[] {
    const all = new Uint8Array(this.#kept.length + bytes.length);
    all.set(this.#kept);
    all.set(bytes, this.#kept.length);
    this.#kept = all;
    return this.#read();
  }

  /** Bytes of a packet that is not whole yet. */
  get pending(): number {
    return this.#kept.length;
  }

  /** The line has been silent: what was begun will not be ended. A whole packet behind it is found. */
  giveUp(): readonly EcrHubItem[] {
    const items: EcrHubItem[] = [];
    while (this.#kept.length > 0) {
      items.push({ kind: 'bad', at: this.#from, code: 'truncated' });
      this.#drop(Math.min(START.length, this.#kept.length));
      items.push(...this.#read());
    }
    return items;
  }

  #read(): readonly EcrHubItem[] {
    const items: EcrHubItem[] = [];
    let at = 0;
    while (at < this.#kept.length) {
      const step = stepAt(this.#kept, at);
      if (step === undefined) break;
      at += step.length;
      add(items, { ...step.item, at: this.#from + at - step.length });
    }
    this.#drop(at);
    return items;
  }

  #drop(length: number): void {
    this.#kept = this.#kept.slice(length);
    this.#from += length;
  }
}

type Unplaced<Item> = Item extends unknown ? Omit<Item, 'at'> : never;

interface Step {
  readonly item: Unplaced<EcrHubItem>;
  readonly length: number;
}

/** What begins at `at`; undefined while it is not whole. */
function stepAt(bytes: Uint8Array<ArrayBuffer>, at: number): Step | undefined {
  if (bytes[at] !== START[0]) return { item: { kind: 'noise', length: 1 }, length: 1 };
  const left = bytes.length - at;
  if (left < 2) return undefined;
  if (bytes[at + 1] !== START[1]) return { item: { kind: 'noise', length: 1 }, length: 1 };
  if (left < HEAD_BYTES) return undefined;
  const type = ECRHUB_TYPES[bytes[at + 2] ?? 0xff];
  if (type === undefined) return bad('bad-type');
  const length = ((bytes[at + 5] ?? 0) << 8) | (bytes[at + 6] ?? 0);
  if (length > ECRHUB_DATA_MAX) return bad('too-long');
  const whole = HEAD_BYTES + length + TAIL_BYTES;
  if (left < whole) return undefined;
  const end = at + HEAD_BYTES + length;
  if (bytes[end + 1] !== END[0] || bytes[end + 2] !== END[1]) return bad('bad-end');
  if (bytes[end] !== xorOf(bytes.subarray(at + 2, end))) return bad('bad-xor');
  const packet = {
    type,
    ack: bytes[at + 3] ?? 0,
    id: bytes[at + 4] ?? 0,
    data: bytes.slice(at + HEAD_BYTES, end),
  };
  return { item: { kind: 'packet', packet }, length: whole };
}

/** Only the marker is skipped: a good packet may begin right behind it. */
const bad = (code: Extract<EcrHubItem, { kind: 'bad' }>['code']): Step => ({
  item: { kind: 'bad', code },
  length: START.length,
});

/** Noise that follows noise is one. */
function add(items: EcrHubItem[], item: EcrHubItem): void {
  const last = items.at(-1);
  if (item.kind === 'noise' && last?.kind === 'noise')
    items[items.length - 1] = { ...last, length: last.length + item.length };
  else items.push(item);
}
