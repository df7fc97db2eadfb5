import { one, SERVER_ROWS, type Sql } from './sql.ts';

const SERVER_KEY = 'server-key';

/**
 * The id of the key that this database's servers countersign with: that of the first server that asked. Tills trust one key,
 * so servers that share a database must share it too.
 */
export async function pinServerKey(sql: Sql, kid: string): Promise<string> {
  await sql.run(
    'INSERT INTO server_state (merchant, name, value) VALUES (?, ?, ?) ON CONFLICT (merchant, name) DO NOTHING',
    [SERVER_ROWS, SERVER_KEY, kid],
  );
  const text = 'SELECT value FROM server_state WHERE merchant = ? AND name = ?';
  return (await one<{ value: string }>(sql, text, [SERVER_ROWS, SERVER_KEY]))?.value ?? kid;
}
