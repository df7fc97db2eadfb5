export type KeyErrorCode =
  /** A key, key id or serial number of the wrong size. */
  | 'bad-size'
  /** A transaction counter that the scheme does not use: zero, or too many bits set. */
  | 'bad-counter'
  /** A key that does not give its check value: damaged, or wrapped under another master key. */
  | 'bad-check-value'
  /** What was decrypted is no track: wrong key, or not a card. */
  | 'bad-track'
  /** What was decrypted is no PIN block, or one of a format that cannot be carried. */
  | 'bad-pin'
  /** Before sign-in, or after the host has said that the keys are stale. */
  | 'no-working-keys'
  /** No base key in the configuration for this reader's key set. */
  | 'no-base-key';

/** The only error of the key module. Its message never holds a key or card data. */
export class KeyError extends Error {
  readonly code: KeyErrorCode;
  constructor(code: KeyErrorCode, message: string) {
    super(message);
    this.name = 'KeyError';
    this.code = code;
  }
}
