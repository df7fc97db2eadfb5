import type { IDBPDatabase } from 'idb';
import type { SignedEntry } from '../../domain/entry.ts';

/**
 * One version of the journal's object stores. Versions live side by side in the database while a migration copies from one
 * to the next; `meta` and `vault` belong to no version, and `meta` says which one is in use.
 */
export interface StoreSet {
  readonly version: number;
  readonly names: {
    /** Key: local position. Value: what `encode` makes of a signed entry. */
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
  /** A row of the journal is the signed entry itself: then the page can read it without knowing the layout. */
  readonly plain: boolean;
  encode(signed: SignedEntry): unknown;
  decode(row: unknown): SignedEntry;
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

/** The first released layout: a row of the journal is the signed entry itself. */
export const STORE_SET_1: StoreSet = {
  version: 1,
  names,
  create(db) {
    for (const store of [names.journal, names.saleEntries, names.attempts, names.totals])
      db.createObjectStore(store);
    db.createObjectStore(names.sales).createIndex(SALES_BY_POSITION, 'position');
  },
  plain: true,
  encode: (signed) => signed,
  decode: (row) => row as SignedEntry,
};
