/** What a printer says back. One stream carries all kinds; the first byte tells them apart. */
export type PrinterReply =
  /** One byte after DLE EOT n. It does not say which n: only the order of questions does. */
  | { readonly kind: 'realtime'; readonly byte: number }
  /** Automatic status back, four bytes. */
  | ({ readonly kind: 'status' } & AutomaticStatus)
  /** GS ( H fn 48: everything before the question with this id has been printed. */
  | { readonly kind: 'confirmed'; readonly id: string }
  /** Text after GS I 65–69. */
  | { readonly kind: 'identity'; readonly text: string }
  /** One byte after GS r n. */
  | { readonly kind: 'answer'; readonly byte: number }
  /** XON and XOFF: the printer's buffer on a serial line without flow lines. */
  | { readonly kind: 'flow'; readonly go: boolean }
  /** Nothing that a printer of this kind says. */
  | { readonly kind: 'noise'; readonly byte: number };

export interface AutomaticStatus {
  readonly drawerPinHigh: boolean;
  readonly offline: boolean;
  readonly coverOpen: boolean;
  readonly hasError: boolean;
  readonly paper: 'ok' | 'near-end' | 'end';
}

/** GS a, byte 1 to 4: which bits are fixed, so that a stray byte is not taken for a status. */
const ASB_BYTES = 4;
const BLOCK_START = 0x37;
const TEXT_START = 0x5f;
const CONFIRMED = 0x22;
const XON = 0x11;
const XOFF = 0x13;
/** Longest block or identity text, bytes. Epson's longest is 80; beyond this the stream is noise. */
const BLOCK_BYTES_MAX = 256;

/** GS a: bits 0–3 and 6 switch on drawer, on/off line, error, paper and panel. */
export const STATUS_BACK_ALL = 0x4f;

/**
 * Cuts a printer's bytes into replies, whatever the borders they arrive with. A fresh one per connection.
 * Never throws and keeps at most `BLOCK_BYTES_MAX` bytes.
 */
export class StatusDecoder {
  #kept: number[] = [];

  push(chunk: Uint8Array): readonly PrinterReply[] {
    const replies: PrinterReply[] = [];
    for (const byte of chunk) {
      this.#kept.push(byte);
      this.#take(replies);
    }
    return replies;
  }

  /** Takes as many whole replies as the kept bytes hold. Every round of the loop removes at least one byte. */
  #take(replies: PrinterReply[]): void {
    for (;;) {
      const first = this.#kept[0];
      if (first === undefined) return;
      const step = reply(first, this.#kept);
      if (step === undefined) return;
      replies.push(step.reply);
      this.#kept.splice(0, step.length);
    }
  }
}

type Step = { readonly reply: PrinterReply; readonly length: number };

/** The reply that the bytes begin with; undefined while it is not whole. */
function reply(first: number, bytes: readonly number[]): Step | undefined {
  if (first === BLOCK_START || first === TEXT_START) return block(first, bytes);
  if (first === XON || first === XOFF) return { reply: { kind: 'flow', go: first === XON }, length: 1 };
  if ((first & 0x93) === 0x12) return { reply: { kind: 'realtime', byte: first }, length: 1 };
  if ((first & 0x93) === 0x10) return automatic(first, bytes);
  if ((first & 0x90) === 0x00) return { reply: { kind: 'answer', byte: first }, length: 1 };
  return noise(first);
}

const noise = (byte: number): Step => ({ reply: { kind: 'noise', byte }, length: 1 });

function block(first: number, bytes: readonly number[]): Step | undefined {
  const end = bytes.indexOf(0, 1);
  if (end < 0) return bytes.length >= BLOCK_BYTES_MAX ? noise(first) : undefined;
  const text = String.fromCharCode(...bytes.slice(1, end));
  const length = end + 1;
  if (first === TEXT_START) return { reply: { kind: 'identity', text }, length };
  if (bytes[1] === CONFIRMED && end === 6) return { reply: { kind: 'confirmed', id: text.slice(1) }, length };
  return { reply: { kind: 'noise', byte: first }, length };
}

function automatic(first: number, bytes: readonly number[]): Step | undefined {
  // Bits 4 and 7 of the bytes that follow are fixed at 0: a byte that breaks this shows that the first was noise.
  for (let at = 1; at < ASB_BYTES; at += 1) {
    const byte = bytes[at];
    if (byte === undefined) return undefined;
    if ((byte & 0x90) !== 0) return noise(first);
  }
  const second = bytes[1] ?? 0;
  const third = bytes[2] ?? 0;
  return {
    length: ASB_BYTES,
    reply: {
      kind: 'status',
      drawerPinHigh: (first & 0x04) !== 0,
      offline: (first & 0x08) !== 0,
      coverOpen: (first & 0x20) !== 0,
      hasError: (second & 0x68) !== 0,
      paper: (third & 0x0c) !== 0 ? 'end' : (third & 0x03) !== 0 ? 'near-end' : 'ok',
    },
  };
}

/** DLE EOT 1: bit 2 drawer connector pin 3 high, bit 3 off line. */
export const readPrinterByte = (byte: number): { drawerPinHigh: boolean; offline: boolean } => ({
  drawerPinHigh: (byte & 0x04) !== 0,
  offline: (byte & 0x08) !== 0,
});

/** DLE EOT 2: bit 2 cover open, bit 5 stopped by paper end. */
export const readOfflineByte = (byte: number): { coverOpen: boolean; paperEnd: boolean } => ({
  coverOpen: (byte & 0x04) !== 0,
  paperEnd: (byte & 0x20) !== 0,
});

/** DLE EOT 4: bits 5 and 6 paper end, bits 2 and 3 near end. */
export const readPaperByte = (byte: number): AutomaticStatus['paper'] =>
  (byte & 0x60) !== 0 ? 'end' : (byte & 0x0c) !== 0 ? 'near-end' : 'ok';
