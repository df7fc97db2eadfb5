/** CRC-16, reflected polynomial 8408, initial 0: over the unstuffed APDU and then 03 (facts: devices 3.5). */
export function zvtCrc(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >> 1 : (crc >> 1) ^ 0x8408;
  }
  return crc;
}
