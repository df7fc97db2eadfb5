import { cd5220 } from './cd5220.ts';
import { ecrHub } from './ecrhub.ts';
import { emvQr } from './emv-qr.ts';
import { escPos, escPosStatus } from './escpos.ts';
import { iso8583 } from './iso8583.ts';
import { mms } from './mms.ts';
import { msrMagneSafe } from './msr-magnesafe.ts';
import { msrSecureMag } from './msr-securemag.ts';
import { neo2 } from './neo2.ts';
import { pax } from './pax.ts';
import { pn532 } from './pn532.ts';
import { star, starStatus } from './star.ts';
import { tlv } from './tlv.ts';
import type { WireCodec } from './wire-codec.ts';
import { zvt } from './zvt.ts';

/** Every codec of the command line and of the fuzzer: one line each. */
export const CODECS: Readonly<Record<string, WireCodec>> = {
  escpos: escPos,
  'escpos-status': escPosStatus,
  star,
  'star-status': starStatus,
  mms,
  neo2,
  'msr-magnesafe': msrMagneSafe,
  'msr-securemag': msrSecureMag,
  zvt,
  ecrhub: ecrHub,
  pax,
  pn532,
  cd5220,
  tlv,
  'emv-qr': emvQr,
  iso8583,
};
