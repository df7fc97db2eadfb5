import { crc16 } from './crc16.ts';
import { EmvQrError } from './emv-qr-error.ts';

/** Characters of one payload: what the largest QR code of EMVCo's recommendation holds. */
export const EMV_QR_MAX = 512;

const PAYLOAD_FORMAT = '000201';
const CHECKSUM_HEAD = '6304';
const CHECKSUM_DIGITS = 4;
const VALUE_MAX = 99;

/** One data object. A template has children; its value is their text. */
export interface EmvQrObject {
  readonly id: string;
  readonly value: string;
  readonly children?: readonly EmvQrObject[];
}

/** What is to be written: a value, or the objects of a template. */
export type EmvQrItem =
  | { readonly id: string; readonly value: string }
  | { readonly id: string; readonly children: readonly EmvQrItem[] };

/**
 * Reads a merchant-presented QR payload (EMVCo QR Code Specification, Merchant-Presented Mode) and proves its checksum.
 * Lengths count characters; the checksum runs over UTF-8 bytes. Throws EmvQrError.
 */
export function parseEmvQr(text: string): readonly EmvQrObject[] {
  const characters = [...text];
  if (characters.length > EMV_QR_MAX) throw new EmvQrError('too-large', `${characters.length} characters`);
  if (!text.startsWith(PAYLOAD_FORMAT))
    throw new EmvQrError('not-emv-qr', `does not begin with ${PAYLOAD_FORMAT}`);
  const objects = parseLevel(characters);
  const last = objects.at(-1);
  if (last?.id !== '63' || last.value.length !== CHECKSUM_DIGITS) {
    throw new EmvQrError('no-checksum', 'the last object is not a checksum');
  }
  const expected = checksum(text.slice(0, -CHECKSUM_DIGITS));
  if (last.value.toUpperCase() !== expected) {
    throw new EmvQrError('bad-checksum', `the checksum is ${last.value}, not ${expected}`);
  }
  return objects.map((object) => {
    const name = templateOf(object.id);
    if (name === undefined) return object;
    return { ...object, children: parseLevel([...object.value]) };
  });
}

function parseLevel(characters: readonly string[]): readonly EmvQrObject[] {
  const objects: EmvQrObject[] = [];
  const seen = new Set<string>();
  let at = 0;
  while (at < characters.length) {
    const head = characters.slice(at, at + 4).join('');
    if (!/^\d{0,4}$/.test(head)) throw new EmvQrError('bad-digits', `no identifier and length at ${at}`);
    if (head.length < 4) throw new EmvQrError('truncated', `the text ends inside an object at ${at}`);
    const id = head.slice(0, 2);
    const end = at + 4 + Number(head.slice(2));
    if (end > characters.length) throw new EmvQrError('truncated', `object ${id} ends after the text`);
    if (seen.has(id)) throw new EmvQrError('duplicate-id', `object ${id} occurs twice`);
    seen.add(id);
    objects.push({ id, value: characters.slice(at + 4, end).join('') });
    at = end;
  }
  return objects;
}

/** Writes a payload: adds the payload format in front when it is missing, and the checksum. Throws EmvQrError. */
export function buildEmvQr(items: readonly EmvQrItem[]): string {
  const given = items.some((item) => item.id === '00') ? items : [{ id: '00', value: '01' }, ...items];
  const body = `${writeLevel(given, true)}${CHECKSUM_HEAD}`;
  if (!body.startsWith(PAYLOAD_FORMAT)) throw new EmvQrError('bad-object', 'object 00 comes first and is 01');
  const text = `${body}${checksum(body)}`;
  if ([...text].length > EMV_QR_MAX) throw new EmvQrError('too-large', `more than ${EMV_QR_MAX} characters`);
  return text;
}

function writeLevel(items: readonly EmvQrItem[], top: boolean): string {
  const seen = new Set<string>();
  return items
    .map((item) => {
      if (!/^\d\d$/.test(item.id)) throw new EmvQrError('bad-digits', 'an identifier is two digits');
      if (seen.has(item.id)) throw new EmvQrError('duplicate-id', `object ${item.id} occurs twice`);
      seen.add(item.id);
      if (top && item.id === '63') throw new EmvQrError('bad-object', 'the checksum is added here');
      if ('children' in item && !(top && templateOf(item.id) !== undefined)) {
        throw new EmvQrError('bad-object', `object ${item.id} is no template`);
      }
      const value = 'children' in item ? writeLevel(item.children, false) : item.value;
      const length = [...value].length;
      if (length === 0) throw new EmvQrError('bad-object', `object ${item.id} has no value`);
      if (length > VALUE_MAX) throw new EmvQrError('too-large', `object ${item.id} has ${length} characters`);
      return `${item.id}${String(length).padStart(2, '0')}${value}`;
    })
    .join('');
}

const checksum = (text: string): string =>
  crc16(new TextEncoder().encode(text)).toString(16).toUpperCase().padStart(CHECKSUM_DIGITS, '0');

/** Objects that hold objects: merchant accounts of a scheme 26–51, additional data 62, language 64, others 80–99. */
function templateOf(id: string): string | undefined {
  const number = Number(id);
  if (number >= 26 && number <= 51) return 'Merchant Account Information';
  if (number === 62) return 'Additional Data Field Template';
  if (number === 64) return 'Merchant Information - Language Template';
  return number >= 80 ? 'Unreserved Template' : undefined;
}

const NAMES: Readonly<Record<string, string>> = {
  '00': 'Payload Format Indicator',
  '01': 'Point of Initiation Method',
  '52': 'Merchant Category Code',
  '53': 'Transaction Currency',
  '54': 'Transaction Amount',
  '55': 'Tip or Convenience Indicator',
  '56': 'Value of Convenience Fee Fixed',
  '57': 'Value of Convenience Fee Percentage',
  '58': 'Country Code',
  '59': 'Merchant Name',
  '60': 'Merchant City',
  '61': 'Postal Code',
  '63': 'CRC',
};

/** What an object of the top level is called. */
export function emvQrName(id: string): string {
  const name = NAMES[id] ?? templateOf(id);
  if (name !== undefined) return name;
  return Number(id) <= 25 ? 'Merchant Account Information (scheme)' : 'Reserved';
}
