import type { Bytes } from './cores.ts';

/** A copy of what the page handed over: it may change its buffer afterwards. */
export const bytesOf = (data: BufferSource): Bytes =>
  ArrayBuffer.isView(data)
    ? Uint8Array.from(new Uint8Array(data.buffer, data.byteOffset, data.byteLength))
    : new Uint8Array(data.slice(0));
