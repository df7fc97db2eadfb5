/** The terminal's own reader of the line, a byte at a time, written from the vendor's page and not from our codec. */
export interface HeardPacket {
  readonly type: number;
  readonly ack: number;
  readonly id: number;
  readonly data: readonly number[];
}

type State = 'start' | 'second' | 'head' | 'data' | 'check' | 'end' | 'last';

export class PacketReader {
  #state: State = 'start';
  #head: number[] = [];
  #data: number[] = [];
  #check = 0;

  /** The packet that this byte completes. One with a wrong check or end is not there. */
  read(byte: number): HeardPacket | undefined {
    switch (this.#state) {
      case 'start':
        if (byte === 0x55) this.#state = 'second';
        return undefined;
      case 'second':
        this.#head = [];
        this.#data = [];
        this.#state = byte === 0xaa ? 'head' : byte === 0x55 ? 'second' : 'start';
        return undefined;
      case 'head':
        this.#head.push(byte);
        if (this.#head.length === 5)
          this.#state = this.#wanted > 1_024 ? 'start' : this.#wanted > 0 ? 'data' : 'check';
        return undefined;
      case 'data':
        this.#data.push(byte);
        if (this.#data.length === this.#wanted) this.#state = 'check';
        return undefined;
      case 'check':
        this.#check = byte;
        this.#state = 'end';
        return undefined;
      case 'end':
        this.#state = byte === 0xcc ? 'last' : 'start';
        return undefined;
      case 'last':
        this.#state = 'start';
        return byte === 0x33 ? this.#packet() : undefined;
      default:
        return this.#state satisfies never;
    }
  }

  get #wanted(): number {
    return (this.#head[3] ?? 0) * 256 + (this.#head[4] ?? 0);
  }

  #packet(): HeardPacket | undefined {
    let check = 0;
    for (const byte of this.#head) check ^= byte;
    for (const byte of this.#data) check ^= byte;
    const [type = 0, ack = 0, id = 0] = this.#head;
    return check === this.#check ? { type, ack, id, data: this.#data } : undefined;
  }
}

export function packetBytes(
  type: number,
  ack: number,
  id: number,
  data: readonly number[] = [],
): Uint8Array<ArrayBuffer> {
  const covered = [type, ack, id, data.length >> 8, data.length & 255, ...data];
  let check = 0;
  for (const byte of covered) check ^= byte;
  return Uint8Array.from([0x55, 0xaa, ...covered, check, 0xcc, 0x33]);
}
