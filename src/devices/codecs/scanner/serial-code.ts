import { CODE_BYTES_MAX, type Code, codeOf } from './code-text.ts';

const [LF, CR] = [0x0a, 0x0d];

/** Cuts what a scanner says on a serial line into codes: at each line end, or where it falls silent (`end`). */
export class SerialCodeDecoder {
  #kept: number[] = [];
  /** More came than any code has: nothing counts until the next end. */
  #isNoise = false;

  push(bytes: Uint8Array): readonly Code[] {
    const codes: Code[] = [];
    for (const byte of bytes) {
      if (byte === CR || byte === LF) codes.push(...this.end());
      else if (this.#kept.length < CODE_BYTES_MAX) this.#kept.push(byte);
      else this.#isNoise = true;
    }
    return codes;
  }

  /** True while a code has begun and no end was seen. */
  get isInside(): boolean {
    return this.#kept.length > 0;
  }

  /** What has come is a code: the scanner sends no line end, and has been silent for a while. */
  end(): readonly Code[] {
    const code = this.#isNoise ? undefined : codeOf(Uint8Array.from(this.#kept));
    this.#kept = [];
    this.#isNoise = false;
    return code === undefined ? [] : [code];
  }
}
