import type { IDBPDatabase } from 'idb';

/**
 * One version of the journal's object stores. Versions live side by side in the database while a migration copies from one
 * to the next; `meta` and `vault` belong to no version, and `meta` says which one is in use.
 */
export interface StoreSet {
  readonly version: number;
  readonly names: {
    /** Key: local position. Value: what `encode` makes of an entry's line. */
    readonly journal: string;
    /** Key: sale id; index `position`. */
    readonly sales: string;
    /** Key: [sale id, position]; the value means nothing. */
    readonly saleEntries: string;
    /** Key: attempt id; only attempts without a definite end. */
    readonly attempts: string;
    /** Key: business day. */
    readonly totals: string;
  };
  /** Makes the stores, inside a versionchange transaction. */
  create(db: IDBPDatabase): void;
  encode(line: string): unknown;
  decode(row: unknown): string;
}

export const META = 'meta';
export const VAULT = 'vault';
export const SALES_BY_POSITION = 'position';

const names = {
  journal: 'journal-1',
  sales: 'sales-1',
  saleEntries: 'sale-entries-1',
  attempts: 'attempts-1',
  totals: 'totals-1',
} as const;

/** The first released layout: an entry is one JSON text, so that reading it costs one copy and no object walk. */
export const STORE_SET_1: StoreSet = {
  version: 1,
  names,
  create(db) {
    for (const store of [names.journal, names.saleEntries, names.attempts, names.totals]) db.createObjectStore(store);
    db.createObjectStore(names.sales).createIndex(SALES_BY_POSITION, 'position');
  },
  encode: (line) => line,
  decode: (row) => {
    if (typeof row !== 'string') throw new SyntaxError('journal row is no text');
    return row;
  },
};
