import * as z from 'zod/mini';
import { type OrderNote, OrderNotes } from '../devices/terminals/order-notes.ts';

interface VaultPart {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

/** Notes are kept in as many rows: a change of one writes a few kilobytes, not all of them. */
const ROWS = '0123456789abcdef';
const rowKey = (row: string): string => `terminal-notes-${row}`;
/** Present since the first terminal was connected here. When it is not, rows may have been lost with it. */
const BEGUN_KEY = 'terminal-notes';

const RowSchema = z.array(z.looseObject({ reference: z.string(), turn: z.number() }));
const rowOf = (reference: string): string =>
  ROWS.includes(reference[0] ?? '-') ? (reference[0] ?? '0') : '0';

/**
 * The till's memory of the orders it gave to terminals, in the vault: durable before an order leaves, mirrored in OPFS, never
 * uploaded. Where it may have been lost a terminal's 'not found' proves nothing, and `OrderNotes` says so.
 */
export class VaultedOrderNotes {
  readonly #vault: VaultPart;
  readonly #rows = new Map<string, Map<string, OrderNote>>();
  #notes: OrderNotes;

  private constructor(vault: VaultPart, kept: readonly unknown[], hasBegun: boolean) {
    this.#vault = vault;
    let isWhole = hasBegun;
    for (const [at, row] of [...ROWS].entries()) {
      const read = z.safeParse(RowSchema, kept[at] ?? []);
      if (!read.success) isWhole = false;
      const notes = read.success ? (read.data as unknown[] as OrderNote[]) : [];
      this.#rows.set(row, new Map(notes.map((note) => [note.reference, note])));
    }
    this.#notes = this.#fresh(isWhole);
  }

  static async load(vault: VaultPart): Promise<VaultedOrderNotes> {
    const [begun, ...kept] = await Promise.all([
      vault.get(BEGUN_KEY),
      ...[...ROWS].map((row) => vault.get(rowKey(row))),
    ]);
    return new VaultedOrderNotes(vault, kept, begun !== undefined);
  }

  get notes(): OrderNotes {
    return this.#notes;
  }

  /** A person connects a terminal. The first time there is nothing to be lost yet. */
  async begin(): Promise<void> {
    const isFirst = [...this.#rows.values()].every(({ size }) => size === 0);
    if (this.#notes.isComplete || !isFirst) return;
    this.#notes = this.#fresh(true);
    await this.#vault.set(BEGUN_KEY, { v: 1 });
  }

  #fresh(isWhole: boolean): OrderNotes {
    const all = [...this.#rows.values()].flatMap((row) => [...row.values()]);
    return new OrderNotes({ save: (note, dropped) => this.#save(note, dropped) }, isWhole ? all : undefined);
  }

  async #save(note: OrderNote, dropped: readonly string[]): Promise<void> {
    const changed = new Set([rowOf(note.reference)]);
    for (const reference of dropped) {
      this.#rows.get(rowOf(reference))?.delete(reference);
      changed.add(rowOf(reference));
    }
    this.#rows.get(rowOf(note.reference))?.set(note.reference, note);
    await Promise.all(
      [...changed].map((row) => this.#vault.set(rowKey(row), [...(this.#rows.get(row)?.values() ?? [])])),
    );
  }
}
