import type { Random } from './random.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Longest input of a case, bytes: several frames of the largest codec. */
const CASE_MAX = 4_096;
/** Changes made to one seed. */
const CHANGES_MAX = 4;
/** Bytes that protocols are built of: zero, all ones, STX, ETX, ENQ, ACK, DLE, NAK, ESC, FS, GS. */
const TELLING = [0x00, 0xff, 0x02, 0x03, 0x05, 0x06, 0x10, 0x15, 0x1b, 0x1c, 0x1d, 0x7f, 0x80, 0xfe];

const splice = (bytes: Bytes, at: number, remove: number, insert: Bytes): Bytes =>
  Uint8Array.from([...bytes.subarray(0, at), ...insert, ...bytes.subarray(at + remove)]);

const CHANGES: readonly ((bytes: Bytes, random: Random) => Bytes)[] = [
  (bytes, random) => {
    const at = random.below(bytes.length);
    return splice(bytes, at, 1, Uint8Array.of((bytes[at] ?? 0) ^ (1 << random.below(8))));
  },
  (bytes, random) =>
    splice(bytes, random.below(bytes.length), 1, Uint8Array.of(TELLING[random.below(TELLING.length)] ?? 0)),
  (bytes, random) => splice(bytes, random.below(bytes.length), 1 + random.below(8), new Uint8Array()),
  (bytes, random) => splice(bytes, random.below(bytes.length + 1), 0, random.bytes(1 + random.below(8))),
  (bytes, random) => bytes.slice(0, random.below(bytes.length)),
  (bytes, random) => {
    const at = random.below(bytes.length);
    return splice(bytes, at, 0, bytes.slice(at, at + 1 + random.below(32)));
  },
];

/** One input: pure noise, a seed as it is with noise around it, or a seed with a few changes. */
export function caseOf(seeds: readonly Bytes[], random: Random): Bytes {
  const seed = seeds[random.below(seeds.length)];
  const kind = random.below(8);
  if (seed === undefined || kind === 0) return random.bytes(random.below(128));
  if (kind === 1)
    return joined(random.bytes(random.below(8)), seed, seeds[random.below(seeds.length)] ?? seed);
  let bytes: Bytes = seed;
  for (let count = 1 + random.below(CHANGES_MAX); count > 0 && bytes.length > 0; count -= 1) {
    bytes = CHANGES[random.below(CHANGES.length)]?.(bytes, random) ?? bytes;
  }
  return bytes.slice(0, CASE_MAX);
}

const joined = (...parts: readonly Bytes[]): Bytes =>
  Uint8Array.from(parts.flatMap((part) => [...part])).slice(0, CASE_MAX);
