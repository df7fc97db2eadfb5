import * as z from 'zod/mini';
import type { Encoded } from '../../src/devices/codecs/byte-writer.ts';
import { Gb18030 } from '../../src/devices/codecs/gb18030/gb18030.ts';
import { DeviceError } from '../../src/devices/errors.ts';
import {
  PRINTER_PROFILES,
  type PrinterLanguage,
  type PrinterProfile,
} from '../../src/devices/printer-profile.ts';
import type { Press } from '../../src/devices/printing/slip.ts';
import { BlockSchema, type ReceiptDocument } from '../../src/domain/receipt.ts';
import { dotRasteriser } from './dot-raster.ts';
import { WireFailure } from './failure.ts';

const SlipSchema = z.strictObject({
  blocks: z.array(BlockSchema).check(z.minLength(1)),
  profile: z.optional(z.string()),
  kickDrawer: z.optional(z.boolean()),
});

type Compile = (
  document: ReceiptDocument,
  profile: PrinterProfile,
  press: Press,
  kickDrawer: boolean,
) => Encoded;

export const isSlip = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'blocks' in value;

/** A whole slip, `{"blocks":[…],"profile":"generic-80","kickDrawer":false}`, as the till would print it. */
export function encodeSlip(
  value: unknown,
  compile: Compile,
  languages: readonly PrinterLanguage[],
): Uint8Array {
  const given = SlipSchema.safeParse(value);
  if (!given.success) throw new WireFailure('bad-command', z.prettifyError(given.error));
  const fitting: readonly PrinterProfile[] = PRINTER_PROFILES.filter(({ language }) =>
    languages.some((each) => each === language),
  );
  const { blocks, profile: id, kickDrawer } = given.data;
  const profile = id === undefined ? fitting[0] : fitting.find((each) => each.id === id);
  if (profile === undefined)
    throw new WireFailure('bad-command', `profiles: ${fitting.map((each) => each.id).join(', ')}`);
  const press: Press = { gb18030: new Gb18030(), raster: dotRasteriser() };
  return told(() => compile({ v: 1, language: 'zh-CN', blocks }, profile, press, kickDrawer ?? false).bytes);
}

/** Does `work`; what cannot be said in this language is a failure of the command. */
export function told<T>(work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof DeviceError) throw new WireFailure('bad-command', cause.message);
    throw cause;
  }
}

/** A text and LF, as the commands of both printers' languages have it. */
export const LineSchema = z.pipe(
  z.strictObject({ op: z.literal('line'), text: z.string() }),
  z.transform(({ text }) => ({ op: 'line' as const, texts: [text] })),
);
