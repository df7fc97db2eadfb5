import * as z from 'zod/mini';
import { kit } from './schema.ts';

/**
 * A receipt as meaning, not as bytes: printers, the screen and the HTML slip each lay it out for themselves.
 * Text is in the shop's language already. Widths are in columns of a half-width character; a hanzi takes two.
 */
const style = { size: z.optional(z.enum(['normal', 'large', 'huge'])), bold: z.optional(z.boolean()) };
const span = kit.text(500);

export const BlockSchema = z.union([
  z.strictObject({
    kind: z.literal('text'),
    text: span,
    align: z.optional(z.enum(['left', 'center', 'right'])),
    ...style,
  }),
  /** Left and right on one line: `合计 … ￥12.50`. Wraps on the left, keeps the right whole. */
  z.strictObject({ kind: z.literal('pair'), left: span, right: span, ...style }),
  /** An item: name on its own line when it does not fit beside the figures. */
  z.strictObject({
    kind: z.literal('item'),
    name: span,
    quantity: kit.text(20),
    price: kit.text(24),
    amount: kit.text(24),
  }),
  z.strictObject({ kind: z.literal('rule'), character: z.optional(z.enum(['-', '='])) }),
  z.strictObject({ kind: z.literal('qr'), data: kit.text(600), caption: z.optional(span) }),
  z.strictObject({ kind: z.literal('feed'), lines: z.int().check(z.minimum(1), z.maximum(10)) }),
]);
export type ReceiptBlock = z.infer<typeof BlockSchema>;

export const ReceiptDocumentSchema = z.strictObject({
  v: z.literal(1),
  language: kit.text(10),
  blocks: z.array(BlockSchema).check(z.minLength(1), z.maxLength(1_000)),
});
export type ReceiptDocument = z.infer<typeof ReceiptDocumentSchema>;
