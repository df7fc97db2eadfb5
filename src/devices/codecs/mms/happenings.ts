import { type MmsMessage, mmsTlv } from './message.ts';

/** What a reader tells by itself, or what a notification of it means (facts: devices 3.1). */
export type MmsHappening =
  | { readonly kind: 'card'; readonly what: 'swiped' | 'inserted' | 'removed' | 'tapped' | 'collision' }
  /** The card's request to its bank: `readMmsArqc` reads it. */
  | { readonly kind: 'request'; readonly payload: Uint8Array }
  /** What is kept of a finished transaction. */
  | { readonly kind: 'batch'; readonly payload: Uint8Array }
  | { readonly kind: 'ended'; readonly how: MmsEnding; readonly source: MmsSource }
  /** What the reader's own screen says. */
  | { readonly kind: 'screen'; readonly text: string }
  /** It has started again, and forgotten its transaction. */
  | { readonly kind: 'restarted' }
  | { readonly kind: 'other' };

export type MmsEnding =
  | 'approved'
  | 'approved-offline'
  | 'deferred'
  | 'declined'
  | 'timed-out'
  | 'cancelled'
  /** The chip failed for technical reasons; it may be tried again. */
  | 'chip-failed'
  /** The reader itself sends the customer to its slot for stripes. */
  | 'use-stripe'
  /** The contactless card asks for the chip or the stripe. */
  | 'use-other'
  | 'failed';

export type MmsSource = 'none' | 'manual' | 'swipe' | 'chip' | 'contactless' | 'barcode';

const SOURCES: Readonly<Record<number, MmsSource>> = {
  7: 'manual',
  8: 'swipe',
  16: 'chip',
  32: 'contactless',
  48: 'barcode',
};
const CARDS = { 1: 'swiped', 2: 'inserted', 3: 'removed', 4: 'tapped', 5: 'collision' } as const;
const SCREEN_TEXT = 0x83;
const CARD_DATA = 0x84;
const NOTHING = new Uint8Array();
/** Characters of a screen that are read. */
const SCREEN_MAX = 256;

/** Reads a notification; what this till does not know is `other`. Never throws. */
export function mmsHappening({ command, detail, payload }: MmsMessage): MmsHappening {
  const [source = 0, reason = 0, what = 0, extra = 0] = detail ?? [];
  if (command === 0x0101) return duringTransaction(reason, what, payload);
  if (command === 0x0105) {
    return { kind: 'ended', how: endingOf(source, reason, what, extra), source: SOURCES[source] ?? 'none' };
  }
  if (command === 0x1803) return { kind: 'screen', text: screenText(payload ?? NOTHING) };
  if (command === 0x1001 && source === 0x00) return { kind: 'restarted' };
  return { kind: 'other' };
}

function duringTransaction(reason: number, what: number, payload: Uint8Array | undefined): MmsHappening {
  if (reason === 0x01) {
    const card = CARDS[what as keyof typeof CARDS];
    return card === undefined ? { kind: 'other' } : { kind: 'card', what: card };
  }
  const card = reason === 0x08 ? mmsTlv(payload ?? NOTHING)?.find(({ tag }) => tag === CARD_DATA) : undefined;
  if (card === undefined || (what !== 0x02 && what !== 0x03)) return { kind: 'other' };
  return { kind: what === 0x02 ? 'request' : 'batch', payload: card.value };
}

/** The four bytes of notification 0105: source, reason, detail, more. */
function endingOf(source: number, reason: number, what: number, extra: number): MmsEnding {
  if (reason === 0x01) return 'timed-out';
  if (reason === 0x03) return 'cancelled';
  if (reason !== 0x02) return 'failed';
  if (what === 0x06) return 'approved';
  if (what === 0x07) return 'deferred';
  if (what === 0x80) return 'declined';
  if (what === 0x00 && extra === 0x02) return 'chip-failed';
  if ((what === 0x08 || what === 0x09) && extra === 0x03) return 'use-stripe';
  if (what === 0x01 && source === 0x20) return 'use-other';
  return what === 0x02 ? 'approved-offline' : 'failed';
}

/** Lines are separated by line feeds or zeros. */
function screenText(payload: Uint8Array): string {
  const text = mmsTlv(payload)?.find(({ tag }) => tag === SCREEN_TEXT)?.value ?? payload;
  return [...text.subarray(0, SCREEN_MAX)]
    .map((byte) => (byte < 0x20 ? '\n' : String.fromCharCode(byte)))
    .join('')
    .trim();
}
