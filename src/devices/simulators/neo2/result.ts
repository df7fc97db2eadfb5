import { padded, type TransactionKeys } from '../card-reader/reader-keys.ts';
import {
  type ChipRun,
  type HexObject,
  hexTlv,
  hexTlvs,
  openObjects,
  secretObjects,
  type TestCard,
  trackDigits,
  trackText,
} from '../card-reader/test-cards.ts';
import { bytesOf, hexOf } from './wire.ts';

/** How a card is read, and what its reader adds. */
export interface CardRead {
  readonly card: TestCard;
  readonly entry: 'swipe' | 'chip' | 'contactless';
  readonly run: ChipRun;
  /** Of the request: YYMMDD and hhmmss as the till gave them. */
  readonly time: string;
  readonly keys: TransactionKeys;
  readonly withPin: boolean;
  readonly isFallback: boolean;
  readonly showsServiceCode: boolean;
  /** 9F27. */
  readonly decision: '80' | '40' | '00';
  readonly encryption: 'on' | 'off' | 'mixed';
  /** `marked`: an extra byte before the length. `separate`: masked copies under tags of their own, and no 'on' bits. */
  readonly format: 'marked' | 'separate';
}

const text = (value: string): string => hexOf(new TextEncoder().encode(value));
const READ_BITS = { swipe: 0x08, chip: 0x00, contactless: 0x01 } as const;
const MODES = { swipe: '90', chip: '05', contactless: '07' } as const;

/** The data of an answer with a card: attribution, then objects. */
export function resultOf(read: CardRead): Uint8Array {
  const isMarked = read.encryption !== 'off' && read.format === 'marked';
  const attribution = READ_BITS[read.entry] | (isMarked ? 0xe0 : 0x20);
  const byte = attribution.toString(16).padStart(2, '0').toUpperCase();
  const objects = read.entry === 'swipe' ? stripe(read) : chip(read);
  return bytesOf(`${byte}${objects}${hexTlv('DFEE26', `${byte}00`)}`);
}

function chip(read: CardRead): string {
  const { card, run, keys, entry, encryption, withPin } = read;
  const open = openObjects(card, run).map(
    ([tag, value]): HexObject => [tag, tag === '9F27' ? read.decision : value],
  );
  const secret = secretObjects(card).slice(0, 2);
  const pin: readonly HexObject[] = withPin
    ? [
        ['99', hexOf(keys.pin(card.pin, card.number))],
        ['DFEE51', keys.ksn],
      ]
    : [];
  const hidden =
    encryption === 'off'
      ? hexTlvs(secret)
      : hexTlv('DFEE12', keys.ksn) +
        secret.map((object) => encrypted(object, read)).join('') +
        (encryption === 'mixed' ? hexTlvs(secretObjects(card).slice(2)) : '');
  return hidden + hexTlvs([...open, ['9F21', read.time], ['9F39', MODES[entry]], ...pin]);
}

/** Twice: to be seen, masked, and encrypted, the whole object with tag and length. */
function encrypted([tag, value]: HexObject, { card, keys, format }: CardRead): string {
  const masked = maskedDigits(tag === '57' ? trackDigits(card) : card.number).padEnd(value.length, 'C');
  const cipher = hexOf(keys.data(padded(bytesOf(hexTlv(tag, value)), keys.blockBytes)));
  if (format === 'separate') return hexTlv(tag === '57' ? 'DFEF5D' : 'DFEF5B', masked) + hexTlv(tag, cipher);
  const marked = (marker: string, content: string): string => tag + marker + hexTlv('', content);
  return marked('A1', masked) + marked('C1', cipher);
}

/** First and last four digits and the expiry; everything else is the nibble C. */
function maskedDigits(digits: string): string {
  const [number = '', rest = ''] = digits.split('D');
  const shown = `${number.slice(0, 4)}${'C'.repeat(number.length - 8)}${number.slice(-4)}`;
  return rest === '' ? shown : `${shown}D${rest.slice(0, 4)}${'C'.repeat(rest.length - 4)}`;
}

function stripe({ card, keys, encryption, isFallback, showsServiceCode }: CardRead): string {
  const track = trackText(card);
  const isOn = encryption !== 'off';
  const number = `${card.number.slice(0, 4)}${'*'.repeat(card.number.length - 8)}${card.number.slice(-4)}`;
  const service = showsServiceCode ? card.serviceCode : '***';
  const masked = `;${number}=${card.expiry}${service}`.padEnd(track.length - 1, '*');
  const data = [
    // Enhanced bank card; track 2 decoded and there; its length; masked and, when it is on, encrypted, with a key serial number.
    ...['80', '12', '00', track.length.toString(16).padStart(2, '0'), '00', '02', isOn ? '82' : '00'],
    text(isOn ? `${masked}?` : track),
    isOn ? hexOf(keys.data(padded(new TextEncoder().encode(track), keys.blockBytes))) + keys.ksn : '',
  ].join('');
  const bytes = bytesOf(data);
  const lrc = bytes.reduce((sum, byte) => sum ^ byte, 0);
  const sum = bytes.reduce((total, byte) => (total + byte) & 0xff, 0);
  const frame = Uint8Array.from([0x02, bytes.length & 0xff, bytes.length >> 8, ...bytes, lrc, sum, 0x03]);
  return hexTlvs([
    ['DFEE23', hexOf(frame)],
    ['9F39', isFallback ? '80' : MODES.swipe],
  ]);
}
