import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Countersigned } from '../../../src/contract/api.ts';
import { fromHex, toBase64url } from '../../../src/domain/bytes.ts';
import { hashOf, headOf, importPublicKey, keyId, verifyBytes } from '../../../src/domain/chain.ts';
import type { SignedEntry } from '../../../src/domain/entry.ts';
import { accepted, officeCode, openOffice } from '../testing/answers.ts';
import { FakeTill } from '../testing/fake-till.ts';
import { openTestApp, type TestApp } from '../testing/test-app.ts';

let server: TestApp;
let till: FakeTill;

beforeEach(async () => {
  server = await openTestApp();
  till = await server.enrolTill();
});
afterEach(() => server.close());

async function isByServer({ sig, ...said }: Countersigned): Promise<boolean> {
  const { serverKey } = till.enrolment;
  return verifyBytes(serverKey.alg, await importPublicKey(serverKey), sig, fromHex(await hashOf(said)));
}

describe('good batches', () => {
  it('appends a batch and countersigns its last entry with the key told at enrolment', async () => {
    const entries = await till.sell(3);
    const { appended, known, countersigned } = await accepted(await till.send(entries));
    expect({ appended, known, head: countersigned.head }).toEqual({
      appended: 3,
      known: 0,
      head: headOf(entries[2]!),
    });
    expect(await isByServer(countersigned)).toBe(true);
    expect(await isByServer({ ...countersigned, head: { ...countersigned.head, seq: 2 } })).toBe(false);
  });

  it('takes each batch three times and counts it once', async () => {
    for (let batch = 0; batch < 3; batch += 1) {
      const entries = await till.sell(4);
      await accepted(await till.send(entries));
      const before = await server.counts();
      for (let replay = 0; replay < 2; replay += 1) {
        expect(await accepted(await till.send(entries))).toMatchObject({ appended: 0, known: 4 });
      }
      expect(await server.counts()).toEqual(before);
    }
    expect((await server.counts())['sale']).toBe(12);
  });

  it('stays idempotent over 1,000 replays spread over 400 days', async () => {
    const entries = await till.sell(20);
    await accepted(await till.send(entries));
    const before = await server.counts();
    for (let replay = 0; replay < 1_000; replay += 1) {
      server.clock.advance((400 * 86_400_000) / 1_000);
      const from = (replay * 7) % 19;
      const response = await till.send(entries.slice(from, from + 2));
      expect(await accepted(response)).toMatchObject({ appended: 0, known: 2 });
    }
    expect(await server.counts()).toEqual(before);
  });

  it('takes a batch that begins with known entries and goes on with new ones', async () => {
    const entries = await till.sell(5);
    await accepted(await till.send(entries.slice(0, 3)));
    expect(await accepted(await till.send(entries))).toMatchObject({ appended: 2, known: 3 });
  });

  it('answers two tabs that send the same batch at once with one copy in the journal', async () => {
    const entries = await till.sell(6);
    const answers = await Promise.all(
      [till.send(entries), till.send(entries), till.send(entries)].map(async (each) => accepted(await each)),
    );
    expect(answers.map((each) => each.appended).sort()).toEqual([0, 0, 6]);
    expect((await server.counts())['journal']).toBe(6);
  });

  it('takes the longest sale that the domain allows', async () => {
    const sale = till.sale(Array.from({ length: 200 }, () => 100));
    const lines = sale.lines.map((line) => ({ ...line, name: '品'.repeat(80) }));
    await accepted(await till.send([await till.write({ type: 'sale.completed', body: { ...sale, lines } })]));
  });

  it('takes gzip', async () => {
    const entries = await till.sell(2);
    const body = gzipSync(JSON.stringify({ contract: 1, merchant: till.merchant, till: till.till, entries }));
    const headers = {
      'content-type': 'application/json',
      'content-encoding': 'gzip',
      'content-length': String(body.length),
    };
    await accepted(await server.call('/api/journal', { method: 'POST', headers, body }));
  });

  it('orders by epoch and number when the clock of the till is days wrong in either direction', async () => {
    const day = 86_400_000;
    const now = server.clock.now();
    const entries: SignedEntry[] = [];
    for (const shift of [0, 3 * day, -3 * day, 1]) {
      entries.push(
        await till.write(
          { type: 'sale.completed', body: till.sale([100 + entries.length]) },
          { at: now + shift },
        ),
      );
    }
    await accepted(await till.send(entries));
    const cookie = await openOffice(server.call, till);
    const page = await (await server.call('/office', { headers: { cookie } })).text();
    const places = entries.map((each) => page.indexOf(`-${String(each.entry.seq).padStart(6, '0')}<`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => b - a)); // Newest first.
  });

  it('takes entries of a till whose key is ECDSA', async () => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, [
      'sign',
      'verify',
    ]);
    const raw = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey));
    const kid = await keyId(raw);
    const signer = { pair, key: { alg: 'ES256' as const, kid, publicKey: toBase64url(raw) } };
    const code = await officeCode(server.call, till);
    const other = await FakeTill.enrol(
      { call: server.call, clock: server.clock, random: server.random, signer },
      code,
    );
    expect(other.till).toBe('A2');
    await accepted(await other.send(await other.sell(2)));
  });
});
