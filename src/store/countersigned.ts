import type { Countersigned } from '../contract/api.ts';
import { fromHex } from '../domain/bytes.ts';
import { hashOf, importPublicKey, verifyBytes } from '../domain/chain.ts';
import type { TillIdentity } from '../domain/journal.ts';

/** Whether the server's word is about this till and by the key that was pinned at enrolment. */
export async function isTrusted(word: Countersigned, identity: TillIdentity): Promise<boolean> {
  const key = identity.serverKey;
  if (key === undefined || key.kid !== word.kid || key.alg !== word.alg) return false;
  if (word.merchant !== identity.merchant || word.till !== identity.till) return false;
  const { sig, ...said } = word;
  return verifyBytes(key.alg, await importPublicKey(key), sig, fromHex(await hashOf(said)));
}
