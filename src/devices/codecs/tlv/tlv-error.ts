export type TlvErrorCode =
  /** The bytes end inside a tag, a length or a value, or a value reaches beyond its template. */
  | 'truncated'
  /** A tag of more than four bytes. */
  | 'bad-tag'
  /** A length of more than four bytes, or one that no buffer can have. */
  | 'bad-length'
  /** Length 80: "until the end marker". EMV forbids it, and it cannot be bounded. */
  | 'indefinite-length'
  /** More templates inside each other than `TLV_DEPTH_MAX`. */
  | 'too-deep'
  /** More bytes than `TLV_SIZE_MAX`. */
  | 'too-large';

/** The only error of this folder. Its message names places and sizes, never a value. */
export class TlvError extends Error {
  readonly code: TlvErrorCode;
  constructor(code: TlvErrorCode, message: string) {
    super(message);
    this.name = 'TlvError';
    this.code = code;
  }
}
