/**
 * The DES block cipher (FIPS 46-3), forwards only: all that a simulated reader needs of it. Browsers have none, and a reader
 * that a page simulates must encrypt as a real one does. Slow and not hardened: for published test keys only.
 */

const BLOCK = 8;
const ROUNDS = 16;

/** Places of bits as the standard prints them, counted from 1, two hex digits each. */
const places = (hex: string): readonly number[] =>
  Array.from({ length: hex.length / 2 }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16) - 1);

const INITIAL = places(
  '3A322A221A120A023C342C241C140C043E362E261E160E064038302820181008' +
    '39312921191109013B332B231B130B033D352D251D150D053F372F271F170F07',
);
const FINAL = places(
  '280830103818402027072F0F37173F1F26062E0E36163E1E25052D0D35153D1D' +
    '24042C0C34143C1C23032B0B33133B1B22022A0A32123A1A2101290931113919',
);
const PERMUTATION = places('100714151D0C1C11010F171A05121F0A0208180E201B0309130D1E06160B0419');
const KEY_CHOICE = places(
  '39312921191109013A322A221A120A023B332B231B130B033C342C243F372F271F170F073E362E261E160E063D352D251D150D051C140C04',
);
const ROUND_CHOICE = places(
  '0E110B180105031C0F06150A17130C041A0810071B140D0229341F252F371E28332D21302C31273822352E2A32241D20',
);
/** Bits 32 1 2 3 4 5, 4 5 6 7 8 9 and so on. */
const EXPANSION = Array.from({ length: 48 }, (_, at) => (Math.floor(at / 6) * 4 + (at % 6) + 31) % 32);
const ROTATIONS = [1, 1, 2, 2, 2, 2, 2, 2, 1, 2, 2, 2, 2, 2, 2, 1];
/** The eight tables, one hex digit for each entry, row by row. */
const TABLES = [
  'E4D12FB83A6C59070F74E2D1A6CB953841E8D62BFC973A50FC8249175B3EA06D',
  'F18E6B34972DC05A3D47F28EC01A69B50E7BA4D158C6932FD8A13F42B67C05E9',
  'A09E63F51DC7B428D709346A285ECBF1D6498F30B12C5AE71AD069874FE3B52C',
  '7DE3069A1285BC4FD8B56F03472C1AE9A690CB7DF13E52843F06A1D8945BC72E',
  '2C417AB6853FD0E9EB2C47D150FA3986421BAD78F9C5630EB8C71E2D6F09A453',
  'C1AF92680D34E75BAF427C9561DE0B389EF528C3704A1DB6432C95FABE17608D',
  '4B2EF08D3C975A61D0B7491AE35C2F8614BDC37EAF6805926BD814A7950FE23C',
  'D2846FB1A93E50C71FD8A374C56B0E927B419CE206ADF35821E74A8DFC90356B',
];

type Bits = readonly number[];

const bitsOf = (bytes: Uint8Array): Bits =>
  Array.from({ length: bytes.length * 8 }, (_, at) => ((bytes[at >> 3] ?? 0) >> (7 - (at & 7))) & 1);

const bytesOf = (bits: Bits): Uint8Array<ArrayBuffer> =>
  Uint8Array.from({ length: bits.length / 8 }, (_, byte) =>
    bits.slice(byte * 8, byte * 8 + 8).reduce((value, bit) => value * 2 + bit, 0),
  );

const chosen = (bits: Bits, from: readonly number[]): Bits => from.map((place) => bits[place] ?? 0);
const mixed = (a: Bits, b: Bits): Bits => a.map((bit, at) => bit ^ (b[at] ?? 0));
const rotated = (bits: Bits, by: number): Bits => [...bits.slice(by), ...bits.slice(0, by)];

/** The sixteen round keys of a key of eight bytes. */
function roundKeys(key: Uint8Array): readonly Bits[] {
  const whole = chosen(bitsOf(key), KEY_CHOICE);
  let [left, right] = [whole.slice(0, 28), whole.slice(28)] as [Bits, Bits];
  return ROTATIONS.map((by) => {
    left = rotated(left, by);
    right = rotated(right, by);
    return chosen([...left, ...right], ROUND_CHOICE);
  });
}

function rounds(block: Uint8Array, keys: readonly Bits[]): Uint8Array<ArrayBuffer> {
  const start = chosen(bitsOf(block), INITIAL);
  let [left, right] = [start.slice(0, 32), start.slice(32)] as [Bits, Bits];
  for (let round = 0; round < ROUNDS; round += 1) {
    const six = mixed(chosen(right, EXPANSION), keys[round] ?? []);
    const four = TABLES.flatMap((table, at) => {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = six.slice(at * 6, at * 6 + 6);
      const entry = (a * 2 + f) * 16 + b * 8 + c * 4 + d * 2 + e;
      const value = Number.parseInt(table.charAt(entry), 16);
      return [value >> 3, (value >> 2) & 1, (value >> 1) & 1, value & 1];
    });
    [left, right] = [right, mixed(left, chosen(four, PERMUTATION))];
  }
  return bytesOf(chosen([...right, ...left], FINAL));
}

/** One block under a key of eight bytes. */
export const desBlock = (key: Uint8Array, block: Uint8Array): Uint8Array<ArrayBuffer> =>
  rounds(block, roundKeys(key));

/** Two-key TDES of one block: encrypt, decrypt, encrypt. The round keys are made once. */
function tdes(key: Uint8Array): (block: Uint8Array) => Uint8Array<ArrayBuffer> {
  const [first, second] = [roundKeys(key.subarray(0, BLOCK)), roundKeys(key.subarray(BLOCK))];
  const back = [...second].reverse();
  return (block) => rounds(rounds(rounds(block, first), back), first);
}

/** One block under two-key TDES. */
export const tdesBlock = (key: Uint8Array, block: Uint8Array): Uint8Array<ArrayBuffer> => tdes(key)(block);

/** Whole blocks, chained from zeros. */
export function tdesCbc(key: Uint8Array, clear: Uint8Array): Uint8Array<ArrayBuffer> {
  const encrypt = tdes(key);
  const out = new Uint8Array(clear.length);
  let last: Uint8Array = new Uint8Array(BLOCK);
  for (let at = 0; at < clear.length; at += BLOCK) {
    const previous = last;
    last = encrypt(clear.subarray(at, at + BLOCK).map((byte, index) => byte ^ (previous[index] ?? 0)));
    out.set(last, at);
  }
  return out;
}
