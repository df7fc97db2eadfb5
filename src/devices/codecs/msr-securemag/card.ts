type Bytes = Uint8Array<ArrayBuffer>;
type Three<T> = readonly [T, T, T];

const KSN_BYTES = 10;
const SESSION_BYTES = 8;
const SERIAL_BYTES = 10;
const SHA1_BYTES = 20;
const SHA256_BYTES = 32;
const ENHANCED = 0x80;
const HAS_OPTIONS = 0x40;

/** Bits of field 8: what is sent readable. */
const MASKED = { aes: 0x10, fixedKey: 0x08, cipher: 0x30, serial: 0x80 } as const;
/** Bits of field 9: what is sent encrypted. */
const SENT = { session: 0x40, ksn: 0x80 } as const;

/** Card data of an ID TECH encrypting reader (80096504-001, "Card data"), field by field. Absent fields are empty. */
export interface SecureMagCard {
  /** False: the original structure, with tracks 1 and 2 encrypted as one block. */
  readonly enhanced: boolean;
  /** 0 ABA (bank card), 1 AAMVA, 3 other, 4 raw. */
  readonly type: number;
  /** Field 4. Bits 0–2: tracks decoded; 3–5: tracks present; 6: options follow. */
  readonly status: number;
  /** Lengths of the clear tracks, end sentinel and LRC included. */
  readonly lengths: Three<number>;
  /** Fields 8 and 9; the original structure has none. */
  readonly maskStatus: number;
  readonly sentStatus: number;
  /** Field 11 and what follows; only when bit 6 of `status` is set. */
  readonly options: Bytes;
  /** As the reader masks them. The original structure sends track 3 in clear. */
  readonly masked: Three<string>;
  /** One for each track; in the original structure the first is tracks 1 and 2 together. */
  readonly encrypted: Three<Bytes>;
  /** At security level 4. */
  readonly sessionId: Bytes;
  readonly hashes: readonly Bytes[];
  readonly serial: string;
  readonly ksn: Bytes;
}

/** True when the ciphertext is AES, with blocks of 16 bytes. */
export const isAes = (card: SecureMagCard): boolean => (card.maskStatus & MASKED.cipher) === MASKED.aes;
export const hasOtherCipher = (card: SecureMagCard): boolean =>
  (card.maskStatus & MASKED.cipher) > MASKED.aes || (card.maskStatus & MASKED.fixedKey) !== 0;

/** Undefined when the fields do not add up to the length of the bytes. */
export function readCard(bytes: Uint8Array): SecureMagCard | undefined {
  const fields = new Fields(bytes);
  const [type, status] = [fields.byte(), fields.byte()];
  const lengths: Three<number> = [fields.byte(), fields.byte(), fields.byte()];
  const head = { type: type & ~ENHANCED, status, lengths };
  const card = (type & ENHANCED) === 0 ? original(head, fields) : enhanced(head, fields);
  return card !== undefined && fields.isDone ? card : undefined;
}

/** The bytes of a card. Lengths and status fields are taken as they are given. */
export function writeCard(card: SecureMagCard): Bytes {
  const signs = (text: string): number[] => Array.from(text, (sign) => sign.charCodeAt(0) & 0xff);
  const hasOptions = card.enhanced && (card.status & HAS_OPTIONS) !== 0;
  return Uint8Array.from([
    card.type | (card.enhanced ? ENHANCED : 0),
    card.status,
    ...card.lengths,
    ...(card.enhanced ? [card.maskStatus, card.sentStatus] : []),
    ...(hasOptions ? [card.options.length, ...card.options] : []),
    ...card.masked.flatMap(signs),
    ...card.encrypted.flatMap((track) => [...track]),
    ...card.sessionId,
    ...card.hashes.flatMap((hash) => [...hash]),
    ...signs(card.serial),
    ...card.ksn,
  ]);
}

type Head = Pick<SecureMagCard, 'type' | 'status' | 'lengths'>;

function enhanced(head: Head, fields: Fields): SecureMagCard {
  const [maskStatus, sentStatus] = [fields.byte(), fields.byte()];
  const options = (head.status & HAS_OPTIONS) === 0 ? NOTHING : fields.take(fields.byte());
  const hash = (options[0] ?? 0) & 1 ? SHA256_BYTES : SHA1_BYTES;
  const block = (maskStatus & MASKED.cipher) === MASKED.aes ? 16 : 8;
  const three = <T>(make: (track: number, length: number) => T): Three<T> => {
    const [one, two, three] = head.lengths;
    return [make(0, one), make(1, two), make(2, three)];
  };
  const masked = three((track, length) => (bit(maskStatus, track) ? fields.text(length) : ''));
  const encrypted = three((track, length) =>
    bit(sentStatus, track) ? fields.take(Math.ceil(length / block) * block) : NOTHING,
  );
  const sessionId = fields.take(sentStatus & SENT.session ? SESSION_BYTES : 0);
  const hashes = three((track) => (bit(sentStatus, track + 3) ? fields.take(hash) : NOTHING));
  const serial = fields.text(maskStatus & MASKED.serial ? SERIAL_BYTES : 0);
  const ksn = fields.take(sentStatus & SENT.ksn ? KSN_BYTES : 0);
  return {
    ...head,
    enhanced: true,
    maskStatus,
    sentStatus,
    options,
    masked,
    encrypted,
    sessionId,
    hashes,
    serial,
    ksn,
  };
}

/** Without status fields, what follows the tracks is known by its length: nothing, or a block, up to two hashes and the KSN. */
function original(head: Head, fields: Fields): SecureMagCard {
  const [one, two, three] = head.lengths;
  const masked: Three<string> = [fields.text(one), fields.text(two), fields.text(three)];
  const isEncrypted = fields.left > 0;
  const block = isEncrypted ? fields.take(Math.ceil((one + two) / 8) * 8) : NOTHING;
  const hasSession = fields.left % SHA1_BYTES === SESSION_BYTES + KSN_BYTES;
  const sessionId = fields.take(hasSession ? SESSION_BYTES : 0);
  const hashes: Bytes[] = [];
  while (fields.left > KSN_BYTES && hashes.length < 2) hashes.push(fields.take(SHA1_BYTES));
  const ksn = fields.take(isEncrypted ? KSN_BYTES : 0);
  const encrypted: Three<Bytes> = [block, NOTHING, NOTHING];
  const none = { maskStatus: 0, sentStatus: 0, options: NOTHING, serial: '' };
  return { ...head, ...none, enhanced: false, masked, encrypted, sessionId, hashes, ksn };
}

const NOTHING: Bytes = new Uint8Array(0);
const bit = (status: number, place: number): boolean => ((status >> place) & 1) === 1;

/** Reads one field after the other; asking for more than there is makes the whole card invalid. */
class Fields {
  readonly #bytes: Uint8Array;
  #at = 0;
  #isShort = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  get isDone(): boolean {
    return !this.#isShort && this.left === 0;
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  text(length: number): string {
    return String.fromCharCode(...this.take(length));
  }

  take(length: number): Bytes {
    this.#isShort ||= length > this.left;
    const taken = Uint8Array.from(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += taken.length;
    return taken;
  }
}
