/**
 * A wrong argument or input: the command ends with exit code 2 and this code. Its own codes are `usage`, `no-such-file`,
 * `bad-hex`, `bad-json`, `bad-command` and `unknown-codec`; a codec that refuses its input passes its own code on.
 */
export class WireFailure extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.name = 'WireFailure';
    this.code = code;
  }
}
