import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { headOf, newSigner, seal } from '../../../src/domain/chain.ts';
import type { SignedEntry } from '../../../src/domain/entry.ts';
import { accepted, refused } from '../testing/answers.ts';
import { type FakeTill, jsonPost } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let till: FakeTill;

beforeEach(async () => {
  server = await openTestApp();
  till = await server.enrolTill();
});
afterEach(() => server.close());

describe('bad batches store nothing', () => {
  const untouched = async (send: () => Promise<Response>) => {
    const before = await server.counts();
    const answer = await refused(await send());
    expect(await server.counts()).toEqual(before);
    return answer;
  };

  it('refuses an entry with any field of it changed, wherever it stands in the batch', async () => {
    const entries = await till.sell(3);
    const [, second] = entries as [SignedEntry, SignedEntry, SignedEntry];
    const { entry } = second;
    const sale = entry.body as Record<string, unknown>;
    const otherHash = 'f'.repeat(64);
    const tampered: Record<string, unknown> = {
      v: { ...second, entry: { ...entry, v: 2 } },
      till: { ...second, entry: { ...entry, till: 'B9' } },
      epoch: { ...second, entry: { ...entry, epoch: '000000' } },
      seq: { ...second, entry: { ...entry, seq: 7 } },
      prev: { ...second, entry: { ...entry, prev: otherHash } },
      at: { ...second, entry: { ...entry, at: entry.at + 1 } },
      mono: { ...second, entry: { ...entry, mono: entry.mono + 1 } },
      operator: { ...second, entry: { ...entry, operator: 'someone' } },
      training: { ...second, entry: { ...entry, training: true } },
      type: { ...second, entry: { ...entry, type: 'sale.opened' } },
      body: { ...second, entry: { ...entry, body: { ...sale, total: 1 } } },
      day: { ...second, entry: { ...entry, body: { ...sale, day: '2026-11-23' } } },
      extra: { ...second, entry: { ...entry, note: 'x' } },
      hash: { ...second, hash: otherHash },
      alg: { ...second, alg: 'ES256' },
      kid: { ...second, kid: '0'.repeat(16) },
      sig: { ...second, sig: `${second.sig.startsWith('A') ? 'B' : 'A'}${second.sig.slice(1)}` },
      swappedSig: { ...second, sig: entries[0]!.sig },
    };
    const codes: Record<string, string> = {};
    for (const [field, value] of Object.entries(tampered)) {
      const answer = await untouched(() => till.send([entries[0], value, entries[2]]));
      expect([field, answer.at]).toEqual([field, 1]);
      codes[field] = answer.code;
    }
    expect(codes).toEqual({
      v: 'entry-invalid',
      till: 'entry-invalid',
      epoch: 'hash-mismatch',
      seq: 'hash-mismatch',
      prev: 'hash-mismatch',
      at: 'hash-mismatch',
      mono: 'hash-mismatch',
      operator: 'hash-mismatch',
      training: 'hash-mismatch',
      type: 'entry-invalid',
      body: 'hash-mismatch',
      day: 'hash-mismatch',
      extra: 'entry-invalid',
      hash: 'hash-mismatch',
      alg: 'signature-invalid',
      kid: 'unknown-key',
      sig: 'signature-invalid',
      swappedSig: 'signature-invalid',
    });
  });

  it('refuses a reordered batch, a doubled beginning and a chain that does not join', async () => {
    const [first, second, third] = await till.sell(3);
    expect(await untouched(() => till.send([second, first]))).toMatchObject({
      code: 'sequence-gap',
      status: 409,
      at: 0,
    });
    await accepted(await till.send([first]));
    expect(await untouched(() => till.send([first, third, second]))).toMatchObject({
      code: 'sequence-gap',
      at: 1,
      head: headOf(first!),
    });
    till.moveTo({ ...headOf(first!), hash: 'a'.repeat(64) });
    expect(await untouched(async () => till.send(await till.sell(1)))).toMatchObject({
      code: 'broken-chain',
      status: 422,
      at: 0,
    });
  });

  it('refuses a gap and says what it holds', async () => {
    const entries = await till.sell(4);
    await accepted(await till.send(entries.slice(0, 1)));
    expect(await untouched(() => till.send(entries.slice(2)))).toMatchObject({
      code: 'sequence-gap',
      status: 409,
      head: headOf(entries[0]!),
    });
    await accepted(await till.send(entries));
  });

  it('refuses the whole batch when its last entry is bad', async () => {
    const entries = await till.sell(5);
    const bad = { ...entries[4]!, hash: '0'.repeat(64) };
    expect(await untouched(() => till.send([...entries.slice(0, 4), bad]))).toMatchObject({
      code: 'hash-mismatch',
      at: 4,
    });
  });

  it('refuses training entries', async () => {
    const entry = await till.write({ type: 'sale.completed', body: till.sale([100]) }, { training: true });
    expect(await untouched(() => till.send([entry]))).toMatchObject({
      code: 'training-entry',
      status: 422,
      at: 0,
    });
  });

  it('refuses the key of another till, and tells a stranger nothing of the head', async () => {
    await accepted(await till.send(await till.sell(1)));
    const stranger = await newSigner();
    const [mine] = await till.sell(1);
    const forged = await seal(mine!.entry, stranger);
    const answer = await untouched(() => till.send([forged]));
    expect(answer).toMatchObject({ code: 'unknown-key', at: 0 });
    expect(answer.head).toBeUndefined();
  });

  it('refuses entries for a shop or till that is not there', async () => {
    const entries = await till.sell(1);
    const body = { contract: 1, merchant: 'm-0000000000', till: till.till, entries };
    expect(await untouched(() => server.call('/api/journal', jsonPost(body)))).toMatchObject({
      code: 'unknown-key',
    });
  });
});
