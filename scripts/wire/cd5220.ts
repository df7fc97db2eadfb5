import * as z from 'zod/mini';
import type { Cd5220Command } from '../../src/devices/codecs/cd5220/command.ts';
import { encodeCd5220 } from '../../src/devices/codecs/cd5220/encode.ts';
import { Gb18030 } from '../../src/devices/codecs/gb18030/gb18030.ts';
import type { PoleOperation } from '../../src/devices/simulators/pole/pole-operation.ts';
import { PoleParser } from '../../src/devices/simulators/pole/pole-parser.ts';
import { decodeExactly, type ExactCodec, encodeExactly } from './exact.ts';
import { WireFailure } from './failure.ts';
import { told } from './slip-json.ts';
import type { WireCodec } from './wire-codec.ts';

const gb18030 = new Gb18030();

/** `wire decode cd5220` and `wire encode cd5220`: what a pole display of the CD5220 family, or a price pole, is sent. */
export const cd5220: WireCodec = {
  list: true,
  decode: (bytes) => decodeExactly(bytes, codec),
  encode: (value) =>
    encodeExactly(value, (message) => {
      const given = CommandSchema.safeParse(message);
      if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
      return told(() => encodeCd5220([given.data], gb18030));
    }),
};

const codec: ExactCodec<PoleOperation> = {
  reader: () => new PoleParser('cd5220'),
  message: (operation) => ({ ...operation }),
  bytes: (message) => {
    const given = CommandSchema.safeParse(message);
    return given.success ? encodeCd5220([given.data], gb18030) : undefined;
  },
};

const whole = z.int();
const CommandSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('initialise') }),
  z.strictObject({ op: z.literal('clear') }),
  z.strictObject({ op: z.literal('clear-line') }),
  z.strictObject({ op: z.literal('line'), row: z.enum(['upper', 'lower']), text: z.string() }),
  z.strictObject({ op: z.literal('scroll'), text: z.string() }),
  z.strictObject({ op: z.literal('cursor'), column: whole, row: z.literal([1, 2]) }),
  z.strictObject({ op: z.literal('text'), text: z.string() }),
  z.strictObject({ op: z.literal('cursor-shown'), on: z.boolean() }),
  z.strictObject({
    op: z.literal('lamp'),
    lamp: z.enum(['off', 'price', 'total', 'received', 'change']),
  }),
]) satisfies z.ZodMiniType<Cd5220Command>;
