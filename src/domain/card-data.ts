import * as z from 'zod/mini';
import { CARD_ENTRIES } from './approval.ts';
import { kit } from './schema.ts';

/** Upper-case hex of at most so many bytes. */
export const hexText = (bytesMax: number) =>
  kit.branded<string>(new RegExp(`^([0-9A-F]{2}){1,${bytesMax}}$`), 'upper-case hex');
/**
 * What a reader encrypts, and so how the acquirer's side finds the card in it. `track2`: track 2 as text, as packed nibbles or
 * as data object 57. `tracks`: tracks 1 and 2 as one text. `neo2-tag`: data object 57, tag and length included. `mms-f8`: the
 * whole template F8 with its own serial number; the chip's data and the PIN are encrypted in it too.
 */
export const TRACK_LAYOUTS = ['track2', 'tracks', 'neo2-tag', 'mms-f8'] as const;

/**
 * The objects of a chip that a host may be sent (field 55) and a slip may show: none of them tells the card number. Whoever
 * hands chip data on keeps to this list.
 */
export const HOST_TAGS: ReadonlySet<number> = new Set([
  0x9f26, 0x9f27, 0x9f10, 0x9f37, 0x9f36, 0x95, 0x9a, 0x9c, 0x9f02, 0x5f2a, 0x82, 0x9f1a, 0x9f03, 0x9f33,
  0x9f34, 0x9f35, 0x9f1e, 0x84, 0x4f, 0x9f06, 0x9f09, 0x9f41, 0x9f63, 0x9b, 0x50, 0x9f12, 0xdf31,
]);

/** A card as an encrypting reader hands it over: opaque to the page. Hex is upper-case. */
export const CardDataSchema = z.strictObject({
  entry: z.enum(CARD_ENTRIES),
  /** How `track` is encrypted; the key never leaves the acquirer's side. */
  scheme: z.enum(['dukpt-tdes', 'dukpt-aes']),
  ksn: hexText(12),
  /** What is encrypted in `track`; `track2` where it is not said. */
  layout: z.optional(z.enum(TRACK_LAYOUTS)),
  /** The encrypted track, or the reader's whole encrypted container. */
  track: hexText(1_024),
  /** Field 55 as BER-TLV, without any sensitive tag. Absent where the reader encrypts it with the track. */
  emv: z.optional(hexText(512)),
  /** From the reader's own PIN pad, encrypted there. */
  pin: z.optional(z.strictObject({ ksn: hexText(12), block: hexText(16) })),
  /** 23: card sequence number. */
  sequence: z.optional(kit.branded<string>(/^\d{3}$/, 'a card sequence number')),
  /** First six, last four, as the reader masks it. */
  masked: z.optional(kit.text(24)),
});
export type CardData = z.infer<typeof CardDataSchema>;
