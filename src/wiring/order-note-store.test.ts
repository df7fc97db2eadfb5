import { describe, expect, test } from 'vitest';
import { minor } from '../domain/money.ts';
import { VaultedOrderNotes } from './order-note-store.ts';

function vault(rows = new Map<string, unknown>()) {
  return {
    rows,
    get: async (key: string) => structuredClone(rows.get(key)),
    set: async (key: string, value: unknown) => void rows.set(key, structuredClone(value)),
  };
}
const order = (reference: string) =>
  ({
    reference,
    driver: 'zvt',
    at: 1,
    amount: minor(100),
    currency: 'CNY',
    purpose: 'sale',
    state: 'sent',
  }) as const;

describe('notes of orders in the vault', () => {
  test('are there again after a reload, with what changed last', async () => {
    const kept = vault();
    const before = await VaultedOrderNotes.load(kept);
    await before.begin();
    await before.notes.begin(order('a1'));
    await before.notes.begin(order('f2'));
    await before.notes.change('a1', { state: 'approved' });
    const { notes } = await VaultedOrderNotes.load(kept);
    expect(notes.isComplete).toBe(true);
    expect(notes.of('zvt').map(({ reference, state }) => [reference, state])).toEqual([
      ['f2', 'sent'],
      ['a1', 'approved'],
    ]);
  });

  test('prove nothing before a terminal was connected, and when they were lost', async () => {
    const kept = vault();
    expect((await VaultedOrderNotes.load(kept)).notes.isComplete).toBe(false);
    const notes = await VaultedOrderNotes.load(kept);
    await notes.begin();
    await notes.notes.begin(order('a1'));
    kept.rows.set('terminal-notes-a', 'rubbish');
    expect((await VaultedOrderNotes.load(kept)).notes.isComplete).toBe(false);
    kept.rows.clear();
    expect((await VaultedOrderNotes.load(kept)).notes.isComplete).toBe(false);
  });
});
