import { describe, expect, test } from 'vitest';
import {
  Countersigner,
  DAY,
  enrolment,
  freshPrefix,
  OPERATOR,
  openTab,
  printed,
  saleId,
  sold,
  soldIn,
  till,
  tried,
} from './testing/books.ts';

describe('a journal in one tab', () => {
  test('what was appended is there after a reload, in order, with its lists', async () => {
    const { prefix, ...first } = await till(0);
    const entries = await first.journal.append(
      [tried(1, 'prepared'), tried(1, 'approved'), sold(1)],
      OPERATOR,
    );
    expect(entries.map((each) => each.entry.seq)).toEqual([2, 3, 4]);
    await first.journal.append([printed(1)], OPERATOR);
    await first.journal.append([tried(2, 'unknown')], OPERATOR);
    const status = first.journal.status;
    expect(status).toMatchObject({ copies: 'both', unsynced: 6, parked: 0 });
    first.worker.terminate();

    const { journal } = await openTab(prefix);
    expect(journal.status).toMatchObject({ role: 'writer', head: status.head, unsynced: 6 });
    expect(journal.status.repair).toBeUndefined();
    const sales = await journal.sales({ limit: 10 });
    expect(sales).toHaveLength(1);
    expect(sales[0]).toMatchObject({ position: 4, papers: 1, paper: 'printed' });
    expect((await journal.entriesOf(saleId(1))).map((each) => each.entry.type)).toEqual([
      'attempt.prepared',
      'attempt.approved',
      'sale.completed',
      'receipt.printed',
    ]);
    expect((await journal.unresolved()).map((each) => each.state)).toEqual(['unknown']);
    expect(await journal.totals(DAY)).toMatchObject({ sales: 1, total: 1_250, tenders: { cash: 1_250 } });
    expect(await journal.verify()).toEqual({ entries: 6, valid: 6 });
    await journal.close();
  });

  test('a new till has no head, refuses sales, and keeps its key over a reload until it is enrolled', async () => {
    const prefix = freshPrefix();
    const first = await openTab(prefix);
    expect(first.journal.status).toMatchObject({ role: 'writer', unsynced: 0 });
    expect(first.journal.status.head).toBeUndefined();
    await expect(first.journal.append([sold(1)], OPERATOR)).rejects.toMatchObject({ code: 'not-enrolled' });
    const key = await first.journal.createKey();
    await first.journal.close();
    const { journal } = await openTab(prefix);
    expect(await journal.createKey()).toEqual(key);
    expect((await journal.enrol(enrolment())).key).toEqual(key);
    await expect(journal.enrol(enrolment())).rejects.toMatchObject({ code: 'invalid-entry' });
    await journal.close();
  });

  test('calls made at once are written in their order, each told of its own entries', async () => {
    const { journal } = await till(0);
    const calls = Array.from({ length: 100 }, (_, at) =>
      journal.append([tried(at, 'sending'), sold(at)], OPERATOR),
    );
    const answers = await Promise.all(calls);
    const seqs = answers.flatMap((entries) => entries.map((each) => each.entry.seq));
    expect(seqs).toEqual(Array.from({ length: 200 }, (_, at) => at + 2));
    for (const [at, entries] of answers.entries())
      expect(entries[1]?.entry.body).toMatchObject({ saleId: saleId(at) });
    expect(await journal.verify()).toEqual({ entries: 201, valid: 201 });
    await journal.close();
  });

  test('a draft that is no entry is refused alone, and what was asked with it is written', async () => {
    const { journal } = await till(0);
    const bad = { type: 'sale.completed', body: { saleId: 'nonsense' } } as never;
    const long = {
      ...sold(2),
      body: { ...sold(2).body, lines: Array(200).fill({ name: '字'.repeat(80) }) },
    } as never;
    const half = { type: 'sale.voided', body: { saleId: saleId(1), reason: 'x\ud800' } } as never;
    const answers = await Promise.allSettled([
      journal.append([sold(1)], OPERATOR),
      journal.append([bad], OPERATOR),
      journal.append([half], OPERATOR),
      journal.append([long], OPERATOR),
      journal.append([], OPERATOR),
      journal.append([sold(3)], OPERATOR),
    ]);
    expect(answers.map((each) => (each.status === 'fulfilled' ? 'stored' : each.reason.code))).toEqual([
      'stored',
      'invalid-entry',
      'invalid-entry',
      'invalid-entry',
      'invalid-entry',
      'stored',
    ]);
    expect(await soldIn(journal)).toEqual([3, 1]);
    await journal.close();
  });

  test('more calls than the queue takes are refused, and those taken are written', async () => {
    const { journal } = await till(0);
    const calls = Array.from({ length: 1_800 }, (_, at) => journal.append([sold(at)], OPERATOR));
    const answers = await Promise.allSettled(calls);
    const stored = answers.filter((each) => each.status === 'fulfilled').length;
    const refused = answers.flatMap((each) => (each.status === 'rejected' ? [each.reason.code] : []));
    expect(new Set(refused)).toEqual(new Set(['too-large']));
    expect(stored).toBeGreaterThanOrEqual(512);
    expect(await journal.verify()).toEqual({ entries: stored + 1, valid: stored + 1 });
    await journal.close();
  });

  test('training writes books of its own', async () => {
    const { prefix, journal } = await till(2);
    const training = await openTab(prefix, {}, 'training');
    expect(training.journal.status).toMatchObject({ role: 'writer', unsynced: 0 });
    await training.journal.enrol({ ...enrolment(), training: true });
    const [entry] = await training.journal.append([sold(7)], OPERATOR);
    expect(entry?.entry.training).toBe(true);
    expect(await soldIn(training.journal)).toEqual([7]);
    expect(await soldIn(journal)).toEqual([2, 1]);
    await training.journal.close();
    await journal.close();
  });

  test('the vault keeps settings over a reload, and deletes them', async () => {
    const { prefix, journal } = await till(0);
    await journal.vault.set('printer', { vendor: 1_046 });
    await journal.vault.set('gone', 1);
    await journal.vault.delete('gone');
    await journal.close();
    const again = await openTab(prefix);
    expect(await again.journal.vault.get('printer')).toEqual({ vendor: 1_046 });
    expect(await again.journal.vault.get('gone')).toBeUndefined();
    await again.journal.close();
  });
});

