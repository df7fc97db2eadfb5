export type Iso8583ErrorCode =
  /** The bytes end before the message type. */
  | 'too-short'
  /** The message type is not four decimal digits. */
  | 'bad-message-type'
  /** The bytes end inside the first or the second bitmap. */
  | 'truncated-bitmap'
  /** A field that is not in the table. */
  | 'unknown-field'
  /** The bytes end inside a field or its length. */
  | 'truncated-field'
  /** A length that is not decimal. */
  | 'bad-length'
  /** A length above what the table allows, or a fixed field of another length. */
  | 'over-long-field'
  /** A character that the field's alphabet does not have. */
  | 'bad-characters'
  /** The spare nibble of an odd number of digits is not zero. */
  | 'bad-padding'
  /** Bytes after the last field. */
  | 'trailing-bytes'
  /** A frame whose length is outside 13..4096, or a header that is none. */
  | 'bad-frame';

/** The only error of the message codec. Its message names fields and sizes, never a value. */
export class Iso8583Error extends Error {
  readonly code: Iso8583ErrorCode;
  /** The field, when it is about one. */
  readonly field: number | undefined;
  constructor(code: Iso8583ErrorCode, message: string, field?: number) {
    super(message);
    this.name = 'Iso8583Error';
    this.code = code;
    this.field = field;
  }
}
