import * as z from 'zod/mini';
import type { EscPosCommand } from '../../src/devices/codecs/escpos/command.ts';
import { encodeEscPos } from '../../src/devices/codecs/escpos/encode.ts';
import { StatusDecoder } from '../../src/devices/codecs/escpos/status.ts';
import { Gb18030 } from '../../src/devices/codecs/gb18030/gb18030.ts';
import { DeviceError } from '../../src/devices/errors.ts';
import { hexOf } from '../../src/devices/simulators/escpos/grammar.ts';
import type { PrinterOperation } from '../../src/devices/simulators/escpos/operation.ts';
import { EscPosParser } from '../../src/devices/simulators/escpos/parser.ts';
import { WireFailure } from './failure.ts';
import type { WireCodec } from './wire-codec.ts';

/** `wire decode escpos` and `wire encode escpos`: what the till sends to a receipt printer. */
export const escPos: WireCodec = {
  decode: (bytes) => joined(new EscPosParser('gb18030').push(bytes)).map(shown),
  encode: (value) => {
    const given = CommandsSchema.safeParse(Array.isArray(value) ? value : [value]);
    if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
    try {
      return encodeEscPos(given.data, 'gb18030', new Gb18030()).bytes;
    } catch (cause) {
      if (cause instanceof DeviceError) throw new WireFailure('bad-command', cause.message);
      throw cause;
    }
  },
};

/** `wire decode escpos-status`: what a receipt printer sends back. */
export const escPosStatus: WireCodec = {
  decode: (bytes) => new StatusDecoder().push(bytes),
};

/** Characters that follow each other are one text, however the parser cut them. */
function joined(operations: readonly PrinterOperation[]): readonly PrinterOperation[] {
  const all: PrinterOperation[] = [];
  for (const operation of operations) {
    const last = all.at(-1);
    if (operation.op === 'text' && last?.op === 'text') {
      all[all.length - 1] = { op: 'text', glyphs: [...last.glyphs, ...operation.glyphs] };
    } else all.push(operation);
  }
  return all;
}

function shown(operation: PrinterOperation): unknown {
  if (operation.op === 'text')
    return { op: 'text', text: operation.glyphs.map((glyph) => glyph.text).join('') };
  if (operation.op === 'raster') return { ...operation, data: hexOf(operation.data) };
  return operation;
}

const whole = z.int();
const hexBytes = z.pipe(
  z.string().check(z.regex(/^([0-9a-fA-F]{2})+$/)),
  z.transform((text: string) => Uint8Array.from(Buffer.from(text, 'hex'))),
);
const CommandsSchema = z.array(
  z.discriminatedUnion('op', [
    z.strictObject({ op: z.literal('initialise') }),
    z.strictObject({ op: z.literal('code-page'), page: whole }),
    z.strictObject({ op: z.literal('kanji'), on: z.boolean() }),
    z.strictObject({ op: z.literal('text'), text: z.string() }),
    z.strictObject({ op: z.literal('line'), text: z.string() }),
    z.strictObject({ op: z.literal('line-feed') }),
    z.strictObject({ op: z.literal('size'), width: whole, height: whole }),
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
  ]) satisfies z.ZodMiniType<EscPosCommand>,
);