describe('what the server has said', () => {
  test('moves the pointer and the count, only forward, and only when it is the server who said it', async () => {
    const server = await Countersigner.make();
    const { prefix, journal } = await till(5, { server });
    const unsent = await journal.unsent(100);
    expect(unsent.map((each) => each.position)).toEqual([1, 2, 3, 4, 5, 6]);
    const headAt = (position: number) => {
      const { entry, hash } = unsent[position - 1]!.signed;
      return { epoch: entry.epoch, seq: entry.seq, hash };
    };
    const stranger = await Countersigner.make();
    expect(await journal.acknowledge(await stranger.say(headAt(4)))).toBe(false);
    expect(await journal.acknowledge({ ...(await server.say(headAt(4))), serverTime: 5 })).toBe(false);
    expect(await journal.acknowledge(await server.say({ ...headAt(4), hash: 'd'.repeat(64) }))).toBe(false);
    expect(journal.status.unsynced).toBe(6);
    expect(await journal.acknowledge(await server.say(headAt(4)))).toBe(true);
    expect(await journal.acknowledge(await server.say(headAt(2)))).toBe(true);
    expect(journal.status).toMatchObject({ unsynced: 2, acknowledged: headAt(4) });
    expect((await journal.unsent(1)).map((each) => each.position)).toEqual([5]);
    await journal.close();
    const again = await openTab(prefix);
    expect(again.journal.status).toMatchObject({ unsynced: 2, acknowledged: headAt(4) });
    await again.journal.close();
  });

  test('a parked entry waits with its reason and does not hold up the rest', async () => {
    const server = await Countersigner.make();
    const { journal } = await till(3, { server });
    await journal.park(2, 'entry-invalid');
    expect((await journal.unsent(100)).map((each) => each.position)).toEqual([1, 3, 4]);
    expect(await journal.acknowledge(await server.say(journal.status.head!))).toBe(true);
    expect(journal.status).toMatchObject({ unsynced: 1, parked: 1 });
    expect(await journal.parkedEntries()).toMatchObject([{ position: 2, reason: 'entry-invalid' }]);
    await journal.unpark(2);
    expect(journal.status).toMatchObject({ unsynced: 0, parked: 0 });
    await journal.close();
  });

  test('a server that has lost entries gets them again', async () => {
    const server = await Countersigner.make();
    const { journal } = await till(3, { server });
    const head = journal.status.head!;
    const [first] = await journal.unsent(1);
    await journal.acknowledge(await server.say(head));
    expect(await journal.reconcile(await server.say(head))).toBe('agreed');
    const { epoch, seq } = first!.signed.entry;
    expect(await journal.reconcile(await server.say({ epoch, seq, hash: first!.signed.hash }))).toBe(
      'resending',
    );
    expect(journal.status.unsynced).toBe(3);
    expect(await journal.reconcile(undefined)).toBe('resending');
    expect(journal.status.unsynced).toBe(4);
    await journal.close();
  });

  test('another branch under our numbers begins a new epoch behind the server', async () => {
    const server = await Countersigner.make();
    const { journal } = await till(3, { server });
    const head = { ...journal.status.head!, hash: 'e'.repeat(64) };
    expect(await journal.reconcile(await server.say(head))).toBe('new-epoch');
    expect(journal.status.repair).toMatchObject({ reason: 'fork', newEpoch: true });
    expect((await journal.unsent(10)).at(-1)?.signed.entry).toMatchObject({ seq: 1, prev: head.hash });
    await journal.close();
  });
});

