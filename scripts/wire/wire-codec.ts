import { WireFailure } from './failure.ts';

/** A codec as the command line sees it: bytes to JSON values and, where that makes sense, back. */
export interface WireCodec {
  decode(bytes: Uint8Array<ArrayBuffer>): readonly unknown[];
  /** Throws WireFailure `bad-command`, or with the codec's own code. */
  encode?(value: unknown): Uint8Array;
  /** `encode` takes the whole list that `decode` gives: items that mean something only in a row. */
  readonly list?: true;
  /** The input is text as it stands, not hex: decode gets its UTF-8 bytes. */
  readonly text?: true;
}

/** An error class of a codec: a message without card data, and a code. */
type CodedError = new (...args: never[]) => Error & { readonly code: string };

/** Does `work`, and turns what the codec refuses into a failure of the command with the same code. */
export function refusing<T>(errors: readonly CodedError[], work: () => T): T {
  try {
    return work();
  } catch (cause) {
    for (const Coded of errors) {
      if (cause instanceof Coded) throw new WireFailure(cause.code, cause.message);
    }
    throw cause;
  }
}
