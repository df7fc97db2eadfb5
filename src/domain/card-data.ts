import * as z from 'zod/mini';
import { CARD_ENTRIES } from './approval.ts';
import { kit } from './schema.ts';

/** Upper-case hex of at most so many bytes. */
export const hexText = (bytesMax: number) =>
  kit.branded<string>(new RegExp(`^([0-9A-F]{2}){1,${bytesMax}}$`), 'upper-case hex');
/** A card as an encrypting reader hands it over: opaque to the page. Hex is upper-case. */
export const CardDataSchema = z.strictObject({
  entry: z.enum(CARD_ENTRIES),
  /** How `track` is encrypted; the key never leaves the acquirer's side. */
  scheme: z.enum(['dukpt-tdes', 'dukpt-aes']),
  ksn: hexText(12),
  /** Track 2, encrypted. */
  track: hexText(128),
  /** Field 55 as BER-TLV, without any sensitive tag. */
  emv: z.optional(hexText(512)),
  /** From the reader's own PIN pad, encrypted there. */
  pin: z.optional(z.strictObject({ ksn: hexText(12), block: hexText(16) })),
  /** 23: card sequence number. */
  sequence: z.optional(kit.branded<string>(/^\d{3}$/, 'a card sequence number')),
  /** First six, last four, as the reader masks it. */
  masked: z.optional(kit.text(24)),
});
export type CardData = z.infer<typeof CardDataSchema>;
