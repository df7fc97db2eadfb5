export type EmvQrErrorCode =
  /** The text ends inside an object. */
  | 'truncated'
  /** An identifier or a length that is not two decimal digits. */
  | 'bad-digits'
  /** The text does not begin with the payload format `000201`. */
  | 'not-emv-qr'
  /** The text does not end with a checksum object `6304….` */
  | 'no-checksum'
  /** The checksum is not that of the text. */
  | 'bad-checksum'
  /** An identifier that occurs twice at one level. */
  | 'duplicate-id'
  /** More characters than `EMV_QR_MAX`, or a value longer than 99. */
  | 'too-large'
  /** Written only: an object with no value, or one that the builder adds itself. */
  | 'bad-object';

/** The only error of this folder. */
export class EmvQrError extends Error {
  readonly code: EmvQrErrorCode;
  constructor(code: EmvQrErrorCode, message: string) {
    super(message);
    this.name = 'EmvQrError';
    this.code = code;
  }
}
