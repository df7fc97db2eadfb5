import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { minor } from '../../../../src/domain/money.ts';
import { migrate, readMigrations } from '../../storage/migrate.ts';
import { type Database, SERVER_ROWS } from '../../storage/sql.ts';
import { openSqlite } from '../../storage/sqlite.ts';
import { SqlTerminalStore } from './sql-terminal-store.ts';
import type { TerminalStore, TradeDraft } from './terminal-store.ts';
import { MemoryTerminalStore } from './testing/memory-terminal-store.ts';

const TERMINAL = '10000001';
const draft = (reference: string, over: Partial<TradeDraft> = {}): TradeDraft => ({
  reference,
  terminal: TERMINAL,
  batch: '000001',
  purpose: 'sale',
  amount: minor(1_250),
  at: 1_000,
  mti: '0200',
  fields: { 3: '000000', 4: '000000001250' },
  ...over,
});

/** What the adapter relies on from any store. */
function describeStore(name: string, open: () => Promise<TerminalStore>): void {
  describe(`the terminal store in ${name}`, () => {
    let store: TerminalStore;
    beforeEach(async () => {
      store = await open();
    });

    test('gives trace numbers in order, per terminal', async () => {
      expect([await store.nextTrace(TERMINAL), await store.nextTrace(TERMINAL)]).toEqual([
        '000001',
        '000002',
      ]);
      expect(await store.nextTrace('10000002')).toBe('000001');
      expect((await store.begin(draft('a')))?.trace).toBe('000003');
    });

    test('remembers the open batch without losing the trace', async () => {
      expect(await store.batchOf(TERMINAL)).toBeUndefined();
      await store.nextTrace(TERMINAL);
      expect(await store.batchOf(TERMINAL)).toBeUndefined();
      await store.openBatch(TERMINAL, '000007');
      await store.openBatch(TERMINAL, '000008');
      expect(await store.batchOf(TERMINAL)).toBe('000008');
      expect(await store.nextTrace(TERMINAL)).toBe('000002');
    });

    test('writes a trade once, with its trace in field 11', async () => {
      const record = await store.begin(draft('a', { original: 'b' }));
      expect(record).toEqual({
        ...draft('a', { original: 'b' }),
        fields: { 3: '000000', 4: '000000001250', 11: '000001' },
        trace: '000001',
        state: 'sending',
        reversalReason: '98',
      });
      expect(await store.begin(draft('a'))).toBeUndefined();
      expect(await store.find('a')).toEqual(record);
      expect(await store.findByTrace(TERMINAL, '000001', '000001')).toEqual(record);
      expect(await store.findByTrace(TERMINAL, '000002', '000001')).toBeUndefined();
      expect(await store.find('c')).toBeUndefined();
    });

    test('buries what never was, and it stays buried', async () => {
      expect(await store.bury('a', 5)).toMatchObject({ reference: 'a', state: 'reversed', trace: '' });
      expect(await store.bury('b', 5)).toBeDefined();
      expect(await store.bury('a', 5)).toBeUndefined();
      expect(await store.begin(draft('a'))).toBeUndefined();
      expect(await store.find('a')).toMatchObject({ state: 'reversed' });
    });

    test('moves a trade only out of the states that are named, and keeps what is not changed', async () => {
      await store.begin(draft('a'));
      expect(await store.move('a', ['unknown'], { state: 'approved' })).toBeUndefined();
      expect(await store.move('b', ['sending'], { state: 'approved' })).toBeUndefined();
      const approval = { trace: '000001', reference: '123456789012' };
      const moved = await store.move('a', ['sending'], { state: 'approved', approval, emv: '9100' });
      expect(moved).toMatchObject({ state: 'approved', approval, emv: '9100', reversalReason: '98' });
      const reversing = await store.move('a', ['approved'], {
        state: 'reversing',
        reversalReason: '06',
        reason: 'x',
      });
      expect(reversing).toMatchObject({
        state: 'reversing',
        approval,
        emv: '9100',
        reversalReason: '06',
        reason: 'x',
      });
      expect(await store.find('a')).toEqual(reversing);
    });

    test('lists what is open, oldest first, and what is in a batch', async () => {
      for (const [index, reference] of ['a', 'b', 'c', 'd'].entries())
        await store.begin(draft(reference, { at: index }));
      await store.begin(draft('e', { terminal: '10000002' }));
      await store.begin(draft('f', { batch: '000002', at: 9 }));
      await store.move('b', ['sending'], { state: 'declined' });
      await store.move('c', ['sending'], { state: 'unknown' });
      await store.move('d', ['sending'], { state: 'reversing' });
      const names = (records: readonly { readonly reference: string }[]) =>
        records.map(({ reference }) => reference);
      expect(names(await store.unresolved(TERMINAL))).toEqual(['a', 'c', 'd', 'f']);
      expect(names(await store.ofBatch(TERMINAL, '000001'))).toEqual(['a', 'b', 'c', 'd']);
    });
  });
}

describeStore('memory', async () => new MemoryTerminalStore());

const folder = mkdtempSync(join(tmpdir(), 'terminal-store-'));
const MIGRATIONS = readMigrations(fileURLToPath(new URL('../../../migrations', import.meta.url)));
let database: Database | undefined;
let files = 0;
afterEach(async () => {
  await database?.close();
  database = undefined;
});

async function openDatabase(): Promise<Database> {
  files += 1;
  database = openSqlite(join(folder, `${files}.db`));
  await migrate(database, MIGRATIONS, 0);
  return database;
}

describeStore('SQLite', async () => new SqlTerminalStore(await openDatabase(), SERVER_ROWS));

describe('the terminal store in SQLite', () => {
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('keeps merchants apart, and rolls the trace over after 999999', async () => {
    const on = await openDatabase();
    const [first, second] = [new SqlTerminalStore(on, 'm-1'), new SqlTerminalStore(on, 'm-2')];
    await first.begin(draft('a'));
    expect(await second.find('a')).toBeUndefined();
    expect((await second.begin(draft('a')))?.trace).toBe('000001');
    await on.transaction((sql) => sql.run('UPDATE bank_terminal SET last_trace = 999998'));
    expect([await first.nextTrace(TERMINAL), await first.nextTrace(TERMINAL)]).toEqual(['999999', '000001']);
  });
});
