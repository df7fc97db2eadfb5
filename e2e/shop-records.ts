import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface ServerSale {
  readonly saleId: string;
  readonly total: number;
}

/** The sales in the server's own database, read beside the running server. */
export function serverSales(dataDir: string): readonly ServerSale[] {
  const file = readdirSync(dataDir).find((name) => name === 'xiaoji.db');
  if (file === undefined) return [];
  const database = new DatabaseSync(join(dataDir, file), { readOnly: true });
  try {
    return database
      .prepare(
        'SELECT sale_id, total FROM sale JOIN till_epoch USING (merchant, till, epoch) ORDER BY ordinal, seq',
      )
      .all()
      .map((row) => ({ saleId: String(row['sale_id']), total: Number(row['total']) }));
  } finally {
    database.close();
  }
}
