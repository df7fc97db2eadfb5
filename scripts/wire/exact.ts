import { hexOf } from '../../src/devices/simulators/escpos/grammar.ts';
import { WireFailure } from './failure.ts';

/** A decoded message. `hex` is there when its other fields do not say all of its bytes: encoding uses it then. */
export type Message = Readonly<Record<string, unknown>>;

export interface ExactCodec<Operation> {
  /** A fresh reader; it gives operations as soon as their last byte has come. */
  reader(): { push(bytes: Uint8Array): readonly Operation[] };
  /** An operation in the words of the encoder, where it has them. */
  message(operation: Operation): Message;
  /** The bytes of a message; undefined when the encoder has no word for it. May throw. */
  bytes(message: Message): Uint8Array | undefined;
  /** Puts messages together that the encoder writes as one. Returns how many of the first ones `into` stands for. */
  fold?(messages: readonly Message[]): { readonly into: Message; readonly count: number } | undefined;
}

interface Piece {
  readonly message: Message;
  readonly raw: readonly number[];
}

/**
 * Decodes so that encoding gives the same bytes back: a message that would not carries its bytes along as `hex`. What is
 * left at the end is `{"error":"truncated"}`.
 */
export function decodeExactly<Operation>(
  bytes: Uint8Array,
  codec: ExactCodec<Operation>,
): readonly Message[] {
  const { pieces, rest } = cut(bytes, codec);
  const told = joinTexts(foldAll(pieces, codec), codec).map((piece) => exact(piece, codec));
  if (rest.length === 0) return told;
  return [...told, { error: 'truncated', at: bytes.length - rest.length, hex: hexOf(Uint8Array.from(rest)) }];
}

/** One byte at a time, so that the bytes of each operation are known. */
function cut<Operation>(bytes: Uint8Array, codec: ExactCodec<Operation>) {
  const reader = codec.reader();
  const pieces: Piece[] = [];
  let raw: number[] = [];
  for (const byte of bytes) {
    raw.push(byte);
    const operations = reader.push(Uint8Array.of(byte));
    operations.forEach((operation, index) => {
      // Two at once: what seemed to go on had ended before. The bytes stay with the first.
      pieces.push({ message: codec.message(operation), raw: index === 0 ? raw : [] });
    });
    if (operations.length > 0) raw = [];
  }
  return { pieces, rest: raw };
}

function foldAll<Operation>(pieces: readonly Piece[], codec: ExactCodec<Operation>): readonly Piece[] {
  const folded: Piece[] = [];
  for (let at = 0; at < pieces.length; ) {
    const fold = codec.fold?.(pieces.slice(at, at + FOLD_MAX).map(({ message }) => message));
    const whole = pieces.slice(at, at + (fold?.count ?? 1));
    const raw = whole.flatMap((piece) => piece.raw);
    if (fold !== undefined && isExact({ message: fold.into, raw }, codec)) {
      folded.push({ message: fold.into, raw });
      at += fold.count;
    } else {
      const piece = pieces[at];
      if (piece !== undefined) folded.push(piece);
      at += 1;
    }
  }
  return folded;
}

/** Most messages that one command of an encoder makes. */
const FOLD_MAX = 6;

/** Characters that follow each other are one text, however the reader cut them; a strange one stands alone. */
function joinTexts<Operation>(pieces: readonly Piece[], codec: ExactCodec<Operation>): readonly Piece[] {
  const all: Piece[] = [];
  for (const piece of pieces) {
    const last = all.at(-1);
    const isText = piece.message['op'] === 'text' && last?.message['op'] === 'text';
    if (isText && last !== undefined && isExact(last, codec) && isExact(piece, codec)) {
      const text = `${String(last.message['text'])}${String(piece.message['text'])}`;
      all[all.length - 1] = { message: { ...last.message, text }, raw: [...last.raw, ...piece.raw] };
    } else all.push(piece);
  }
  return all;
}

function exact<Operation>(piece: Piece, codec: ExactCodec<Operation>): Message {
  if (isExact(piece, codec)) return piece.message;
  return { ...piece.message, hex: hexOf(Uint8Array.from(piece.raw)) };
}

function isExact<Operation>({ message, raw }: Piece, codec: ExactCodec<Operation>): boolean {
  try {
    const bytes = codec.bytes(message);
    return bytes !== undefined && bytes.length === raw.length && bytes.every((byte, at) => byte === raw[at]);
  } catch {
    return false;
  }
}

const HEX = /^([0-9a-fA-F]{2})*$/;

/**
 * Encodes a list of messages, or one. Those with `hex` are their bytes, and only shown to `passed`; `encode` does the others,
 * each for itself.
 */
export function encodeExactly(
  value: unknown,
  encode: (message: Message) => Uint8Array,
  passed: (message: Message) => void = () => undefined,
): Uint8Array {
  const given: readonly unknown[] = Array.isArray(value) ? value : [value];
  return Buffer.concat(
    given.map((message) => {
      if (typeof message !== 'object' || message === null)
        throw new WireFailure('bad-command', 'a command is an object');
      const hex = 'hex' in message ? message.hex : undefined;
      if (hex === undefined) return encode(message as Message);
      if (typeof hex !== 'string' || !HEX.test(hex)) throw new WireFailure('bad-command', 'hex is no hex');
      passed(message as Message);
      return Buffer.from(hex, 'hex');
    }),
  );
}
