import { canonicalBytes } from '../../domain/canonical.ts';
import { headOf, type Signer, seal } from '../../domain/chain.ts';
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
import type { Epoch, OperatorId } from '../../domain/ids.ts';
import { JournalError, type TillIdentity } from '../../domain/journal.ts';

/** Signs for the journal itself: repairs and enrolment are nobody's sale. */
export const JOURNAL_OPERATOR = 'till' as OperatorId;

/** Room an entry needs besides type and body: envelope, hash and signature. */
const ENVELOPE_BYTES = 1_024;
/** UTF-8 bytes of one UTF-16 code unit, at most. */
const UTF8_PER_UNIT_MAX = 3;
/** How `JSON.stringify` writes half a character, which has no canonical form. */
const LONE_SURROGATE = '\\ud';

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

/**
 * The bytes a draft may take as an entry. Throws JournalError when it can be none, so that one bad call never fails the
 * group it would travel in.
 */
export function checkDraft(draft: EntryDraft, operator: OperatorId, identity: TillIdentity): number {
  const size = sizeOf(draft);
  const checked = EntrySchema.safeParse({
    ...draft,
    v: 1,
    till: identity.till,
    epoch: '000000',
    seq: 1,
    prev: GENESIS_HASH,
    at: 0,
    mono: 0,
    operator,
    training: identity.training,
  });
  if (!checked.success) {
    throw new JournalError('invalid-entry', `${draft.type} is not as it must be`, false, {
      cause: checked.error,
    });
  }
  return size;
}

/** Bytes an entry may take. Throws when it is too large or cannot be canonical JSON; most drafts cost one `stringify`. */
function sizeOf(draft: EntryDraft): number {
  const text = JSON.stringify(draft);
  const most = text.length * UTF8_PER_UNIT_MAX + ENVELOPE_BYTES;
  if (most <= ENTRY_BYTES_MAX && !text.includes(LONE_SURROGATE)) return most;
  let size: number;
  try {
    size = canonicalBytes(draft).length;
  } catch (error) {
    throw new JournalError('invalid-entry', 'an entry must be plain JSON of whole text', false, {
      cause: error,
    });
  }
  if (size + ENVELOPE_BYTES > ENTRY_BYTES_MAX)
    throw new JournalError('too-large', `an entry of ${size} bytes`);
  return size + ENVELOPE_BYTES;
}

/** Numbers, chains and signs drafts one after another. */
export async function sealAll(
  drafts: readonly Signed[],
  from: Place,
  by: { readonly identity: TillIdentity; readonly signer: Signer; readonly clock: Clock },
): Promise<readonly SignedEntry[]> {
  const sealed: SignedEntry[] = [];
  let place = from;
  for (const { draft, operator } of drafts) {
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
    const signed = await seal(entry, by.signer);
    sealed.push(signed);
    place = placeAfter(headOf(signed));
  }
  return sealed;
}
