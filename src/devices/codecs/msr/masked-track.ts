/** A track as a reader masks it, taken apart. Track 1: `%B…^NAME^…?`; track 2: `;…=…?`. */
export interface MaskedTrack {
  /** Everything before the number: sentinel and format code. */
  readonly head: string;
  /** The number: digits and mask characters, 12 to 19. */
  readonly number: string;
  /** Everything after the number, separator first. */
  readonly tail: string;
}

/** A mask is a digit, or a sign that never stands in a number. */
const TRACK = /^([%;+][A-Z*]?)([0-9*#Xx.?_-]{12,19})([\^=D].*)$/s;
/** Digits of a number before a separator; track 3 of bank cards has two digits of a format code in front. */
const [NUMBER_MIN, NUMBER_MAX] = [12, 21];
/** `^` and `=`. */
const SEPARATORS = [0x5e, 0x3d];
const [FIRST, LAST] = [6, 4];
/** What may be shown of a number whose mask is a digit: nobody can tell where after these the mask begins. */
const FIRST_SURE = 4;
/** A reader that makes the check digit fit changes one masked digit for it (MagneSafe V5, property 07). */
const CORRECTED_MAX = 1;

/** Undefined when the text is no masked track of a bank card. */
export function maskedTrack(text: string): MaskedTrack | undefined {
  const [, head, number, tail] = TRACK.exec(text) ?? [];
  return head === undefined || number === undefined || tail === undefined
    ? undefined
    : { head, number, tail };
}

/** True when what stands between the first six and the last four digits is a mask, and not a number. */
export const isMasked = (number: string): boolean =>
  isMaskedRun(Uint8Array.from(digitsOf(number), (digit) => digit.charCodeAt(0)));

/** Signs in the middle hide a digit for sure: only digits are counted. */
const digitsOf = (number: string): string =>
  number.slice(0, FIRST) + number.slice(FIRST, -LAST).replaceAll(/\D/g, '') + number.slice(-LAST);

/** `476173******0119`: digits of the ends, stars between. Empty when the number is not masked. */
export function shownNumber(number: string): string {
  const last = number.slice(-LAST);
  if (!isMasked(number) || !/^\d{4}$/.test(last)) return '';
  const hasSign = /\D/.test(number.slice(0, -LAST));
  const first = hasSign ? (/^\d{0,6}/.exec(number)?.[0] ?? '') : number.slice(0, FIRST_SURE);
  return first + '*'.repeat(number.length - first.length - LAST) + last;
}

/**
 * The three digits after the expiry date, where the reader leaves them clear. `000` is how a mask of zeros shows them; no
 * card has it, so it says nothing.
 */
export function serviceCodeOf({ tail }: MaskedTrack): string | undefined {
  const code = /^(?:=|\^[^^]*\^)\d{4}(\d{3})/.exec(tail)?.[1];
  return code === '000' ? undefined : code;
}

/**
 * True when bytes that should be ciphertext or masked hold a track in clear: a reader with its encryption off. It looks at the
 * bytes themselves and makes no text of them, so that wiping the bytes wipes the card data.
 */
export function holdsClearTrack(bytes: Uint8Array): boolean {
  let digits = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (isDigit(byte)) {
      digits += 1;
      continue;
    }
    const isNumber = digits >= NUMBER_MIN && digits <= NUMBER_MAX && SEPARATORS.includes(byte);
    if (isNumber && !isMaskedRun(bytes.subarray(at - digits, at))) return true;
    digits = 0;
  }
  return false;
}

const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;

/** Between its ends the run is one digit repeated, with at most one other. */
function isMaskedRun(run: Uint8Array): boolean {
  const counts = new Uint8Array(10);
  const middle = run.subarray(FIRST, run.length - LAST);
  for (const byte of middle) counts[byte - 0x30] = (counts[byte - 0x30] ?? 0) + 1;
  return middle.length - Math.max(...counts) <= CORRECTED_MAX;
}
