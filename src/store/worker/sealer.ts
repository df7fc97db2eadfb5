import { canonicalBytes } from '../../domain/canonical.ts';
import { type Signer, signBytes } from '../../domain/chain.ts';
import type { Clock } from '../../domain/clock.ts';
import {
  ENTRY_BYTES_MAX,
  type Entry,
  type EntryDraft,
  EntrySchema,
  GENESIS_HASH,
  type Head,
  type SignedEntry,
} from '../../domain/entry.ts';
import { type Epoch, hex, type OperatorId } from '../../domain/ids.ts';
import { JournalError, type TillIdentity } from '../../domain/journal.ts';

/** Signs for the journal itself: repairs and enrolment are nobody's sale. */
export const JOURNAL_OPERATOR = 'till' as OperatorId;

/** Room an entry needs besides type and body: envelope, hash and signature. */
const ENVELOPE_BYTES = 1_024;
/** UTF-8 bytes of one UTF-16 code unit, at most. */
const UTF8_PER_UNIT_MAX = 3;

/** A draft and who answers for it. */
export interface Signed {
  readonly draft: EntryDraft;
  readonly operator: OperatorId;
}

/** Where the next entry stands. `prev` is the hash before it. */
export interface Place {
  readonly epoch: Epoch;
  readonly seq: number;
  readonly prev: string;
}

export const placeAfter = (head: Head): Place => ({ epoch: head.epoch, seq: head.seq + 1, prev: head.hash });

/** The first place of a new epoch; `base` is the last entry known before it. */
export const firstPlace = (epoch: Epoch, base: Pick<Head, 'hash'> | undefined): Place => ({
  epoch,
  seq: 1,
  prev: base?.hash ?? GENESIS_HASH,
});

/** A draft that can be no entry. `at`: which of the drafts that were to be sealed. */
export class RefusedDraft extends JournalError {
  readonly at: number;
  constructor(code: 'invalid-entry' | 'too-large', message: string, at: number, options?: ErrorOptions) {
    super(code, message, false, options);
    this.at = at;
  }

  /** The same refusal, counted from another beginning. */
  moved(by: number): RefusedDraft {
    return new RefusedDraft(this.code as 'invalid-entry', this.message, this.at + by, { cause: this.cause });
  }
}

/** The most bytes drafts can take as entries. Cheap, and never too low. */
export function bytesAtMost(drafts: readonly Signed[]): number {
  return JSON.stringify(drafts).length * UTF8_PER_UNIT_MAX + drafts.length * ENVELOPE_BYTES;
}

/** Entries numbered and hashed; their signatures are on the way. */
export interface Sealing {
  readonly entries: readonly Entry[];
  readonly signed: Promise<readonly SignedEntry[]>;
}

/** Numbers, chains and signs drafts. Rejects with RefusedDraft at the first that is too large or no plain JSON. */
export async function sealAll(
  drafts: readonly Signed[],
  from: Place,
  by: { readonly identity: TillIdentity; readonly signer: Signer; readonly clock: Clock },
): Promise<Sealing> {
  const entries: Entry[] = [];
  const signing: Promise<SignedEntry>[] = [];
  let place = from;
  for (const [at, { draft, operator }] of drafts.entries()) {
    const entry = {
      ...draft,
      v: 1,
      till: by.identity.till,
      ...place,
      at: Math.max(0, Math.trunc(by.clock.now())),
      mono: Math.max(0, Math.trunc(by.clock.mono())),
      operator,
      training: by.identity.training,
    } as Entry;
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytesOf(entry, at)));
    const hash = hex(digest);
    signing.push(sign(entry, hash, digest, by.signer));
    entries.push(entry);
    place = { epoch: place.epoch, seq: place.seq + 1, prev: hash };
  }
  return { entries, signed: Promise.all(signing) };
}

async function sign(
  entry: Entry,
  hash: string,
  digest: Uint8Array<ArrayBuffer>,
  by: Signer,
): Promise<SignedEntry> {
  const sig = await signBytes(by, digest);
  return { entry, hash, alg: by.key.alg, kid: by.key.kid, sig };
}

function bytesOf(entry: Entry, at: number): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = canonicalBytes(entry);
  } catch (cause) {
    throw new RefusedDraft('invalid-entry', 'an entry must be plain JSON of whole text', at, { cause });
  }
  if (bytes.length > ENTRY_BYTES_MAX)
    throw new RefusedDraft('too-large', `an entry of ${bytes.length} bytes`, at);
  return bytes;
}

/** Throws RefusedDraft at the first entry that is not as its type must be. */
export function checkAll(entries: readonly Entry[]): void {
  for (const [at, entry] of entries.entries()) {
    const checked = EntrySchema.safeParse(entry);
    if (checked.success) continue;
    throw new RefusedDraft('invalid-entry', `${entry.type} is not as it must be`, at, {
      cause: checked.error,
    });
  }
}
