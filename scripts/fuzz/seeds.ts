import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../pinned.mjs';
import { CODECS } from '../wire/codecs.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Where there are no captures. Text for a codec of text, JSON for its encoder, or hex. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  tlv: [
    '9F2608010203040506070882021C00950500000000009F3602001A5F2A020156',
    '770A9F2701809F360200017002820000',
  ],
  'emv-qr': ['0002015902小店26110007cn.shop63042632'],
  iso8583: [
    '02007020040000C082001647617390010101190000000000000125000001230510313233343536373831323334353637383930313233343531353600059F36020157',
  ],
  escpos: [
    '1B401B74001C26CAD5D2F81C2E1D2111414243200A1D5642001B70003C78',
    '1B4054455354200A1D286B0400314132001D286B0300315130',
  ],
  'escpos-status': ['12', '10000F0F', '372230303031 00', '5F54 4D2D00'],
};

const bytesOfHex = (hex: string): Bytes => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));

/** What a codec's cases are made from: the captures of its drivers, and samples. */
export function seedsOf(id: string): readonly Bytes[] {
  const folder = join(ROOT, 'src/devices/drivers', id, 'captures');
  const captures = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.hex'))
        .map((name) => readFileSync(join(folder, name), 'utf8'))
    : [];
  const samples = SAMPLES[id] ?? [];
  const ofText = CODECS[id]?.text === true;
  return [
    ...captures.map(bytesOfHex),
    ...samples.map((sample) => (ofText ? Uint8Array.from(Buffer.from(sample)) : bytesOfHex(sample))),
  ];
}
