import { holdsClearTrack, maskedTrack, serviceCodeOf, shownNumber } from '../msr/masked-track.ts';
import { isNoKsn, type SwipeReading } from '../msr/swipe.ts';
import { hasOtherCipher, isAes, readCard, type SecureMagCard } from './card.ts';
import { FrameDecoder } from './frame.ts';

const BANK_CARD = 0;
/** Decode results, lengths, card type and total length come before the frame in a HID report. */
const REPORT_HEAD = 9;
const TRACK_2 = 1;

/** What a HID report in ID TECH's structure (product 2010) may be used for. */
export function readSecureMag(report: Uint8Array): SwipeReading {
  for (const from of [REPORT_HEAD, 0]) {
    const decoder = new FrameDecoder();
    const bytes = report.subarray(from);
    const found = [...decoder.push(bytes), ...decoder.end()].find(({ kind }) => kind === 'card');
    if (found?.kind === 'card') return readSecureMagCard(found.card);
  }
  return holdsClearTrack(report) ? { kind: 'refused', reason: 'not-encrypted' } : { kind: 'unreadable' };
}

/** What the card data of a frame may be used for. */
export function readSecureMagCard(bytes: Uint8Array): SwipeReading {
  if (holdsClearTrack(bytes)) return { kind: 'refused', reason: 'not-encrypted' };
  const card = readCard(bytes);
  if (card === undefined) return { kind: 'unreadable' };
  const hasText = card.masked.some((track) => track !== '');
  // Levels 1 and 2 have no key serial number: nothing in such a frame is encrypted.
  if (card.ksn.length === 0)
    return hasText ? { kind: 'refused', reason: 'not-encrypted' } : { kind: 'unreadable' };
  if (isNoKsn(card.ksn)) return { kind: 'refused', reason: 'no-key' };
  // AES under a TDES key serial number, TransArmor, a fixed key: nothing behind the page opens these.
  if (isAes(card) || hasOtherCipher(card)) return { kind: 'refused', reason: 'unsupported' };
  return swipeOf(card);
}

function swipeOf(card: SecureMagCard): SwipeReading {
  const track = card.enhanced ? card.encrypted[TRACK_2] : card.encrypted[0];
  const hasTrack2 = ((card.status >> TRACK_2) & 1) === 1 && card.lengths[TRACK_2] > 0;
  if (card.type !== BANK_CARD || !hasTrack2) return { kind: 'unreadable' };
  if (track.length === 0) return { kind: 'refused', reason: 'not-encrypted' };
  const masked = maskedTrack(card.masked[TRACK_2]);
  const number = masked && shownNumber(masked.number);
  const serviceCode = masked && serviceCodeOf(masked);
  return {
    kind: 'swipe',
    swipe: {
      ksn: card.ksn,
      track,
      layout: card.enhanced ? 'track2' : 'tracks',
      serial: card.serial,
      ...(number ? { masked: number } : {}),
      ...(serviceCode ? { serviceCode } : {}),
    },
  };
}
