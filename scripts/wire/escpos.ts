import * as z from 'zod/mini';
import type { EscPosCommand } from '../../src/devices/codecs/escpos/command.ts';
import { encodeEscPos } from '../../src/devices/codecs/escpos/encode.ts';
import { StatusDecoder } from '../../src/devices/codecs/escpos/status.ts';
import { Gb18030 } from '../../src/devices/codecs/gb18030/gb18030.ts';
import { compileReceipt } from '../../src/devices/drivers/escpos/compile.ts';
import { hexOf } from '../../src/devices/simulators/escpos/grammar.ts';
import type { PrinterOperation } from '../../src/devices/simulators/escpos/operation.ts';
import { EscPosParser } from '../../src/devices/simulators/escpos/parser.ts';
import { decodeExactly, type ExactCodec, encodeExactly, type Message } from './exact.ts';
import { WireFailure } from './failure.ts';
import { encodeSlip, isSlip, LineSchema, told } from './slip-json.ts';
import type { WireCodec } from './wire-codec.ts';

const gb18030 = new Gb18030();

/**
 * `wire decode escpos` and `wire encode escpos`: what the till sends to a receipt printer. Encoding takes a list of commands,
 * or a whole slip as `{"blocks":[…]}`.
 */
export const escPos: WireCodec = {
  list: true,
  decode: (bytes) => decodeExactly(bytes, codec()),
  encode: (value) =>
    isSlip(value)
      ? encodeSlip(value, compileReceipt, ['escpos'])
      : encodeExactly(value, (message) => bytesOf(parsed(message))),
};

/** `wire decode escpos-status`: what a receipt printer sends back. */
export const escPosStatus: WireCodec = {
  decode: (bytes) => new StatusDecoder().push(bytes),
};

const codec = (): ExactCodec<PrinterOperation> => ({
  reader: () => new EscPosParser('gb18030'),
  message: messageOf,
  bytes: (message) => {
    const given = CommandSchema.safeParse(message);
    return given.success ? bytesOf(given.data) : undefined;
  },
  fold,
});

const SUBJECTS = { 1: 'printer', 2: 'offline', 3: 'error', 4: 'paper' } as const;
const ASKED = { 1: 'paper', 2: 'drawer' } as const;
const FIELDS = { 65: 'firmware', 66: 'maker', 67: 'model', 68: 'serial', 69: 'font' } as const;

/** The simulator's operations in the words of the commands. */
function messageOf(operation: PrinterOperation): Message {
  switch (operation.op) {
    case 'text':
      return { op: 'text', text: operation.glyphs.map((glyph) => glyph.text).join('') };
    case 'raster':
      return { ...operation, data: hexOf(operation.data) };
    case 'size':
      return { ...operation, only: 'letters' };
    case 'kanji-size':
      return { ...operation, op: 'size', only: 'hanzi' };
    case 'ask-now':
      return named(operation, 'about', SUBJECTS);
    case 'ask':
      return named(operation, 'about', ASKED);
    case 'identify':
      return named(operation, 'what', FIELDS);
    default:
      return { ...operation };
  }
}

function named(
  operation: { readonly op: string; readonly n: number },
  field: string,
  names: Readonly<Record<number, string>>,
): Message {
  const name = names[operation.n];
  return name === undefined ? operation : { op: operation.op, [field]: name };
}

/** FS ! and GS ! together are one size; the five commands of a QR code are one code. */
function fold(messages: readonly Message[]): { into: Message; count: number } | undefined {
  const [first, second, third, fourth, fifth] = messages;
  if (first?.['only'] === 'hanzi' && second?.['only'] === 'letters') {
    return { into: { op: 'size', width: second['width'], height: second['height'] }, count: 2 };
  }
  if (second?.['op'] !== 'qr-module' || third?.['op'] !== 'qr-level' || fifth?.['op'] !== 'qr-print')
    return undefined;
  if (fourth?.['op'] !== 'qr-store') return undefined;
  return {
    into: { op: 'qr', data: fourth['data'], moduleDots: second['dots'], level: third['level'] },
    count: 5,
  };
}

type Given = z.infer<typeof CommandSchema>;

function parsed(message: Message): Given {
  const given = CommandSchema.safeParse(message);
  if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
  return given.data;
}

function bytesOf(command: Given): Uint8Array {
  return told(() => {
    if (command.op !== 'size' || !('only' in command))
      return encodeEscPos([command], 'gb18030', gb18030).bytes;
    const both = encodeEscPos(
      [{ op: 'size', width: command.width, height: command.height }],
      'gb18030',
      gb18030,
    );
    // FS ! n, then GS ! n: three bytes each.
    return command.only === 'hanzi' ? both.bytes.subarray(0, 3) : both.bytes.subarray(3);
  });
}

const whole = z.int();
const hexBytes = z.pipe(
  z.string().check(z.regex(/^([0-9a-fA-F]{2})+$/)),
  z.transform((text: string) => Uint8Array.from(Buffer.from(text, 'hex'))),
);
const size = { op: z.literal('size'), width: whole, height: whole };
const CommandSchema = z.union([
  z.strictObject({ ...size, only: z.enum(['letters', 'hanzi']) }),
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.literal('initialise') }),
    z.strictObject({ op: z.literal('code-page'), page: whole }),
    z.strictObject({ op: z.literal('kanji'), on: z.boolean() }),
    z.strictObject({ op: z.literal('text'), text: z.string() }),
    LineSchema,
    z.strictObject({ op: z.literal('line-feed') }),
    z.strictObject(size),
    z.strictObject({ op: z.literal('emphasis'), on: z.boolean() }),
    z.strictObject({ op: z.literal('align'), align: z.enum(['left', 'center', 'right']) }),
    z.strictObject({ op: z.literal('line-spacing'), dots: whole }),
    z.strictObject({ op: z.literal('feed'), lines: whole }),
    z.strictObject({ op: z.literal('raster'), widthBytes: whole, data: hexBytes }),
    z.strictObject({
      op: z.literal('qr'),
      data: z.string(),
      moduleDots: whole,
      level: z.enum(['L', 'M', 'Q', 'H']),
    }),
    z.strictObject({ op: z.literal('cut'), partial: z.boolean() }),
    z.strictObject({ op: z.literal('pulse'), pin: z.literal([2, 5]), onMs: whole, offMs: whole }),
    z.strictObject({ op: z.literal('ask-now'), about: z.enum(['printer', 'offline', 'error', 'paper']) }),
    z.strictObject({ op: z.literal('status-back'), mask: whole }),
    z.strictObject({ op: z.literal('ask'), about: z.enum(['paper', 'drawer']) }),
    z.strictObject({ op: z.literal('confirm'), id: z.string() }),
    z.strictObject({
      op: z.literal('identify'),
      what: z.enum(['firmware', 'maker', 'model', 'serial', 'font']),
    }),
    z.strictObject({ op: z.literal('utf8'), by: z.enum(['fs-c', 'esc-9', 'fs-paren-c']) }),
  ]) satisfies z.ZodMiniType<EscPosCommand>,
]);
