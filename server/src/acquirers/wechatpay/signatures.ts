import { createPublicKey, createVerify, type KeyObject } from 'node:crypto';
import type { Clock } from '../../../../src/domain/clock.ts';

/** An answer or callback whose time is further off than this is refused (WeChat Pay APIv3, signature verification). */
export const CLOCK_OFFSET_MAX_S = 300;

/** The four headers that carry the proof, and the body as it came. */
export interface SignedText {
  readonly timestamp: string | undefined;
  readonly nonce: string | undefined;
  readonly serial: string | undefined;
  readonly signature: string | undefined;
  readonly body: string;
}

export type SignatureFault = 'signature-invalid' | 'stale' | 'key-unknown';

/** The platform's keys by serial. Throws when a PEM cannot be read. */
export function platformKeys(pems: Readonly<Record<string, string>>): ReadonlyMap<string, KeyObject> {
  return new Map(Object.entries(pems).map(([serial, pem]) => [serial, createPublicKey(pem)]));
}

/**
 * Whether WeChat Pay itself said this, just now: RSA-SHA256 over `TIMESTAMP\nNONCE\nBODY\n` by the key that the serial names.
 * Says why not. Probes (`WECHATPAY/SIGNTEST/…`) fail like any other wrong signature.
 */
export function signatureFault(
  text: SignedText,
  keys: ReadonlyMap<string, KeyObject>,
  clock: Clock,
): SignatureFault | undefined {
  const { timestamp, nonce, serial, signature } = text;
  if (timestamp === undefined || nonce === undefined || serial === undefined || signature === undefined)
    return 'signature-invalid';
  const key = keys.get(serial);
  if (key === undefined) return 'key-unknown';
  const signed = createVerify('RSA-SHA256').update(`${timestamp}\n${nonce}\n${text.body}\n`);
  if (!signed.verify(key, signature, 'base64')) return 'signature-invalid';
  if (!/^\d{1,12}$/.test(timestamp)) return 'stale';
  return Math.abs(clock.now() / 1000 - Number(timestamp)) > CLOCK_OFFSET_MAX_S ? 'stale' : undefined;
}
