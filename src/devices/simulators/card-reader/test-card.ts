import type { CardEntry } from '../../../domain/approval.ts';
import type { CardData } from '../../../domain/card-data.ts';
import type { Random } from '../../../domain/clock.ts';
import { hex } from '../../../domain/ids.ts';

/** Encrypts the track of a test card as a reader with an injected key would. The card's number stays behind it. */
export type TrackCipher = (entry: CardEntry) => Pick<CardData, 'scheme' | 'ksn' | 'track' | 'masked'> & {
  /** What its PIN pad encrypts, where a host is to open that too. */
  readonly pinBlock?: string;
};

/** First six and last four of a range that no bank issues from. */
const MASKED = '621799******0018';
/** Counter bits of a DUKPT serial number (ANSI X9.24): it goes up by one with every card. */
const COUNTER_MAX = 0x1f_ffff;

const upper = (bytes: Uint8Array): string => hex(bytes).toUpperCase();

/** Random bytes in the shape of a DUKPT message: what a page sees of any card, and what no host can open. */
export function opaqueTrack(random: Random): TrackCipher {
  const device = upper(random.bytes(7));
  let counter = 0;
  return () => {
    counter = (counter + 1) & COUNTER_MAX;
    return {
      scheme: 'dukpt-tdes',
      ksn: device + counter.toString(16).padStart(6, '0').toUpperCase(),
      track: upper(random.bytes(24)),
      masked: MASKED,
    };
  };
}

const tlv = (tag: string, value: string): string =>
  tag + (value.length / 2).toString(16).padStart(2, '0').toUpperCase() + value;

/** Field 55 of an online request: the tags a host needs, none of them sensitive. `amount` in minor units. */
export function onlineTags(amount: number, counter: number, random: Random): string {
  return [
    tlv('9F26', upper(random.bytes(8))),
    tlv('9F27', '80'),
    tlv('9F10', '07010103A0A802010A010000000000'),
    tlv('9F37', upper(random.bytes(4))),
    tlv('9F36', counter.toString(16).padStart(4, '0').toUpperCase()),
    tlv('95', '0000048000'),
    tlv('9F02', String(amount).padStart(12, '0')),
    tlv('5F2A', '0156'),
    tlv('82', '7C00'),
    tlv('84', 'A000000333010101'),
  ].join('');
}

/** What the chip says last: a certificate when it accepts, a refusal when it does not. */
export const finalTags = (accepted: boolean, random: Random): string =>
  tlv('9F26', upper(random.bytes(8))) + tlv('9F27', accepted ? '40' : '00');
