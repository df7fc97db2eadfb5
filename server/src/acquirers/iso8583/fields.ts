/**
 * The alphabet of a field. `n` digits, two a byte; `z` nibbles of a track: D is the separator, and an
 * encrypted track has every value; `an` letters, digits
 * and spaces; `ans` printable ASCII and the bytes of GBK text; `b` bytes, held as upper-case hex.
 */
export type FieldKind = 'n' | 'z' | 'an' | 'ans' | 'b';

export interface FieldSpec {
  readonly name: string;
  readonly kind: FieldKind;
  /** Digits, characters or bytes: exactly so many without a prefix, at most so many with one. */
  readonly size: number;
  /** Bytes of the BCD length in front: none, one (LL), two (LLL). */
  readonly prefix: 0 | 1 | 2;
  /** Where an odd number of digits gets its spare nibble: 'right' justified means a leading zero. */
  readonly justify?: 'left' | 'right';
}

export type FieldTable = Readonly<Record<number, FieldSpec>>;

const fixed = (kind: FieldKind, size: number, name: string): FieldSpec => ({ name, kind, size, prefix: 0 });
const ll = (kind: FieldKind, size: number, name: string): FieldSpec => ({ name, kind, size, prefix: 1 });
const lll = (kind: FieldKind, size: number, name: string): FieldSpec => ({ name, kind, size, prefix: 2 });

/** The fields of a UnionPay-style terminal (ISO 8583:1987, numbers in BCD). What is not here is refused. */
export const UNIONPAY_FIELDS: FieldTable = {
  2: ll('n', 19, 'Primary Account Number'),
  3: fixed('n', 6, 'Processing Code'),
  4: fixed('n', 12, 'Amount'),
  11: fixed('n', 6, 'System Trace Audit Number'),
  12: fixed('n', 6, 'Local Time'),
  13: fixed('n', 4, 'Local Date'),
  14: fixed('n', 4, 'Expiration Date'),
  15: fixed('n', 4, 'Settlement Date'),
  22: fixed('n', 3, 'Point of Service Entry Mode'),
  23: { ...fixed('n', 3, 'Card Sequence Number'), justify: 'right' },
  25: fixed('n', 2, 'Point of Service Condition Code'),
  26: fixed('n', 2, 'PIN Capture Code'),
  32: ll('n', 11, 'Acquiring Institution'),
  35: ll('z', 37, 'Track 2 Data'),
  36: lll('z', 104, 'Track 3 Data'),
  37: fixed('an', 12, 'Retrieval Reference Number'),
  38: fixed('an', 6, 'Authorisation Code'),
  39: fixed('an', 2, 'Response Code'),
  41: fixed('ans', 8, 'Terminal'),
  42: fixed('ans', 15, 'Merchant'),
  43: fixed('ans', 40, 'Merchant Name and Location'),
  44: ll('ans', 25, 'Additional Response Data'),
  48: lll('n', 322, 'Additional Data'),
  49: fixed('an', 3, 'Currency'),
  52: fixed('b', 8, 'PIN Block'),
  53: fixed('n', 16, 'Security Control'),
  54: lll('an', 20, 'Additional Amounts'),
  55: lll('b', 255, 'EMV Data'),
  58: lll('ans', 100, 'Electronic Cash Data'),
  59: lll('ans', 600, 'Private Data'),
  60: lll('n', 17, 'Message Reason, Batch'),
  61: lll('n', 29, 'Original Transaction'),
  62: lll('b', 512, 'Keys, Parameters'),
  63: lll('ans', 163, 'Operator, Text'),
  64: fixed('b', 8, 'Message Authentication Code'),
};
