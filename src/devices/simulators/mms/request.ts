import { padded, type TransactionKeys } from '../card-reader/reader-keys.ts';
import {
  type ChipRun,
  hexTlv,
  hexTlvs,
  openObjects,
  secretObjects,
  type TestCard,
  trackDigits,
  trackText,
} from '../card-reader/test-cards.ts';
import { bytesOfHex, hexOfBytes } from './wire.ts';

/** How a card is read, and what its reader adds. */
export interface CardRead {
  readonly card: TestCard;
  readonly entry: 'swipe' | 'chip' | 'contactless';
  readonly run: ChipRun;
  readonly keys: TransactionKeys;
  readonly isFallback: boolean;
  readonly withPin: boolean;
  /** Leaves the service code of the stripe to be seen, as readers can be set up to. */
  readonly showsServiceCode: boolean;
  /** `off`: the reader was never set up to encrypt. `no-key`: it encrypts, with nothing. `mixed`: clear card data beside it. */
  readonly encryption: 'on' | 'off' | 'no-key' | 'mixed';
}

/** 8 bytes: what the answer is addressed with. */
export const READER_SERIAL = hexOfBytes(new TextEncoder().encode('B0000001'));
const CARD_TYPES = { swipe: '01', chip: '05', contactless: '06' } as const;
const NO_KSN = '00000000000000000000';

/** The payload of notification 0101 `xx 08 02 02`, without tag 84: length, objects, zeros, MAC. */
export function requestOfCard(read: CardRead): Uint8Array {
  const { card, entry, keys, encryption } = read;
  const ksn = encryption === 'no-key' ? NO_KSN : keys.ksn;
  const clear = hexTlv('FC', plain(read));
  const whole = padded(bytesOfHex(clear), keys.blockBytes);
  const container = hexTlv(
    'F8',
    hexTlvs([
      ['DFDF59', hexOfBytes(keys.data(whole))],
      ['DFDF56', ksn],
      ['DFDF57', keys.scheme === 'dukpt-tdes' ? '80' : '90'],
      ['DFDF58', (whole.length - clear.length / 2).toString(16).padStart(2, '0')],
    ]),
  );
  const inside = {
    on: container,
    'no-key': container,
    off: clear,
    mixed: container + hexTlvs(secretObjects(card).slice(1, 2)),
  }[encryption];
  const body = hexTlv(
    '70',
    hexTlvs([
      ['DFDF53', read.isFallback ? '01' : '00'],
      ['DFDF4D', hexOfBytes(new TextEncoder().encode(maskedTrack(read)))],
      ['DFDF52', CARD_TYPES[entry]],
    ]) + inside,
  );
  const objects = hexTlvs([
    ['DFDF54', ksn],
    ['DFDF55', '82'],
    ['DFDF25', READER_SERIAL],
    ['FA', body],
  ]);
  const signed = padded(bytesOfHex(hexTlv('F9', objects)), 8);
  const mac = keys.mac(signed).subarray(0, 4);
  const size = bytesOfHex((signed.length + mac.length).toString(16).padStart(4, '0'));
  return Uint8Array.from([...size, ...signed, ...mac]);
}

function plain({ card, entry, run, keys, withPin }: CardRead): string {
  const pin = hexTlvs([
    ['99', hexOfBytes(keys.pin(card.pin, card.number))],
    ['DFDF41', keys.ksn],
  ]);
  const typed = withPin ? hexTlv('F5', pin) : '';
  if (entry === 'swipe') {
    const track = hexOfBytes(new TextEncoder().encode(trackText(card)));
    return hexTlv('F4', hexTlv('DFDF39', track)) + typed;
  }
  return hexTlvs([...openObjects(card, run), ...secretObjects(card)]) + typed;
}

/** First six and last four digits and the expiry; everything else is zeros. */
function maskedTrack({ card, showsServiceCode }: CardRead): string {
  const { number, expiry, serviceCode } = card;
  const middle = '0'.repeat(number.length - 10);
  const rest = trackDigits(card).length - number.length - 1 - expiry.length - 3;
  const service = showsServiceCode ? serviceCode : '000';
  return `;${number.slice(0, 6)}${middle}${number.slice(-4)}=${expiry}${service}${'0'.repeat(rest)}?`;
}
