import type { TillPlace } from '../storage/journal.ts';
import type { Sql } from '../storage/sql.ts';

/** Puts a shop and a till into an SQLite that has nothing else: only their keys matter, every other column is empty. */
export async function putTill(sql: Sql, place: TillPlace): Promise<void> {
  for (const [table, key] of [
    ['merchant', { merchant: place.merchant }],
    ['till', place],
  ] as const) {
    const columns = await sql.all<{ name: string; type: string; notnull: number }>(
      `PRAGMA table_info(${table})`,
    );
    const row = new Map<string, string | number>(
      columns
        .filter(({ notnull }) => notnull === 1)
        .map(({ name, type }) => [name, type === 'TEXT' ? '' : 0]),
    );
    for (const [name, value] of Object.entries(key)) row.set(name, value);
    const places = Array(row.size).fill('?').join(', ');
    await sql.run(`INSERT INTO ${table} (${[...row.keys()].join(', ')}) VALUES (${places})`, [
      ...row.values(),
    ]);
  }
}
