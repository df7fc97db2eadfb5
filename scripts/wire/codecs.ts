import { emvQr } from './emv-qr.ts';
import { escPos, escPosStatus } from './escpos.ts';
import { iso8583 } from './iso8583.ts';
import { tlv } from './tlv.ts';
import type { WireCodec } from './wire-codec.ts';

/** Every codec of the command line and of the fuzzer: one line each. */
export const CODECS: Readonly<Record<string, WireCodec>> = {
  escpos: escPos,
  'escpos-status': escPosStatus,
  tlv,
  'emv-qr': emvQr,
  iso8583,
};
