/** A wrong argument or input: the command ends with exit code 2 and this code. */
export class WireFailure extends Error {
  readonly code: 'usage' | 'no-such-file' | 'bad-hex' | 'bad-json' | 'bad-command' | 'unknown-codec';
  constructor(code: WireFailure['code'], message: string) {
    super(message);
    this.name = 'WireFailure';
    this.code = code;
  }
}
