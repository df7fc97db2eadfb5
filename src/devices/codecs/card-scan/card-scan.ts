/** Digits of a card number (ISO/IEC 7812-1). */
const DIGITS_MIN = 13;
const DIGITS_MAX = 19;
/** Bytes or characters that one call looks at. A reader's longest message is shorter. */
export const SCAN_MAX = 65_536;

/** Digits, each perhaps followed by one space or dash: how people and screens group a card number. */
const GROUPED = /\d(?:[ -]?\d){12,}/g;
/** Text written as hex of ASCII: every digit is 3x. */
const ASCII_IN_HEX = /(?:3[0-9]){13,}/g;

/** Where a card number seems to be, in characters of the text or in bytes. Its digits are not told. */
export interface CardNumberFound {
  readonly at: number;
  readonly digits: number;
}

/** Card numbers in a text: as it stands, packed digits written as hex, and text written as hex. Beyond `SCAN_MAX` nobody looks. */
export function cardNumbersInText(text: string): readonly CardNumberFound[] {
  const looked = text.slice(0, SCAN_MAX);
  const found: CardNumberFound[] = [];
  for (const match of looked.matchAll(GROUPED)) {
    const digits = match[0].replace(/[ -]/g, '');
    if (isCardNumber(digits, isSeparator(looked[match.index + match[0].length]))) {
      found.push({ at: match.index, digits: digits.length });
    }
  }
  for (const match of looked.matchAll(ASCII_IN_HEX)) {
    const digits = match[0].replace(/3(\d)/g, '$1');
    if (isCardNumber(digits, false)) found.push({ at: match.index, digits: digits.length });
  }
  return found;
}

/** Card numbers in bytes: as ASCII, or packed two digits to a byte. */
export function cardNumbersInBytes(bytes: Uint8Array): readonly CardNumberFound[] {
  const looked = bytes.subarray(0, SCAN_MAX);
  let ascii = '';
  let packed = '';
  for (const byte of looked) {
    ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
    packed += byte.toString(16).padStart(2, '0');
  }
  const inAscii = [...ascii.matchAll(GROUPED)].flatMap((match) => {
    const digits = match[0].replace(/[ -]/g, '');
    return isCardNumber(digits, isSeparator(ascii[match.index + match[0].length]))
      ? [{ at: match.index, digits: digits.length }]
      : [];
  });
  const inPacked = [...packed.matchAll(/\d{13,}/g)].flatMap(({ 0: run, index }) =>
    isCardNumber(run, packed[index + run.length] === 'd') ? [{ at: index >> 1, digits: run.length }] : [],
  );
  return [...inAscii, ...inPacked];
}

/** True when there is a card number in it. */
export const holdsCardNumber = (given: string | Uint8Array): boolean =>
  (typeof given === 'string' ? cardNumbersInText(given) : cardNumbersInBytes(given)).length > 0;

/** What stands behind a card number in a track. */
const isSeparator = (char: string | undefined): boolean => char !== undefined && '=^Dd'.includes(char);

/**
 * A whole run of digits, zeros in front left away. A longer run is none, however one cuts it, unless a track separator says
 * where the number ends: in front of it may stand the digits of a tag and a length.
 */
function isCardNumber(run: string, endsAtSeparator: boolean): boolean {
  const candidates = [run, run.replace(/^0+/, '')];
  if (endsAtSeparator && run.length > DIGITS_MAX) {
    for (let digits = DIGITS_MIN; digits <= DIGITS_MAX; digits += 1) candidates.push(run.slice(-digits));
  }
  return candidates.some((digits) => fits(digits) && luhn(digits));
}

const fits = (digits: string): boolean =>
  digits.length >= DIGITS_MIN && digits.length <= DIGITS_MAX && !/^(\d)\1*$/.test(digits);

/** Check digit of ISO/IEC 7812-1, annex B. */
function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48;
    const weighted = index % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}
