import canonicalize from 'canonicalize';

/**
 * RFC 8785 canonical JSON as UTF-8 bytes: the same value gives the same bytes on every machine, so a hash means something.
 * Throws TypeError for what JSON cannot carry (undefined at the top, NaN, Infinity).
 */
export function canonicalBytes(value: unknown): Uint8Array<ArrayBuffer> {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('value has no canonical form');
  return new TextEncoder().encode(text);
}
