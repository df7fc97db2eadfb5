/** A codec as the command line sees it: bytes to JSON values and, where that makes sense, back. */
export interface WireCodec {
  decode(bytes: Uint8Array<ArrayBuffer>): readonly unknown[];
  /** Throws WireFailure `bad-command`. */
  encode?(value: unknown): Uint8Array;
}
