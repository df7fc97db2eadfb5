import type { Answer } from '../behaviour.ts';
import type { SandboxWorld } from '../world.ts';
import { type Message, pack } from './codec.ts';
import { type MacAlgorithm, messageMac } from './crypto.ts';
import type { Terminal } from './terminal.ts';

/** The connection a request came on. */
export interface Line {
  send(frame: Uint8Array): void;
  cut(): void;
}

/** A request with everything needed to answer it. */
export interface Call {
  readonly line: Line;
  /** TPDU and header of the request. */
  readonly envelope: Uint8Array;
  readonly message: Message;
  readonly terminal: Terminal | undefined;
}

export interface ReplyOptions {
  readonly how: Answer;
  readonly delayMs: number;
}

const PLAIN: ReplyOptions = { how: 'normal', delayMs: 0 };
const ECHOED = [2, 3, 4, 11, 25, 41, 42, 49, 60] as const;
const MAC_BYTES = 8;

/** Writes answers: TPDU turned round, fields echoed, MAC, and the lies a behaviour asks for. */
export class Replies {
  readonly #world: SandboxWorld;
  readonly #algorithm: MacAlgorithm;

  constructor(world: SandboxWorld, algorithm: MacAlgorithm) {
    this.#world = world;
    this.#algorithm = algorithm;
  }

  /** Sends what `fields` says at the moment of sending; `signed` false for answers without a common key. */
  send(
    call: Call,
    fields: () => readonly (readonly [number, string])[],
    { how, delayMs }: ReplyOptions = PLAIN,
    signed = true,
  ): void {
    if (how === 'drop') call.line.cut();
    if (how === 'drop' || how === 'silence') return;
    const send = (): void => {
      const frame = this.#frame(call, fields(), how, signed);
      call.line.send(frame);
      if (how === 'twice') call.line.send(frame);
    };
    if (how === 'late') this.#world.timer.after(delayMs, send);
    else send();
  }

  #frame(call: Call, own: readonly (readonly [number, string])[], how: Answer, signed: boolean): Buffer {
    const fields = new Map<number, string>();
    for (const field of ECHOED) {
      const value = call.message.fields.get(field);
      if (value !== undefined) fields.set(field, value);
    }
    for (const [field, value] of own) fields.set(field, value);
    lie(fields, how);
    const mti = String(Number(call.message.mti) + 10).padStart(4, '0');
    const key = call.terminal?.keys?.mac;
    const withMac = signed && key !== undefined && /^0[124]/.test(mti) && how !== 'no-signature';
    if (withMac) fields.set(64, '0'.repeat(MAC_BYTES * 2));
    let body = pack({ mti, fields });
    if (withMac) {
      const mab = body.subarray(0, body.length - MAC_BYTES);
      const mac = messageMac(this.#algorithm, key, mab);
      if (how === 'bad-signature') mac[0] = (mac[0] ?? 0) ^ 0xff;
      body = Buffer.concat([mab, mac]);
    }
    if (how === 'malformed') body = body.subarray(0, Math.ceil(body.length / 2));
    return Buffer.concat([envelope(call.envelope, fields.get(39) ?? ''), body]);
  }
}

function lie(fields: Map<number, string>, how: Answer): void {
  const change = (field: number, by: number): void => {
    const value = fields.get(field);
    if (value !== undefined) fields.set(field, String(Number(value) + by).padStart(value.length, '0'));
  };
  if (how === 'wrong-amount') change(4, -1);
  if (how === 'wrong-order') change(11, 1);
  if (how === 'unknown-field') fields.set(5, '000000000001');
  const keys = fields.get(62);
  // A sign-in answer has no MAC; its check values are what can be wrong.
  if (how === 'bad-signature' && keys !== undefined) fields.set(62, `${keys.slice(0, -2)}00`);
}

/** TPDU with its addresses changed over, and the header asking for a new sign-in when one is needed. */
function envelope(request: Uint8Array, code: string): Buffer {
  const bytes = Buffer.from(request);
  const swapped = Buffer.concat([
    bytes.subarray(0, 1),
    bytes.subarray(3, 5),
    bytes.subarray(1, 3),
    bytes.subarray(5),
  ]);
  if (code === 'A0' || code === '77') swapped[7] = ((swapped[7] ?? 0) & 0xf0) | 0x03;
  return swapped;
}
