import { describe, expect, test, vi } from 'vitest';
import { OPERATOR, openTab, sold, soldIn, till } from './testing/books.ts';

describe('two tabs on the same books', () => {
  test('one writes; the other sees its sales and can make none', async () => {
    const writer = await till(1);
    const reader = await openTab(writer.prefix);
    expect(writer.journal.status.role).toBe('writer');
    expect(reader.journal.status.role).toBe('reader');
    await expect(reader.journal.append([sold(9)], OPERATOR)).rejects.toMatchObject({ code: 'not-writer' });
    await writer.journal.append([sold(2)], OPERATOR);
    await vi.waitFor(async () => expect(await soldIn(reader.journal)).toEqual([2, 1]));
    expect(reader.journal.status.unsynced).toBe(3);
    await reader.journal.close();
    await writer.journal.close();
  });

  test('the other takes over when the writer dies, with everything that was acknowledged', async () => {
    const writer = await till(2);
    const reader = await openTab(writer.prefix);
    const { head } = writer.journal.status;
    writer.worker.terminate();
    await vi.waitFor(() => expect(reader.journal.status.role).toBe('writer'), { timeout: 10_000 });
    expect(reader.journal.status.head).toEqual(head);
    const [entry] = await reader.journal.append([sold(3)], OPERATOR);
    expect(entry?.entry.seq).toBe(4);
    expect(await soldIn(reader.journal)).toEqual([3, 2, 1]);
    await reader.journal.close();
  });

  test('of three tabs exactly one writes, whoever comes and goes', async () => {
    const first = await till(1);
    const others = await Promise.all([openTab(first.prefix), openTab(first.prefix)]);
    expect(others.map((tab) => tab.journal.status.role)).toEqual(['reader', 'reader']);
    await first.journal.close();
    const writers = () => others.filter((tab) => tab.journal.status.role === 'writer').length;
    await vi.waitFor(() => expect(writers()).toBe(1), { timeout: 10_000 });
    await Promise.all(others.map((tab) => tab.journal.close()));
  });
});
