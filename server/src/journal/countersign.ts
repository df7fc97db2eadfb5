import type { Countersigned } from '../../../src/contract/api.ts';
import { fromHex } from '../../../src/domain/bytes.ts';
import { hashOf, type Signer, signBytes } from '../../../src/domain/chain.ts';
import type { Head } from '../../../src/domain/entry.ts';
import type { TillPlace } from '../storage/journal.ts';

/** The server's signed word that it durably holds everything of this till up to `head`. Call it after the commit only. */
export async function countersign(
  signer: Signer,
  place: TillPlace,
  head: Head,
  serverTime: number,
): Promise<Countersigned> {
  const said = {
    merchant: place.merchant,
    till: place.till,
    head,
    serverTime,
    alg: signer.key.alg,
    kid: signer.key.kid,
  };
  return { ...said, sig: await signBytes(signer, fromHex(await hashOf(said))) };
}
