import type { HostResult } from '../ports.ts';

const APPROVED = '8A023030';
/** 05: do not honour. Whether the host said no or said nothing, the chip must not approve. */
const DECLINED = '8A023035';
const FIRST_TAG = /^(8A|91|71|72)/;

/**
 * What the chip is told, as BER-TLV: authorisation response code 8A, then what the host sent (91, 71, 72). The code is of our
 * own making where the host's answer has none.
 */
export function hostTags({ approved, emv = '' }: HostResult): Uint8Array<ArrayBuffer> {
  const code = approved ? APPROVED : DECLINED;
  const given = FIRST_TAG.test(emv) ? emv : '';
  const text = given.startsWith('8A02') ? given : code + given;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) =>
    Number.parseInt(text.slice(2 * at, 2 * at + 2), 16),
  );
}
