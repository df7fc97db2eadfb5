import * as z from 'zod/mini';
import { Gb18030 } from '../../src/devices/codecs/gb18030/gb18030.ts';
import type { HanziFont, StarCommand } from '../../src/devices/codecs/star/command.ts';
import { encodeStar } from '../../src/devices/codecs/star/encode.ts';
import { StarStatusDecoder } from '../../src/devices/codecs/star/status.ts';
import { compileStarReceipt } from '../../src/devices/drivers/star/compile.ts';
import { hexOf } from '../../src/devices/simulators/escpos/grammar.ts';
import type { PrinterOperation } from '../../src/devices/simulators/escpos/operation.ts';
import { StarParser } from '../../src/devices/simulators/star/parser.ts';
import { decodeExactly, type ExactCodec, encodeExactly, type Message } from './exact.ts';
import { WireFailure } from './failure.ts';
import { encodeSlip, isSlip, LineSchema, told } from './slip-json.ts';
import type { WireCodec } from './wire-codec.ts';

const gb18030 = new Gb18030();

/**
 * `wire decode star` and `wire encode star`: what the till sends to a Star printer. Text is two-byte codes until the list
 * switches UTF-8 on. Encoding takes a list of commands, or a whole slip as `{"blocks":[…]}`.
 */
export const star: WireCodec = {
  list: true,
  decode: (bytes) => decodeExactly(bytes, codec()),
  encode: (value) => {
    if (isSlip(value)) return encodeSlip(value, compileStarReceipt, ['star-prnt', 'star-line']);
    let isUtf8 = false;
    const seen = (message: Message) => {
      if (message['op'] === 'utf8') isUtf8 = message['on'] === true;
    };
    const encode = (message: Message) => {
      const given = CommandSchema.safeParse(message);
      if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
      seen(message);
      return told(() => encodeStar([given.data], isUtf8 ? 'utf8' : 'gb18030', gb18030).bytes);
    };
    return encodeExactly(value, encode, seen);
  },
};

/** What a Star printer sends back. */
export const starStatus: WireCodec = {
  decode: (bytes) => new StarStatusDecoder().push(bytes),
};

function codec(): ExactCodec<PrinterOperation> {
  let isUtf8 = false;
  return {
    reader: () => new StarParser('any'),
    message: (operation) => {
      if (operation.op === 'utf8') isUtf8 = operation.on;
      const message = messageOf(operation);
      // Which code a text was in is part of what it says, as long as nobody has to read it.
      return message['op'] === 'text' && isUtf8 ? { ...message, [IN_UTF8]: true } : message;
    },
    bytes: (message) => {
      const given = CommandSchema.safeParse(message);
      if (!given.success) return undefined;
      const charset = IN_UTF8 in message ? 'utf8' : 'gb18030';
      return encodeStar([given.data], charset, gb18030).bytes;
    },
    fold,
  };
}

/** Not an own key that JSON shows: a mark on texts while they are being put together. */
const IN_UTF8 = Symbol('in UTF-8');

const FONTS: readonly (HanziFont | undefined)[] = [
  undefined,
  'japanese',
  'simplified',
  'traditional',
  'korean',
];

/** The simulator's operations in the words of the commands. */
function messageOf(operation: PrinterOperation): Message {
  switch (operation.op) {
    case 'text':
      return { op: 'text', text: operation.glyphs.map((glyph) => glyph.text).join('') };
    case 'raster':
    case 'raster-band':
      return { ...operation, data: hexOf(operation.data) };
    case 'line-spacing':
      return { op: 'line-spacing', mm: operation.dots / 8 };
    case 'status-back':
      return { op: 'status-back', on: operation.mask === 1 };
    case 'ask-now':
      return { op: 'ask-now' };
    case 'hanzi-order':
      return { op: 'hanzi-order', order: operation.order.map((font) => FONTS[font] ?? font) };
    case 'end-counter':
      return operation.s === 1 ? { op: 'confirm', id: operation.n1 * 256 + operation.n2 } : operation;
    case 'ignored':
      return operation.name === 'ESC RS F' && operation.hex === '00' ? { op: 'font-a' } : operation;
    default:
      return { ...operation };
  }
}

/** ESC BEL and BEL are one pulse; ESC k and LF one band; the five commands of a QR code one code. */
function fold(messages: readonly Message[]): { into: Message; count: number } | undefined {
  const [first, second, third, fourth, fifth] = messages;
  if (first?.['op'] === 'pulse-times' && second?.['op'] === 'pulse') {
    return { into: { ...second, onMs: first['onMs'], offMs: first['offMs'] }, count: 2 };
  }
  if (first?.['op'] === 'raster-band' && second?.['op'] === 'line-feed') return { into: first, count: 2 };
  if (second?.['op'] !== 'qr-level' || third?.['op'] !== 'qr-module') return undefined;
  if (fourth?.['op'] !== 'qr-store' || fifth?.['op'] !== 'qr-print') return undefined;
  return {
    into: { op: 'qr', data: fourth['data'], moduleDots: third['dots'], level: second['level'] },
    count: 5,
  };
}

const whole = z.int();
const hexBytes = z.pipe(
  z.string().check(z.regex(/^([0-9a-fA-F]{2})+$/)),
  z.transform((text: string) => Uint8Array.from(Buffer.from(text, 'hex'))),
);
const CommandSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('initialise') }),
  z.strictObject({ op: z.literal('font-a') }),
  z.strictObject({ op: z.literal('utf8'), on: z.boolean() }),
  z.strictObject({ op: z.literal('ambiguous-wide'), on: z.boolean() }),
  z.strictObject({
    op: z.literal('hanzi-order'),
    order: z.array(z.enum(['japanese', 'simplified', 'traditional', 'korean'])),
  }),
  z.strictObject({ op: z.literal('text'), text: z.string() }),
  LineSchema,
  z.strictObject({ op: z.literal('line-feed') }),
  z.strictObject({ op: z.literal('size'), width: whole, height: whole }),
  z.strictObject({ op: z.literal('emphasis'), on: z.boolean() }),
  z.strictObject({ op: z.literal('align'), align: z.enum(['left', 'center', 'right']) }),
  z.strictObject({ op: z.literal('line-spacing'), mm: z.literal([3, 4]) }),
  z.strictObject({ op: z.literal('feed'), lines: whole }),
  z.strictObject({ op: z.literal('feed-dots'), dots: whole }),
  z.strictObject({ op: z.literal('raster'), widthBytes: whole, data: hexBytes }),
  z.strictObject({ op: z.literal('raster-band'), widthBytes: whole, data: hexBytes }),
  z.strictObject({
    op: z.literal('qr'),
    data: z.string(),
    moduleDots: whole,
    level: z.enum(['L', 'M', 'Q', 'H']),
  }),
  z.strictObject({ op: z.literal('cut'), partial: z.boolean() }),
  z.strictObject({ op: z.literal('pulse'), pin: z.literal([2, 5]), onMs: whole, offMs: whole }),
  z.strictObject({ op: z.literal('status-back'), on: z.boolean() }),
  z.strictObject({ op: z.literal('ask-now') }),
  z.strictObject({ op: z.literal('clear-etb') }),
  z.strictObject({ op: z.literal('etb') }),
  z.strictObject({ op: z.literal('confirm'), id: whole }),
]) satisfies z.ZodMiniType<StarCommand>;