describe('a long time without a network', () => {
  test('ten thousand entries in many files: counted without a scan, all there after a reload, files free again after sync', async () => {
    const server = await Countersigner.make();
    const { prefix, ...tab } = await till(0, { server, segmentBytes: 1024 * 1024 });
    const ENTRIES = 10_000;
    const CALL = 50;
    for (let n = 0; n < ENTRIES - 1; ) {
      const calls: Promise<unknown>[] = [];
      for (let call = 0; call < 10 && n < ENTRIES - 1; call += 1) {
        const size = Math.min(CALL, ENTRIES - 1 - n);
        calls.push(
          tab.journal.append(
            Array.from({ length: size }, (_, at) => sold(n + at)),
            OPERATOR,
          ),
        );
        n += size;
      }
      await Promise.all(calls);
    }
    expect(tab.journal.status.unsynced).toBe(ENTRIES);
    tab.worker.terminate();
    const { journal } = await openTab(prefix, { segmentBytes: 1024 * 1024 });
    expect(journal.status).toMatchObject({ unsynced: ENTRIES, copies: 'both' });
    expect(journal.status.repair).toBeUndefined();
    expect(await journal.totals(DAY)).toMatchObject({ sales: ENTRIES - 1 });
    expect((await journal.sales({ limit: 3 })).map((each) => each.position)).toEqual([10_000, 9_999, 9_998]);
    expect(await journal.acknowledge(await server.say(journal.status.head!))).toBe(true);
    await journal.append([sold(20_000)], OPERATOR);
    await journal.close();
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle(`${prefix}-main`);
    const names: string[] = [];
    for await (const name of folder.keys()) if (name.startsWith('segment-')) names.push(name);
    expect(names.length).toBeLessThanOrEqual(8);
    const last = await openTab(prefix, { segmentBytes: 1024 * 1024 });
    expect(last.journal.status.repair).toBeUndefined();
    expect(last.journal.status.unsynced).toBe(1);
    await last.journal.close();
  });
});
