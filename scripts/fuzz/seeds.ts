import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../pinned.mjs';
import { CODECS } from '../wire/codecs.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** Where there are no captures. Text for a codec of text, JSON for its encoder, or hex. */
const SAMPLES: Readonly<Record<string, readonly string[]>> = {
  tlv: [
    '9F2608010203040506070882021C00950500000000009F3602001A5F2A020156',
    '77099F2701809F360200017003820100',
  ],
  'emv-qr': ['0002015902小店26110007cn.shop63042632'],
  iso8583: [
    '02007020040000C082001647617390010101190000000000000125000001230510313233343536373831323334353637383930313233343531353600059F36020157',
  ],
  escpos: [
    '1B401B74001C26CAD5D2F81C2E1D2111414243200A1D5642001B70003C78',
    '1B4054455354200A1D286B0400314132001D286B0300315130',
  ],
  star: [
    // A slip in Star Line Mode's two-byte text; then UTF-8, a picture, a cut and the questions.
    '1B401B1E46001B1E61011B1D61011B6901011B45D0A1C3E6B9DD0A1B1D795330021B1D795331011B1D795332051B1D794431000B0068747470733A2F2F782F311B1D7950',
    '1B6B01000000000000000000000000000000000000000000000000FF0A1B64031B0714140717',
    '1B1D2955020030011B1D2955020040011B1D295505004102010304E59088E8AEA12031322E35300A1B1D53010200020000A55A0FF01B301B61031B1E45001B1D030112341B0601',
  ],
  cd5220: [
    '1B400C1B5141546F74616C0D1B5142BACFBCC62031322E35300D1B6C0302392E30301B5F001B7331181B514448656C6C6F0D',
  ],
  'escpos-status': ['12', '10000F0F', '372230303031 00', '5F54 4D2D00'],
};

/** Whose captures, where the driver's folder has not the name of the codec. Those of `star` are what such a printer says. */
const CAPTURES_OF: Readonly<Record<string, readonly string[]>> = {
  star: [],
  'star-status': ['star'],
  cd5220: ['pole'],
};

const bytesOfHex = (hex: string): Bytes => Uint8Array.from(Buffer.from(hex.replaceAll(/\s/g, ''), 'hex'));

/** Bare hex is one message, on however many lines. With notes (`hex # note`) each line is one; `codec hex # note` is for that codec. */
function captured(id: string, text: string): readonly string[] {
  if (!text.includes('#')) return [text];
  return text.split('\n').flatMap((line) => {
    const [hex = '', whose = id] = line.replace(/#.*/, '').trim().split(' ').reverse();
    return hex !== '' && whose === id ? [hex] : [];
  });
}

/** What a codec's cases are made from: the captures of its drivers, and samples. */
export function seedsOf(id: string): readonly Bytes[] {
  const captures = (CAPTURES_OF[id] ?? [id]).flatMap((driver) => {
    const folder = join(ROOT, 'src/devices/drivers', driver, 'captures');
    if (!existsSync(folder)) return [];
    const names = readdirSync(folder).filter((name) => name.endsWith('.hex'));
    return names.flatMap((name) => captured(id, readFileSync(join(folder, name), 'utf8')));
  });
  const samples = SAMPLES[id] ?? [];
  const ofText = CODECS[id]?.text === true;
  return [
    ...captures.map(bytesOfHex),
    ...samples.map((sample) => (ofText ? Uint8Array.from(Buffer.from(sample)) : bytesOfHex(sample))),
  ];
}
