const POLYNOMIAL = 0x1021;
const INITIAL = 0xffff;

/** CRC-16 of ISO/IEC 13239 as EMVCo uses it: polynomial 1021, initial FFFF, not reflected. "123456789" gives 29B1. */
export function crc16(bytes: Uint8Array): number {
  let crc = INITIAL;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit += 1) {
      crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ POLYNOMIAL;
    }
    crc &= 0xffff;
  }
  return crc;
}
