import { beforeAll, describe, expect, test } from 'vitest';
import { headOf, newSigner, type Signer, seal } from '../domain/chain.ts';
import { type Entry, type EntryDraft, GENESIS_HASH, type Head, type SignedEntry } from '../domain/entry.ts';
import type { Epoch } from '../domain/ids.ts';
import { checkRun, keyRing } from './chain-run.ts';
import { firstBad } from './check-entries.ts';
import { OPERATOR, sold, TILL } from './testing/books.ts';

const EPOCH = '000001' as Epoch;
let signer: Signer;

async function chain(drafts: readonly EntryDraft[], from?: Head, epoch = EPOCH): Promise<SignedEntry[]> {
  const run: SignedEntry[] = [];
  let head = from;
  for (const draft of drafts) {
    const seq = head?.epoch === epoch ? head.seq + 1 : 1;
    const place = { v: 1, till: TILL, epoch, seq, prev: head?.hash ?? GENESIS_HASH } as const;
    const entry = { ...draft, ...place, at: 1, mono: 1, operator: OPERATOR, training: false } as Entry;
    const signed = await seal(entry, signer);
    run.push(signed);
    head = headOf(signed);
  }
  return run;
}

beforeAll(async () => {
  signer = await newSigner();
});

const SALES = Array.from({ length: 70 }, (_, at) => sold(at + 1));

describe('a run of entries', () => {
  test('is valid to its end when nothing was touched', async () => {
    const run = await chain(SALES);
    const keys = await keyRing([signer.key]);
    expect(await checkRun(run, undefined, keys)).toEqual({ valid: 70, head: headOf(run.at(-1)!) });
  });

  test.each([
    [
      'an amount',
      (run: SignedEntry[]) => ((run[40]!.entry.body as { total: number }).total = 1),
      'hash-mismatch',
    ],
    [
      'a signature',
      (run: SignedEntry[]) => (run[40] = { ...run[40]!, sig: run[39]!.sig }),
      'signature-invalid',
    ],
    ['the order', (run: SignedEntry[]) => run.splice(40, 2, run[41]!, run[40]!), 'sequence-gap'],
    ['an entry taken out', (run: SignedEntry[]) => run.splice(40, 1), 'sequence-gap'],
    [
      'a strange key',
      (run: SignedEntry[]) => (run[40] = { ...run[40]!, kid: '0'.repeat(16) }),
      'unknown-key',
    ],
  ])('ends before the fault when %s was changed', async (_what, change, fault) => {
    const run = structuredClone(await chain(SALES));
    change(run);
    expect(await checkRun(run, undefined, await keyRing([signer.key]))).toMatchObject({ valid: 40, fault });
  });

  test('a repair that found the server ahead continues from the server, and nothing else may', async () => {
    const old = await chain(SALES.slice(0, 3));
    const server: Head = { epoch: EPOCH, seq: 9, hash: 'c'.repeat(64) };
    const repair = {
      source: 'server',
      server,
      restored: 0,
      newEpoch: true,
      reason: 'behind-server',
    } as const;
    const next = await chain([{ type: 'head.repaired', body: repair }], server, '000002' as Epoch);
    const keys = await keyRing([signer.key]);
    expect(await checkRun([...old, ...next], undefined, keys)).toMatchObject({ valid: 4 });
    const forged = await chain([sold(1)], server, '000002' as Epoch);
    expect(await checkRun([...old, ...forged], undefined, keys)).toMatchObject({
      valid: 3,
      fault: 'broken-chain',
    });
  });

  test('a gap is a fault where it is not known, and none where it is', async () => {
    const run = await chain(SALES.slice(0, 5));
    const placed = run
      .map((signed, at) => ({ position: at + 1, signed }))
      .filter(({ position }) => position !== 3);
    const keys = await keyRing([signer.key]);
    expect(await firstBad(placed, { parked: [] }, keys)).toBeUndefined();
    const closedUp = placed.map((each, at) => ({ ...each, position: at + 1 }));
    expect(await firstBad(closedUp, { parked: [] }, keys)).toBe(3);
  });
});
