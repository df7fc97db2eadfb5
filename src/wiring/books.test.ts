import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { SignedEntry } from '../domain/entry.ts';
import type { JournalStatus, ParkedEntry } from '../domain/journal.ts';
import { minor } from '../domain/money.ts';
import type { JournalClient } from '../store/journal-client.ts';
import { entriesOf, ONLINE, recordOf } from '../ui/testing/fake-data.ts';
import { BooksService } from './books.ts';

const ENTRIES = entriesOf(recordOf(9, minor(800)));
const placed = ENTRIES.map((signed, at) => ({ position: at + 1, signed }));

/** Only what the health of the books asks of a journal. */
class FakeJournal {
  status: JournalStatus = { ...ONLINE.journal, unsynced: 3 };
  readonly kept = new Map<string, unknown>();
  parked: ParkedEntry[] = [];
  unsentEntries = placed.slice(2);
  broken = false;
  #listener: () => void = () => undefined;
  readonly vault = {
    get: async (key: string) => this.kept.get(key),
    set: async (key: string, value: unknown) => void this.kept.set(key, value),
  };

  subscribe(listener: () => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }

  acknowledge(seq: number): void {
    const { acknowledged } = ONLINE.journal;
    this.status = { ...this.status, ...(acknowledged && { acknowledged: { ...acknowledged, seq } }) };
    this.#listener();
  }

  unsent = async (limit: number) => this.unsentEntries.slice(0, limit);
  parkedEntries = async () => this.parked;
  unpark = async (position: number) => {
    this.parked = this.parked.filter((each) => each.position !== position);
  };
  entriesAfter = async (after: number, limit: number) =>
    placed.filter(({ position }) => position > after).slice(0, limit);

  async *exportAll(): AsyncGenerator<SignedEntry> {
    if (this.broken) throw new Error('closed');
    yield* ENTRIES;
  }
}

let journal: FakeJournal;
let books: BooksService;
const syncNow = vi.fn();

beforeEach(() => {
  journal = new FakeJournal();
  syncNow.mockReset();
  books = new BooksService({
    journal: journal as unknown as JournalClient,
    namespace: 'main',
    syncNow,
    now: () => Date.UTC(2026, 2, 14, 6),
    estimate: async () => ({ usage: 10, quota: 100 }),
    alarm: (error) => {
      throw error;
    },
  });
});

describe('health', () => {
  test('names the oldest that waits, what is parked with its sale, and the room', async () => {
    journal.parked = [{ position: 5, reason: 'entry-invalid', parkedAt: 7 }];
    const health = await books.health();
    expect(health.oldestWaitingAt).toBe(7);
    expect(health.parked).toEqual([
      {
        position: 5,
        reason: 'entry-invalid',
        parkedAt: 7,
        type: 'sale.completed',
        saleId: recordOf(9, minor(800)).sale.saleId,
      },
    ]);
    expect(health.room).toEqual({ used: 10, quota: 100 });
  });

  test('nothing waits when the server has everything', async () => {
    journal.unsentEntries = [];
    expect((await books.health()).oldestWaitingAt).toBeUndefined();
  });

  test('remembers over a restart when the server last confirmed anything, and not before it did', async () => {
    expect((await books.health()).confirmedAt).toBeUndefined();
    journal.acknowledge(200);
    expect((await books.health()).confirmedAt).toBe(Date.UTC(2026, 2, 14, 6));
    expect(journal.kept.get('confirmed-at')).toBe(Date.UTC(2026, 2, 14, 6));
  });

  test('many refusals are listed latest first and not without end', async () => {
    journal.parked = Array.from({ length: 80 }, (_, at) => ({
      position: at + 1,
      reason: 'entry-invalid',
      parkedAt: at,
    }));
    const { parked } = await books.health();
    expect(parked).toHaveLength(50);
    expect(parked[0]?.position).toBe(80);
  });
});

test('sending again takes back every refusal and sends at once', async () => {
  journal.parked = [1, 2].map((position) => ({ position, reason: 'entry-invalid', parkedAt: 0 }));
  await books.sendAgain();
  expect(journal.parked).toEqual([]);
  expect(syncNow).toHaveBeenCalledOnce();
});

describe('the export', () => {
  test('is one signed entry a line, named after till and last number', async () => {
    const file = await books.export();
    expect(file?.name).toMatch(/^xiaoji-journal-A1-7K3M9Q-\d+-2026-03-14[.]jsonl$/);
    expect(file).toMatchObject({ entries: ENTRIES.length, rescued: false });
    const lines = (await file!.content.text()).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as SignedEntry)).toEqual(ENTRIES);
  });

  test('of books that cannot be read, and of which no file is left, is nothing and no error', async () => {
    journal.broken = true;
    expect(await books.export()).toBeUndefined();
  });
});
