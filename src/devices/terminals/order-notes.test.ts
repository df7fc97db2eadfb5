import { expect, test } from 'vitest';
import { minor } from '../../domain/money.ts';
import { ORDER_NOTES_MAX, type OrderNote, OrderNotes } from './order-notes.ts';

const order = (reference: string) =>
  ({
    reference,
    driver: 'zvt',
    at: 1,
    amount: minor(100),
    currency: 'EUR',
    purpose: 'sale',
    state: 'sent',
  }) as const;

function store() {
  const kept = new Map<string, OrderNote>();
  const disk = { isFull: false };
  return {
    kept,
    disk,
    save: async (note: OrderNote, dropped: readonly string[]) => {
      if (disk.isFull) throw new Error('quota');
      kept.set(note.reference, note);
      for (const reference of dropped) kept.delete(reference);
    },
  };
}

test('notes are durable before they count, and come back in the order in which they changed', async () => {
  const disk = store();
  const notes = new OrderNotes(disk, []);
  await notes.begin(order('a'));
  await notes.begin(order('b'));
  await notes.change('a', { state: 'approved' });
  const later = new OrderNotes(disk, [...disk.kept.values()]);
  expect(later.of('zvt').map(({ reference }) => reference)).toEqual(['b', 'a']);
  await later.begin(order('c'));
  expect(later.of('zvt').at(-1)?.reference).toBe('c');
  expect(later.of('pax')).toEqual([]);
});

test('a note that cannot be kept was not begun', async () => {
  const disk = store();
  const notes = new OrderNotes(disk, []);
  disk.disk.isFull = true;
  await expect(notes.begin(order('a'))).rejects.toThrow('quota');
  expect(notes.find('a')).toBeUndefined();
});

test('what was heard counts, also when it cannot be kept', async () => {
  const disk = store();
  const notes = new OrderNotes(disk, []);
  await notes.begin(order('a'));
  disk.disk.isFull = true;
  await expect(notes.change('a', { state: 'approved' })).rejects.toThrow('quota');
  expect(notes.find('a')?.state).toBe('approved');
  await notes.change('nobody', { state: 'approved' });
  expect(notes.find('nobody')).toBeUndefined();
});

test('the oldest settled note makes room, an open one never', async () => {
  const disk = store();
  const notes = new OrderNotes(disk, []);
  for (let count = 0; count < ORDER_NOTES_MAX; count += 1) await notes.begin(order(`n${count}`));
  await expect(notes.begin(order('more'))).rejects.toThrow('too many open orders');
  await notes.change('n7', { state: 'declined' });
  await notes.begin(order('more'));
  expect([notes.find('n7'), notes.find('n0')?.state, disk.kept.has('n7')]).toEqual([
    undefined,
    'sent',
    false,
  ]);
});

test('lost notes are not an empty memory', () => {
  expect(new OrderNotes(store(), undefined).isComplete).toBe(false);
  expect(new OrderNotes(store(), []).isComplete).toBe(true);
});
